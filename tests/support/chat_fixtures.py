"""The real Discord front over a scripted Briefer, connected to the local Discord."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

from bot.chat.client import NutgrafClient, make_client, run_client
from bot.playground import Playground
from bot.settings import Settings, load_settings
from tests.support.scripted_briefer import ScriptedBriefer
from tests.support.small_bot import until


@dataclass(frozen=True)
class Nutgraf:
    """The bot online, and the script behind it."""

    client: NutgrafClient
    briefer: ScriptedBriefer


@asynccontextmanager
async def running(
    playground: Playground, *, briefer: ScriptedBriefer | None = None, settings: Settings | None = None
) -> AsyncIterator[Nutgraf]:
    """The bot ready inside the block, closed after it."""
    briefer = briefer or ScriptedBriefer()
    settings = settings or load_settings(_env_file=None)
    client = make_client(briefer, settings, ready_timeout=0.05, edit_every=0.01)
    run = asyncio.create_task(run_client(client, playground.token))
    try:
        await until(lambda: run.done() or client.is_ready())
        if run.done():
            run.result()
        yield Nutgraf(client, briefer)
    finally:
        await client.close()
        await asyncio.wait({run})


@pytest.fixture
async def nutgraf(playground: Playground) -> AsyncIterator[Nutgraf]:
    """The bot online."""
    async with running(playground) as bot:
        yield bot
