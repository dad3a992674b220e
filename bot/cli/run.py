"""`nutgraf run`: the bot on Discord, until it is told to stop."""

from __future__ import annotations

import asyncio
import signal
from argparse import Namespace
from contextlib import AsyncExitStack, suppress

from bot.app import open_app, warm_up
from bot.chat.client import make_client, run_client, use_api
from bot.chat.wire import Wire
from bot.cli.durable import durable
from bot.cli.watching import watch_gateway
from bot.domain.errors import SettingsError
from bot.jobs.memory import spare_memory
from bot.jobs.opening import Manner
from bot.settings import Settings, load_settings
from bot.watch.logs import start_logging
from bot.watch.opening import open_watch

# On PostgreSQL the workers of the Procfile do the work; the gateway's process then only accepts and answers.
BESIDE_WORKERS = Manner(work=False, tick=False)


def run(_: Namespace) -> int:
    """Run until SIGINT or SIGTERM. Raises SettingsError where there is no token, or Discord does not take it."""
    settings = load_settings()
    start_logging(settings)
    spare_memory()
    asyncio.run(_run(settings))
    return 0


async def _run(settings: Settings) -> None:
    token = settings.discord_token.get_secret_value().strip() if settings.discord_token else ""
    if not token:
        raise SettingsError(
            "DISCORD_TOKEN is not set.",
            cure="Copy the bot's token from Discord's developer portal into .env, or use `nutgraf try`.",
        )
    alone = settings.database_url.get_secret_value().startswith("sqlite")
    async with AsyncExitStack() as stack:
        watching = await stack.enter_async_context(open_watch(settings))
        app = await stack.enter_async_context(open_app(settings, watching.metrics))
        await warm_up(app)
        use_api(settings.discord_api_base, settings.discord_gateway)
        wire = Wire()
        manner = Manner() if alone else BESIDE_WORKERS
        opened = await stack.enter_async_context(durable(app, wire, manner=manner, watching=watching))
        client = make_client(opened.behind, settings, more=opened.features, wire=wire)
        watch_gateway(watching, client)
        watching.started()
        running = asyncio.current_task()
        for name in (signal.SIGINT, signal.SIGTERM):
            # Windows has no signal handlers on its loop; there Ctrl-C arrives as KeyboardInterrupt.
            with suppress(NotImplementedError):
                asyncio.get_running_loop().add_signal_handler(name, running.cancel)  # type: ignore[union-attr]
        with suppress(asyncio.CancelledError):
            await run_client(client, token)
        watching.stopping()
