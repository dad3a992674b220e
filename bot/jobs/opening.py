"""Opening the durable engine over a store, and what the fronts do with it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.domain.answer import Place
from bot.domain.brief import Brief
from bot.domain.digest import Delivery, Digest
from bot.domain.errors import NutgrafError
from bot.domain.order import ArticleOrder
from bot.domain.source import LinkSource, Source
from bot.domain.task import Report, say_nothing
from bot.domain.watching import Reading
from bot.jobs.bells import Bells
from bot.jobs.bridge import Bridge
from bot.jobs.held import Held
from bot.jobs.keeping import keep
from bot.jobs.lease import leased
from bot.jobs.manner import USUAL, Manner
from bot.jobs.memory import keep_long_apart
from bot.jobs.orders import BriefOrder, Outcome, article_order
from bot.jobs.ports import DigestParts, Parts
from bot.jobs.rush import Rush
from bot.jobs.shared import SharedWork
from bot.jobs.soon import Soon
from bot.jobs.tick import Tick
from bot.jobs.waiting import orders_ahead, queue_readings
from bot.services.answers import AnswerBook
from bot.services.briefing import BriefOptions
from bot.services.digests import BriefsArticles
from bot.services.loops import beside
from bot.services.runs import RunPlan, manual_run
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.jobs.queues import Queues

__all__ = ["Jobs", "Manner", "open_jobs"]

_log = logging.getLogger(__name__)

HELD_FOR = timedelta(days=1)  # nobody waits longer for an answer
LOOK_ALONE, LOOK_SEVERAL = 1.0, 0.25  # seconds between looks for jobs that end elsewhere


class Jobs:
    """The durable engine, open. Whatever it accepts is done, by this process or by one that follows it."""

    def __init__(
        self, parts: Parts, shared: SharedWork, bells: Bells, queues: Queues, soon: Soon, held: Held
    ) -> None:
        self._parts = parts
        self._soon = soon
        self._held = held
        self._shared = shared
        self._bells = bells
        self._queues = queues
        self.tick: Tick | None = None

    @property
    def articles(self) -> BriefsArticles:
        """Briefs of articles for digests and their previews, paid for once."""
        return self._shared

    # --- briefings --------------------------------------------------------------------------------------------

    async def keep(self, source: Source) -> LinkSource:
        """A link as it is; text and files are read now and laid on the shelf. Raises SourceError leaves."""
        if isinstance(source, LinkSource):
            return source
        return await keep(source, self._parts)

    async def at_hand(self, order: ArticleOrder) -> Brief | None:
        """The Brief that lies ready for `order`, or is in a moment: it needs no job. Raises StorageError."""
        return await self._soon.brief(order)

    async def ahead(self, key: str) -> int:
        """How many orders are served before that one; 0 once it has begun. Raises StorageError."""
        return 0 if key in self._held else await orders_ahead(self._parts.database, key)

    def holds(self, order: ArticleOrder) -> bool:
        """Whether `hold` takes the order."""
        return self._held.takes(order)

    def hold(self, order: BriefOrder) -> None:
        """Serve an order that stands in the book of answers, marked as held, and costs nothing."""
        self._held.accept(order)

    async def take_up(self, book: AnswerBook) -> int:
        """Make jobs of the orders that the process before this one held; how many. Those that are jobs by now stay
        as they are. Raises StorageError."""
        found = await book.held(self._parts.clock() - HELD_FOR)
        for order in found:
            guild_id = order.place.guild_id
            await self.accept(BriefOrder(key=order.key, guild_id=guild_id, article=order.order, place=order.place))
        return len(found)

    async def accept(self, order: BriefOrder) -> str:
        """Take the order; from here on it is done whatever happens. Returns the job's id. Raises StorageError."""
        return await self._queues.enqueue_order(order)

    async def outcome(self, order: BriefOrder, report: Report = say_nothing) -> Outcome:
        """How an accepted order ends. Cancelled, the order is cancelled too, unless the process is leaving."""
        job = await self.accept(order)
        self._shared.watch(order.key, report)
        try:
            ended = await self._bells.wait(job)
        except asyncio.CancelledError:
            if not self._shared.leaving:
                await asyncio.shield(self.cancel(order.key))
            raise
        finally:
            self._shared.unwatch(order.key, report)
        if ended.state != "SUCCESS":
            raise NutgrafError()
        return Outcome.model_validate(ended.result)

    async def brief_once(
        self, sources: Sequence[Source], options: BriefOptions, report: Report = say_nothing
    ) -> Brief:
        """A briefing for somebody who waits here and nowhere else: no answer is posted after a restart."""
        links = tuple([await self.keep(source) for source in sources])
        article = article_order(links, options)
        return (await self._shared.article(article, report, urgent=True)).shelved().brief

    async def cancel(self, key: str) -> None:
        """Stop the order of that key, and its article where nobody else waits for it."""
        if not await self._held.cancel([key]):
            await self._queues.cancel_order(key)

    # --- digests ----------------------------------------------------------------------------------------------

    async def run_now(self, digest: Digest) -> Delivery:
        """A run that a person asked for. Raises StorageError."""
        delivery = manual_run(digest, self._parts.clock())
        await self.enqueue_runs([RunPlan(digest, delivery, (), None)])
        return delivery

    async def enqueue_runs(self, plans: Sequence[RunPlan]) -> int:
        """Queue the runs of `plans`; how many were new. One that is queued already stays as it is."""
        return await self._queues.enqueue_runs(plans)

    # --- forgetting -------------------------------------------------------------------------------------------

    async def forget(
        self, orders: Sequence[str] = (), *, handed_in: Sequence[str] = (), digests: Sequence[int] = ()
    ) -> int:
        """Stop and delete what is known of `orders` (keys), of articles that were handed in (their addresses),
        and of runs of `digests` (ids); how many jobs. Raises StorageError."""
        held = await self._held.cancel(orders)
        return held + await self._queues.forget(orders, handed_in, digests)

    async def places_under_way(self, orders: Sequence[str]) -> dict[str, Place]:
        """Where the answers of those `orders` (keys) go that have not ended, by key. Raises StorageError."""
        return self._held.places(orders) | await self._queues.places_under_way(orders)

    # --- for operators ----------------------------------------------------------------------------------------

    async def depth(self) -> dict[str, int]:
        """Unfinished jobs by kind."""
        return await self._queues.depth()

    async def readings(self) -> list[Reading]:
        """Jobs by queue and state, how long the oldest has waited, and how old the tick's last look is."""
        found = await queue_readings(self._parts.database)
        if self.tick and self.tick.last:
            found.append(Reading("tick_age_seconds", (self._parts.clock() - self.tick.last).total_seconds()))
        return found


@asynccontextmanager
async def open_jobs(settings: Settings, parts: Parts, manner: Manner = USUAL) -> AsyncIterator[Jobs]:
    """The engine on DATABASE_URL, working; unfinished jobs of this worker are taken up.

    The store must be open, and its SQLite file owned by this process. What is not done at the end is taken up at
    the next start, or by other workers. One at a time in a process. Raises DatabaseBusyError, StorageError.
    """
    keep_long_apart()
    # In a thread: half a second of imports.
    assembled = await asyncio.to_thread(_import)
    url = assembled.engine_url(settings.database_url.get_secret_value())
    async with AsyncExitStack() as stack:
        lease = await stack.enter_async_context(leased(url, settings.worker_id))
        several = lease.several if manner.several is None else manner.several
        limits = assembled.Limits(articles=settings.brief_concurrency)
        engine = assembled.Engine(
            url, lease.name, limits=limits, works_on=assembled.queues_of(parts, manner, several)
        )
        bells = Bells(engine.ended, every=LOOK_SEVERAL if several else LOOK_ALONE)
        # Last of all: a step that waits for a bell must be stopped before, or it would note that there was none.
        stack.push_async_callback(bells.close)
        queues = assembled.Queues(engine, bells)
        shared = SharedWork(queues, bells, several=several)
        rush = Rush()
        works = assembled.works(engine, parts, shared, rush, seconds=settings.brief_timeout_seconds)
        stack.push_async_callback(asyncio.to_thread, engine.close, manner.farewell)
        flows = assembled.Flows(engine, Bridge(), bells, works)
        await asyncio.to_thread(assembled.launched, engine, flows.register)
        stack.callback(shared.leave)
        # Beside workers this process only hears people: their work is not its to begin.
        soon = Soon(parts, parts.free if manner.work and not several else None, shared.reporter)
        stack.push_async_callback(soon.close)
        held = Held(soon, parts, shared, queues.enqueue_order, seconds=settings.brief_timeout_seconds)
        stack.push_async_callback(held.close)
        jobs = Jobs(parts, shared, bells, queues, soon, held)
        keep = timedelta(days=settings.jobs_keep_days)
        upkeep = assembled.Upkeep(engine, lease, parts.clock, keep=keep, share=limits.articles)
        await stack.enter_async_context(beside(upkeep.run(), "upkeep"))
        if manner.tick and parts.digest:
            jobs.tick = _tick(parts, parts.digest, jobs, settings, manner, rush)
            await stack.enter_async_context(beside(jobs.tick.run(), "tick"))
        _log.info("jobs open worker=%s several=%s", lease.name, several)
        yield jobs


def _tick(parts: Parts, digest: DigestParts, jobs: Jobs, settings: Settings, manner: Manner, rush: Rush) -> Tick:
    return Tick(
        digest.digests,
        digest.deliveries,
        jobs.enqueue_runs,
        clock=parts.clock,
        grace=timedelta(minutes=settings.digest_grace_minutes),
        every=manner.every,
        rush=rush,
        observer=parts.observer,
    )


def _import() -> Any:
    from bot.jobs import assembling  # noqa: PLC0415

    return assembling
