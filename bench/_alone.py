"""A process that does all durable work on a SQLite file, as `nutgraf run` does behind its gateway.

    python -m bench._alone       settings by environment, until it is stopped

`nutgraf worker` is the same on PostgreSQL; it refuses SQLite, where the bot itself does the work.
"""

from __future__ import annotations

import asyncio
import signal

from bot.app import open_app
from bot.chat.client import use_api
from bot.chat.wire import worker_wire
from bot.cli.durable import durable
from bot.jobs.memory import spare_memory
from bot.settings import load_settings


async def work() -> None:
    """Until SIGTERM."""
    spare_memory()
    settings = load_settings()
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    use_api(settings.discord_api_base, settings.discord_gateway)
    token = settings.discord_token.get_secret_value() if settings.discord_token else ""
    async with open_app(settings) as app, worker_wire(token) as wire, durable(app, wire):
        print("ready", flush=True)
        await stop.wait()


if __name__ == "__main__":
    asyncio.run(work())
