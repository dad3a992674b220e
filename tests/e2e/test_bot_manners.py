"""Who asks, as it is read off real messages and interactions; and what Admission says to them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import discord
import pytest
from discord import app_commands

from bot.chat.askers import asker_of
from bot.playground import Channel, Person, Playground
from bot.services.manners import Asker
from tests.support.small_bot import SmallBot, online

pytestmark = pytest.mark.e2e


class Listener(SmallBot):
    """Notes who asked."""

    def __init__(self) -> None:
        super().__init__()
        self.askers: asyncio.Queue[Asker] = asyncio.Queue()

        async def ask(interaction: discord.Interaction[Any]) -> None:
            await interaction.response.send_message("Noted.", ephemeral=True)
            self.askers.put_nowait(asker_of(interaction))

        self.tree.add_command(app_commands.Command(name="ask", description="Ask", callback=ask))

    async def setup_hook(self) -> None:
        await self.tree.sync()

    async def on_message(self, message: discord.Message) -> None:
        if message.author != self.user and self.user in message.mentions:
            self.askers.put_nowait(asker_of(message))

    async def next(self) -> Asker:
        """The next one who asked."""
        async with asyncio.timeout(10):
            return await self.askers.get()


@asynccontextmanager
async def listening(playground: Playground) -> AsyncIterator[Listener]:
    """Online inside the block."""
    bot = Listener()
    async with online(playground, bot):
        yield bot


async def test_a_message_and_a_command_tell_the_same_asker(
    playground: Playground, ada: Person, grace: Person, general: Channel
) -> None:
    editors = next(role for role in playground.guild.roles if role.name == "Editors")
    grace.user.roles.append(editors.id)
    async with listening(playground) as bot:
        await grace.say(general, f"{playground.mention} ask")
        by_message = await bot.next()
        await grace.slash("ask", channel=general)
        assert by_message == await bot.next()
        assert (by_message.user_id, by_message.guild_id) == (grace.id, playground.guild.id)
        assert by_message.channel_id == general.id
        assert editors.id in by_message.role_ids
        assert not by_message.manages
        await ada.slash("ask", channel=general)
        assert (await bot.next()).manages


async def test_in_a_thread_its_channel_counts(playground: Playground, ada: Person, general: Channel) -> None:
    async with listening(playground) as bot:
        thread = await ada.open_thread(general, "Ferries")
        await ada.say(thread, f"{playground.mention} ask")
        assert (await bot.next()).channel_id == general.id


async def test_a_direct_message_has_no_server(playground: Playground, ada: Person) -> None:
    async with listening(playground) as bot:
        await ada.say(ada.dm, f"{playground.mention} ask")
        assert await bot.next() == Asker(user_id=ada.id)


async def test_an_age_restricted_channel_and_its_threads_are_known(playground: Playground, ada: Person) -> None:
    adults = playground.create_channel("adults", nsfw=True)
    async with listening(playground) as bot:
        await ada.say(adults, f"{playground.mention} ask")
        assert (await bot.next()).restricted
        thread = await ada.open_thread(adults, "Ferries")
        await ada.slash("ask", channel=thread)
        asker = await bot.next()
        assert asker.restricted
        assert asker.channel_id == adults.id
