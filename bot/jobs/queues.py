"""What is put on which queue, and under which id or key."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence
from typing import Final

from dbos import DBOS

from bot.domain.answer import Place
from bot.domain.digest import Delivery, Digest
from bot.jobs.bells import Bells, Ended
from bot.jobs.digest_work import MANUAL
from bot.jobs.engine import (
    ARTICLES,
    BRIEFS,
    DIGESTS,
    FEEDS,
    PAGES,
    PATIENT,
    UNFINISHED,
    URGENT,
    Engine,
    options,
)
from bot.jobs.flows import ARTICLE, BRIEF, FEED, PAGE, RUN
from bot.jobs.forgetting import forget_jobs, places_under_way
from bot.jobs.orders import ORDER, BriefOrder, Json
from bot.jobs.progress import PROGRESS
from bot.services.runs import RunPlan

QUEUE_OF: Final = {ARTICLE: ARTICLES, PAGE: PAGES, FEED: FEEDS, BRIEF: BRIEFS, RUN: DIGESTS}
MOST_COUNTED: Final = 100_000
MINUTES: Final = 2**17  # 91 days; once in so long a time, later runs go first for as long as the queue lasts
PLACES: Final = 2**12  # in a minute


class Queues:
    """Each guild has its turn on its own queue; what guilds share is one job, urgent ones first."""

    def __init__(self, engine: Engine, bells: Bells) -> None:
        self._engine = engine
        self._bells = bells

    async def enqueue_article(self, order: Json, key: str, *, urgent: bool) -> str:
        """A Brief; one job a `key` at a time. An urgent one goes before those of digests."""
        job = await self._engine.enqueue(
            options(ARTICLE, ARTICLES, key=key, priority=URGENT if urgent else PATIENT), order
        )
        if urgent:  # it may be one that a digest waits for
            await self._engine.make_urgent(job)
        return job

    async def enqueue_reading(self, source: Json, key: str) -> str:
        """A page put on the shelf; one job a `key` at a time."""
        return await self._engine.enqueue(options(PAGE, PAGES, key=key), source)

    async def enqueue_feed(self, url: str, key: str) -> str:
        """A look at a feed; one job a `key` for good."""
        return await self._engine.enqueue(options(FEED, FEEDS, job=f"feed-{key}"), url)

    async def enqueue_order(self, order: BriefOrder) -> str:
        """A person's order; one job a key for good: Discord tells some events twice."""
        return await self._engine.enqueue(
            options(BRIEF, BRIEFS, job=_order_id(order.key), lane=str(order.guild_id)),
            order.model_dump(mode="json"),
        )

    async def enqueue_runs(self, plans: Sequence[RunPlan]) -> int:
        """Runs of digests; one job a Delivery's key for good. How many were new."""
        wanted = [
            (
                options(RUN, DIGESTS, job=plan.run.key, priority=_place(plan.digest, plan.run)),
                (plan.run.digest_id, plan.run.run_key, plan.run.due.isoformat(), plan.notice),
            )
            for plan in plans
            if plan.run
        ]
        return await self._engine.enqueue_all(wanted) if wanted else 0

    async def progress(self, job: str) -> Json | None:
        """What the job last noted of how far it is, in whichever process."""
        return await self._engine.noted(job, PROGRESS)

    async def cancel(self, job: str) -> None:
        """Stop the job where it is, and let nobody wait for it."""
        await self._engine.cancel(job)
        self._bells.ring(job, Ended("CANCELLED"))

    async def cancel_order(self, key: str) -> None:
        """Stop a person's order."""
        await self.cancel(_order_id(key))

    async def forget(self, orders: Sequence[str], handed_in: Sequence[str], digests: Sequence[int]) -> int:
        """Delete jobs with all that they hold; how many."""
        return await forget_jobs(self._engine, self._bells, orders, handed_in, digests)

    async def places_under_way(self, orders: Sequence[str]) -> dict[str, Place]:
        """Where the answers of those orders go that have not ended, by key."""
        return await places_under_way(self._engine, orders)

    async def depth(self) -> dict[str, int]:
        """Unfinished jobs by kind, counted up to a limit."""
        jobs = await self._engine.call(
            DBOS.list_workflows,
            status=list(UNFINISHED),
            load_input=False,
            load_output=False,
            limit=MOST_COUNTED,
        )
        return dict(Counter(job.name for job in jobs))


def _place(digest: Digest, run: Delivery) -> int:
    """Its place in the queue, as a priority: who waits for it, then when it was due, then what it reads.

    Of runs that were due together those of the same feeds follow one another, so that what they share (feeds,
    clusters, briefings) is still in memory. No guild goes first: where its feeds come is chance.
    """
    if run.run_key.endswith(MANUAL):
        return URGENT
    minute = int(run.due.timestamp()) // 60 % MINUTES
    return PATIENT + minute * PLACES + zlib.crc32("\n".join(sorted(digest.feeds)).encode()) % PLACES


def _order_id(key: str) -> str:
    return f"{ORDER}{key}"
