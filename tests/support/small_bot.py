"""A small discord.py client, unmodified, for tests of the playground itself."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import discord
import yarl
from discord import app_commands, ui
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.playground import Playground


class SmallBot(discord.Client):
    """Default intents (no privileged one); remembers what it heard."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            intents=options.pop("intents", discord.Intents.default()),
            allowed_mentions=discord.AllowedMentions.none(),
            guild_ready_timeout=0.05,
            **options,
        )
        self.tree = app_commands.CommandTree(self)
        self.heard: list[discord.Message] = []
        self.log: list[str] = []
        self.failures: list[BaseException] = []

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """No wait between two IDENTIFYs."""

    async def on_message(self, message: discord.Message) -> None:
        if message.author != self.user:
            self.heard.append(message)

    async def on_resumed(self) -> None:
        self.log.append("resumed")

    async def on_disconnect(self) -> None:
        self.log.append("disconnect")

    async def on_ready(self) -> None:
        self.log.append("ready")


Bot = TypeVar("Bot", bound=SmallBot)


class Counter(ui.DynamicItem[ui.Button[Any]], template=r"counter:(?P<count>\d+)"):
    """A button whose whole state is its custom_id."""

    def __init__(self, count: int) -> None:
        super().__init__(ui.Button(label=f"Pressed {count}", custom_id=f"counter:{count}"))
        self.count = count

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> Counter:
        return cls(int(match["count"]))

    async def callback(self, interaction: discord.Interaction) -> None:
        view = ui.View(timeout=None)
        view.add_item(Counter(self.count + 1))
        await interaction.response.edit_message(view=view)


@asynccontextmanager
async def pointed_at(playground: Playground) -> AsyncIterator[None]:
    """discord.py talks to the playground inside the block, and to Discord again after it."""
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE = playground.api_url
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(playground.gateway_url)
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before


@asynccontextmanager
async def online(playground: Playground, bot: Bot) -> AsyncIterator[Bot]:
    """The bot logged in and ready inside the block, closed after it."""
    running = asyncio.create_task(bot.start(playground.token))
    ready = asyncio.create_task(until(lambda: "ready" in bot.log))
    try:
        await asyncio.wait({running, ready}, return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            running.result()
        await ready
        yield bot
    finally:
        ready.cancel()
        await bot.close()
        await asyncio.wait({running, ready})


async def until(claim: Callable[[], bool], *, seconds: float = 10.0) -> None:
    """Waits until the claim holds on discord.py's side of the wire."""
    async with asyncio.timeout(seconds):
        while not claim():  # noqa: ASYNC110 - discord.py's caches tell nobody when they change
            await asyncio.sleep(0.005)
