"""The tick: one loop over the table of digests, whatever their number. It only looks and enqueues.

Exactly once a local date: a run's job has the Delivery's key as its id, so it can be enqueued any number of times;
only when all of a look's jobs are safely queued do the digests move on to their next run.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.domain.clock import Clock
from bot.domain.watching import UNWATCHED, Observer
from bot.jobs.rush import Rush
from bot.services.books import DeliveryBook, DigestBook
from bot.services.loops import Sleep, for_ever
from bot.services.runs import RunPlan, plan_run

_log = logging.getLogger(__name__)

BATCH: Final = 500  # digests looked at in one transaction
EnqueueRuns = Callable[[Sequence[RunPlan]], Awaitable[int]]  # how many were new


class Tick:
    """Looks every `every` seconds for digests that are due; late ones run when at most `grace` late."""

    def __init__(  # noqa: PLR0913  the seams of a loop that tests drive through a year
        self,
        digests: DigestBook,
        deliveries: DeliveryBook,
        enqueue: EnqueueRuns,
        *,
        clock: Clock,
        grace: timedelta,
        every: float = 1.0,
        sleep: Sleep = asyncio.sleep,
        rush: Rush | None = None,
        observer: Observer = UNWATCHED,
    ) -> None:
        self._digests = digests
        self._deliveries = deliveries
        self._enqueue = enqueue
        self._clock = clock
        self._grace = grace
        self._every = every
        self._sleep = sleep
        self._rush = rush or Rush()
        self._observer = observer
        self._left: frozenset[str] = frozenset()  # runs that another tick queued and was left to see through
        self.last: datetime | None = None  # when it last looked, for the health check

    async def run(self) -> None:
        """For ever. A look that fails is told and tried again."""
        await for_ever(self._look, "tick", every=self._every, sleep=self._sleep)

    async def _look(self) -> None:
        with self._rush.on():
            while await self.once() == BATCH:  # more may be due already
                if self._left:
                    await self._sleep(self._every)

    async def once(self) -> int:
        """Enqueue what is due now, at most `BATCH` digests; how many were due."""
        now = self._clock()
        due = await self._digests.due(now, BATCH)
        if due:
            # Calendars of hundreds of digests are milliseconds each: not on the loop.
            plans = await asyncio.to_thread(lambda: [plan_run(digest, now, self._grace) for digest in due])
            await self._take(plans)
        self.last = now
        return len(due)

    async def _take(self, plans: Sequence[RunPlan]) -> None:
        """Queue them and move the digests on, unless another worker's tick is at them."""
        runs = [plan for plan in plans if plan.run]
        new = await self._enqueue(runs)
        keys = frozenset(plan.run.key for plan in runs if plan.run)
        if runs and not new and not keys <= self._left:
            # Whoever queued them moves them on; should it have died, they are still due at the next look.
            self._left = keys
            return
        self._left = frozenset()
        await self._deliveries.start_all(
            [*(plan.run for plan in runs if plan.run), *(skipped for plan in plans for skipped in plan.skipped)]
        )
        # The last word: a crash before it means that the same runs are enqueued again, under the same ids.
        await self._digests.set_next_runs({plan.digest.id: plan.digest.next_run for plan in plans})
        self._observer.digests_due(len(runs), sum(len(plan.skipped) for plan in plans))
        _log.info("tick runs=%d skipped=%d", len(runs), sum(len(plan.skipped) for plan in plans))
