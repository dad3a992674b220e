"""`nutgraf worker`: does durable jobs beside the bot, on PostgreSQL; `worker remove ID` for one that is gone."""

from __future__ import annotations

import asyncio
import signal
from argparse import Namespace
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from bot.app import App, open_app
from bot.cli.run import log_to_stderr
from bot.domain.errors import SettingsError
from bot.settings import Settings, load_settings

if TYPE_CHECKING:
    from bot.jobs.opening import Jobs, Manner
    from bot.jobs.ports import Answerer, Poster
    from bot.store.store import Store


class Durable(NamedTuple):
    """What a front needs of durable work."""

    store: Store
    jobs: Jobs


def worker(arguments: Namespace) -> int:
    """Work until SIGINT or SIGTERM, or hand over what a removed worker left."""
    settings = load_settings()
    if arguments.action == "remove":
        from bot.jobs.removing import remove_worker  # noqa: PLC0415

        left = remove_worker(settings.database_url.get_secret_value(), arguments.name)
        told = ", ".join(f"{count} {kind}" for kind, count in sorted(left.items())) or "nothing"
        print(f"Handed over from {arguments.name}: {told}.")
        return 0
    log_to_stderr(settings)
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
    async with open_app(settings) as app, durable(app):
        await stop.wait()


@asynccontextmanager
async def durable(
    app: App,
    *,
    poster: Poster | None = None,
    answerer: Answerer | None = None,
    manner: Manner | None = None,
) -> AsyncIterator[Durable]:
    """The durable engine over the parts of `app`. Without `poster` digests, without `answerer` orders are left to
    other processes.
    """
    # Late: half a second of imports that a bot without durable work does without.
    await asyncio.to_thread(_import_parts)
    from bot.intake.feeds import FeedReader  # noqa: PLC0415
    from bot.jobs.making import parts_of  # noqa: PLC0415
    from bot.jobs.opening import Manner, open_jobs  # noqa: PLC0415
    from bot.services.shelf import Writer  # noqa: PLC0415
    from bot.store.store import open_store  # noqa: PLC0415

    settings = app.settings
    async with open_store(settings.database_url.get_secret_value()) as store:
        parts = parts_of(
            store,
            reader=app.reader,
            feeds=FeedReader(settings),
            prompts=app.prompts,
            engines=app.engines,
            writer=Writer(app.prompts.digest, "llm" if app.endpoint else "extractive", settings.llm_model),
            poster=poster,
            answerer=answerer,
        )
        async with open_jobs(settings, parts, manner or Manner()) as jobs:
            yield Durable(store, jobs)


def _import_parts() -> None:
    """In a thread, since imports read files, which would hold up the loop."""
    for name in ("bot.intake.feeds", "bot.jobs.assembling", "bot.jobs.making", "bot.store.store"):
        import_module(name)
