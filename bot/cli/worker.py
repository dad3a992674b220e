"""`nutgraf worker`: does durable jobs beside the bot, on PostgreSQL; `worker remove ID` for one that is gone."""

from __future__ import annotations

import asyncio
import signal
from argparse import Namespace
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from bot.app import App, open_app
from bot.chat.client import use_api
from bot.chat.posting import DiscordPoster
from bot.chat.wire import worker_wire
from bot.cli.watching import watch_jobs, watch_store
from bot.domain.errors import SettingsError
from bot.domain.watching import UNWATCHED
from bot.settings import Settings, load_settings
from bot.watch.logs import start_logging
from bot.watch.opening import open_watch
from bot.watch.watching import Watching

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
    start_logging(settings)
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
        poster = DiscordPoster(wire) if wire else None
        await stack.enter_async_context(durable(app, poster=poster, watching=watching))
        watching.started()
        await stop.wait()
        watching.stopping()


@asynccontextmanager
async def durable(
    app: App,
    *,
    poster: Poster | None = None,
    answerer: Answerer | None = None,
    manner: Manner | None = None,
    watching: Watching | None = None,
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
    from bot.services.watched import WatchedFeeds  # noqa: PLC0415
    from bot.store.store import open_store  # noqa: PLC0415

    settings = app.settings
    observer = watching.metrics if watching else UNWATCHED
    feeds = WatchedFeeds(FeedReader(settings), observer)
    async with open_store(settings.database_url.get_secret_value()) as store:
        parts = parts_of(
            store,
            reader=app.reader,
            feeds=feeds,
            prompts=app.prompts,
            engines=app.engines,
            writer=Writer(app.prompts.digest, "llm" if app.endpoint else "extractive", settings.llm_model),
            poster=poster,
            answerer=answerer,
            observer=observer,
        )
        async with open_jobs(settings, parts, manner or Manner()) as jobs:
            if watching:
                watch_store(watching, store)
                watch_jobs(watching, jobs)
                watching.sample("feeds", feeds.readings)
            yield Durable(store, jobs)


def _import_parts() -> None:
    """In a thread, since imports read files, which would hold up the loop."""
    for name in ("bot.intake.feeds", "bot.jobs.assembling", "bot.jobs.making", "bot.store.store"):
        import_module(name)
