"""`nutgraf run`: the bot on Discord, until it is told to stop."""

from __future__ import annotations

import asyncio
import logging
import signal
from argparse import Namespace
from contextlib import suppress

from bot.app import open_app, warm_up
from bot.chat.client import make_client, run_client, use_api
from bot.domain.errors import SettingsError
from bot.settings import Settings, load_settings


def run(_: Namespace) -> int:
    """Run until SIGINT or SIGTERM. Raises SettingsError where there is no token, or Discord does not take it."""
    settings = load_settings()
    log_to_stderr(settings)
    asyncio.run(_run(settings))
    return 0


def log_to_stderr(settings: Settings) -> None:
    """One line a record; discord.py's own records from WARNING on, as its INFO names guilds and people."""
    logging.basicConfig(
        level=settings.log_level, format="%(asctime)s %(levelname)-7s %(name)s %(message)s", datefmt="%H:%M:%S"
    )
    for chatty in ("discord", "httpx", "httpcore", "asyncio"):
        logging.getLogger(chatty).setLevel(max(logging.WARNING, logging.getLogger().level))


async def _run(settings: Settings) -> None:
    if settings.discord_token is None or not settings.discord_token.get_secret_value().strip():
        raise SettingsError(
            "DISCORD_TOKEN is not set.",
            cure="Copy the bot's token from Discord's developer portal into .env, or use `nutgraf try`.",
        )
    token = settings.discord_token.get_secret_value().strip()
    async with open_app(settings) as app:
        await warm_up(app)
        use_api(settings.discord_api_base, settings.discord_gateway)
        running = asyncio.current_task()
        for name in (signal.SIGINT, signal.SIGTERM):
            # Windows has no signal handlers on its loop; there Ctrl-C arrives as KeyboardInterrupt.
            with suppress(NotImplementedError):
                asyncio.get_running_loop().add_signal_handler(name, running.cancel)  # type: ignore[union-attr]
        with suppress(asyncio.CancelledError):
            await run_client(make_client(app.briefer, settings), token)
