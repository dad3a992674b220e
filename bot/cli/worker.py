"""`nutgraf worker`: does durable jobs beside the bot, on PostgreSQL; `worker remove ID` for one that is gone."""

from __future__ import annotations

import asyncio
import signal
from argparse import Namespace
from contextlib import AsyncExitStack, suppress
from importlib import import_module

from bot.app import open_app
from bot.chat.client import use_api
from bot.chat.wire import worker_wire
from bot.domain.errors import SettingsError
from bot.jobs.memory import spare_memory
from bot.settings import Settings, load_settings
from bot.watch.logs import start_logging
from bot.watch.opening import open_watch


def worker(arguments: Namespace) -> int:
    """Work until SIGINT or SIGTERM, or hand over what a removed worker left."""
    settings = load_settings()
    if arguments.action == "remove":
        from bot.jobs.removing import remove_worker  # noqa: PLC0415

        left = remove_worker(settings.database_url.get_secret_value(), arguments.name)
        told = ", ".join(f"{count} {kind}" for kind, count in sorted(left.items())) or "nothing"
        print(f"Handed over from {arguments.name}: {told}.")
        return 0
    start_logging(settings)
    spare_memory()
    asyncio.run(_work(settings))
    return 0


async def _work(settings: Settings) -> None:
    if settings.database_url.get_secret_value().startswith("sqlite"):
        raise SettingsError(
            "A worker shares its database with the bot, which a SQLite file does not allow.",
            cure="Set DATABASE_URL to PostgreSQL, or run the bot alone: it does all jobs itself.",
        )
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows: there Ctrl-C arrives as KeyboardInterrupt
            asyncio.get_running_loop().add_signal_handler(name, stop.set)
    token = settings.discord_token.get_secret_value().strip() if settings.discord_token else ""
    async with AsyncExitStack() as stack:
        watching = await stack.enter_async_context(open_watch(settings))
        use_api(settings.discord_api_base, settings.discord_gateway)
        wire = await stack.enter_async_context(worker_wire(token)) if token else None
        app = await stack.enter_async_context(open_app(settings, watching.metrics))
        # Late: half a second of imports, which `worker remove` and a mistaken call need not wait for.
        imported = await asyncio.to_thread(import_module, "bot.cli.durable")
        await stack.enter_async_context(imported.durable(app, wire, watching=watching))
        watching.started()
        await stop.wait()
        watching.stopping()
