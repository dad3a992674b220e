"""The Wire: Discord's REST for those who start before the client is logged in, or have no gateway at all.

Durable work taken up again at the start may want to post before the bot is online; a worker process posts without
ever opening the gateway. Both wait for the same thing: a client that is logged in.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import discord

from bot.chat.limits import remember_few_limits
from bot.chat.login import login_failures_told, without_voice


class Wire:
    """Holds the client once it is logged in."""

    def __init__(self) -> None:
        self._client: discord.Client | None = None
        self._open = asyncio.Event()

    def open(self, client: discord.Client) -> None:
        """From now on `client` speaks for everyone who asks."""
        remember_few_limits(client.http)
        self._client = client
        self._open.set()

    async def client(self) -> discord.Client:
        """The client, waited for where it is not logged in yet."""
        await self._open.wait()
        assert self._client is not None  # noqa: S101  set before the event
        return self._client

    async def channel(self, channel_id: int) -> object:
        """The channel as the gateway knows it, else as REST tells. Raises discord.HTTPException."""
        client = await self.client()
        return client.get_channel(channel_id) or await client.fetch_channel(channel_id)

    async def messages(self, channel_id: int) -> discord.PartialMessageable:
        """A place to post in and read from, unseen: whether it is there shows when it is used."""
        return (await self.client()).get_partial_messageable(channel_id)


@asynccontextmanager
async def worker_wire(token: str) -> AsyncIterator[Wire]:
    """A Wire without a gateway, for a process that only works.

    Raises SettingsError where Discord is not reached or refuses the token.
    """
    without_voice()
    client = discord.Client(
        intents=discord.Intents(guilds=True),  # unused without a gateway; discord.py warns where it is missing
        allowed_mentions=discord.AllowedMentions.none(),
        max_messages=None,
    )
    async with client:
        with login_failures_told():
            await client.login(token)
        wire = Wire()
        wire.open(client)
        yield wire
