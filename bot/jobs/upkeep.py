"""What keeps durable work healthy: jobs of dead workers are taken over, finished ones and free memory given up."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from datetime import datetime, timedelta
from typing import Final

from dbos import DBOS, DBOSClient, WorkflowStatus

from bot.domain.clock import Clock
from bot.jobs.engine import ARTICLES, ASIDE, FINISHED, Engine
from bot.jobs.lease import Lease
from bot.jobs.memory import trim
from bot.jobs.queues import QUEUE_OF
from bot.services.loops import Daily, for_ever

_log = logging.getLogger(__name__)

SWEEP_SECONDS: Final = 30.0
REST_SECONDS: Final = 60.0
WAITED_SECONDS: Final = 60.0
GIVEN_UP_SECONDS: Final = 86_400.0
_AT_ONCE: Final = 500


class Upkeep:
    """Runs beside the jobs. Finished jobs are kept for `keep`.

    `share`: articles that digests wait for which are let before those of people at each round.
    """

    def __init__(self, engine: Engine, lease: Lease, clock: Clock, *, keep: timedelta, share: int = 1) -> None:
        self._engine = engine
        self._lease = lease
        self._clock = clock
        self._keep = keep
        self._share = share
        self._daily = Daily()

    async def run(self) -> None:
        """For ever. What fails is told and tried again."""
        await for_ever(self.once, "upkeep", every=SWEEP_SECONDS)

    async def once(self) -> None:
        """Look after dead workers, and once a day after what is finished."""
        if not await self._lease.hold():
            _log.error("another process took the name worker=%s", self._lease.name)
        if self._lease.several:
            await self.take_over()
        await self.try_again()
        await self.let_on()
        now = self._clock()
        if self._daily.is_due(now):
            await self.clean(now)
            self._daily.done(now)
        await asyncio.to_thread(trim)

    async def take_over(self) -> int:
        """Queue again what stands under the names of dead workers; how many jobs."""
        pending = await self._engine.call(
            DBOS.list_workflows, status="PENDING", load_input=False, load_output=False
        )
        names = {job.executor_id for job in pending if job.executor_id} - {self._lease.name}
        taken = 0
        for name in sorted(names):
            async with self._lease.of_dead(name) as dead:
                if dead:
                    # Unlike `resume`, it keeps each job's queue, key and number of attempts.
                    taken += len(await self._engine.call(DBOS._recover_pending_workflows, [name]))
        if taken:
            _log.info("jobs of dead workers queued again jobs=%d", taken)
        return taken

    async def try_again(self) -> int:
        """Queue again, with fresh attempts, what was put aside long enough ago; how many jobs.

        Whatever was accepted is done, but a job that kills its process must not keep it from all others: it rests
        for a minute, then for as long as it is old, until it is a day old.
        """
        now = time.time()  # the engine's stamps are the machine's time
        aside = await self._engine.call(
            DBOS.list_workflows, status=ASIDE, load_input=False, load_output=False, limit=_AT_ONCE
        )
        again = [job for job in aside if _is_rested(job, now)]
        for name in {job.name for job in again}:
            jobs = [job.workflow_id for job in again if job.name == name]
            await self._engine.call(DBOS.resume_workflows, jobs, queue_name=QUEUE_OF[name].name)
        if again:
            _log.warning("jobs that were put aside queued again jobs=%d", len(again))
        return len(again)

    async def let_on(self, *, waited: float = WAITED_SECONDS) -> int:
        """Let the articles that digests have waited for longest have their turn; how many.

        People go first, but where somebody always asks (channels that brief every link), digests would never be
        made. Whoever asks meanwhile waits for these few more, at most once a round.
        """
        return await self._engine.hurry(ARTICLES, waited=waited, at_most=self._share)

    async def clean(self, now: datetime) -> int:
        """Delete jobs that finished longer ago than they are kept; how many."""
        removed = 0
        before = (now - self._keep).isoformat()
        while True:
            old = await self._engine.call(
                DBOS.list_workflows,
                status=[*FINISHED, ASIDE],
                completed_before=before,
                limit=_AT_ONCE,
                load_input=False,
                load_output=False,
            )
            if not old:
                return removed
            await self._engine.call(DBOS.delete_workflows, [job.workflow_id for job in old])
            removed += len(old)


def _is_rested(job: WorkflowStatus, now: float) -> bool:
    made, put_aside = (job.created_at or 0) / 1_000, (job.completed_at or job.updated_at or 0) / 1_000
    rest = max(REST_SECONDS, put_aside - made)
    return now - put_aside >= rest and now - made < GIVEN_UP_SECONDS


def give_back(client: DBOSClient, name: str) -> Counter[str]:
    """Queue again what a removed worker left under way, with fresh attempts; how many by kind. Blocks."""
    left = client.list_workflows(status="PENDING", executor_id=name, load_input=False, load_output=False)
    for queue in {job.queue_name for job in left}:
        client.resume_workflows([job.workflow_id for job in left if job.queue_name == queue], queue_name=queue)
    return Counter(job.name for job in left)
