"""The whole bot as `nutgraf try` composes it, in the local Discord, on a database that a later bot finds again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.app import open_app
from bot.chat.client import NutgrafClient, make_client, run_client
from bot.chat.wire import Wire
from bot.cli.durable import durable
from bot.jobs.opening import Jobs, Manner
from bot.playground import Message, Person, Playground
from bot.playground.state import Interaction
from bot.settings import Settings, load_settings
from bot.store.store import Store
from tests.support.small_bot import until


@dataclass(frozen=True)
class WholeBot:
    """The bot online, and what it keeps."""

    playground: Playground
    client: NutgrafClient
    store: Store
    jobs: Jobs
    settings: Settings

    async def whispered(
        self, who: Person, command: str, given: dict[str, Any] | None = None, *, while_: str = "…"
    ) -> list[Message]:
        """What `/command` answers, all of it; it is for the asker alone."""
        return await self.answers(await who.slash(command, given), while_=while_)

    async def answers(self, used: Interaction, *, while_: str = "…") -> list[Message]:
        """All messages that an interaction was answered with, once the last one stands there.

        As long as the first one ends with `while_`, it is a note that more is to come.
        """
        original = used.original
        assert original is not None
        await self.playground.wait_until(
            original, lambda message: not message.loading and not message.text.endswith(while_), 30
        )
        await self.settled()
        channel = self.playground.world.channel(original.channel_id)
        here = [m for m in self.playground.messages(channel, by_bot=True) if m.ephemeral and not m.deleted]
        assert all(message.visible_to == used.user.id for message in here if message.id >= original.id)
        return [message for message in here if message.id >= original.id]

    async def settled(self) -> None:
        """Wait until the bot has sent nothing for a moment."""
        seen = -1
        while seen != len(self.playground.requests):
            seen = len(self.playground.requests)
            await asyncio.sleep(0.25)


@asynccontextmanager
async def whole_bot(playground: Playground, folder: Path, **overrides: Any) -> AsyncIterator[WholeBot]:
    """The bot ready inside the block, closed after it. `overrides` are settings."""
    known: dict[str, Any] = {
        "llm_base_url": None,
        "fetch_allow_hosts": urlsplit(playground.url).netloc,
        "database_url": f"sqlite+aiosqlite:///{folder / 'nutgraf.db'}",
    }
    settings = load_settings(_env_file=None, **known | overrides)
    wire = Wire()
    async with open_app(settings) as app, durable(app, wire, manner=Manner(every=0.05, farewell=0)) as opened:
        client = make_client(opened.behind, settings, wire=wire, more=opened.features, ready_timeout=0.05)
        run = asyncio.create_task(run_client(client, playground.token))
        try:
            await until(lambda: run.done() or client.is_ready())
            if run.done():
                run.result()
            yield WholeBot(playground, client, opened.store, opened.jobs, settings)
        finally:
            await client.close()
            await asyncio.wait({run})
