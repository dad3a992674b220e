"""Opens what an operator sees of a process, as the settings say; the first thing opened and the last closed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress

from bot.settings import Settings
from bot.watch.logs import CountingHandler
from bot.watch.server import serving
from bot.watch.watching import LoopLag, Watching


@asynccontextmanager
async def open_watch(settings: Settings) -> AsyncIterator[Watching]:
    """Watching, served on HEALTH_HOST and HEALTH_PORT where a port is set. Raises SettingsError."""
    watching = Watching()
    async with AsyncExitStack() as stack:
        counting = CountingHandler(watching.metrics.logged)
        logging.getLogger().addHandler(counting)
        stack.callback(logging.getLogger().removeHandler, counting)
        if settings.health_port is not None:
            lag = LoopLag()
            watching.sample("loop", lag.readings)
            measuring = asyncio.create_task(lag.run(), name="loop lag")
            stack.push_async_callback(_ended, measuring)
            await stack.enter_async_context(serving(watching, settings.health_host, settings.health_port))
        yield watching


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
