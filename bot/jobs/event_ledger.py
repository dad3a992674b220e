"""The ledger over the engine: a job's notes are events of its workflow.

They are written at once, and go when the workflow goes.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any, Final, Self

from dbos import DBOS, error

from bot.jobs.engine import Engine
from bot.jobs.ports import Transactions
from bot.jobs.waiting import table

# Jobs of the same kind that were begun before a crash, put aside, or begun elsewhere, and have notes.
_INTERRUPTED: Final = """
    SELECT DISTINCT other.workflow_uuid FROM {jobs} AS mine
      JOIN {jobs} AS other ON other.name = mine.name AND other.workflow_uuid <> mine.workflow_uuid
      JOIN {events} AS note ON note.workflow_uuid = other.workflow_uuid
    WHERE mine.workflow_uuid = '{job}'
      AND other.status IN ('ENQUEUED', 'PENDING', 'MAX_RECOVERY_ATTEMPTS_EXCEEDED')
      AND (other.status <> 'PENDING' OR other.recovery_attempts > 1 OR other.deduplication_id IS NULL
           OR other.executor_id <> mine.executor_id)
    LIMIT 100
"""


class EventLedger:
    """What this job noted, and what was `found` in the notes of others."""

    def __init__(self, engine: Engine, job: str, noted: dict[str, Any]) -> None:
        self._engine = engine
        self.job = job
        self._noted = noted

    @classmethod
    async def open(cls, engine: Engine, database: Transactions) -> Self:
        """The notes of the job whose step this is called in, and of interrupted jobs of its kind.

        A model call is noted by the job that led when several wanted the same text. After a crash another one may
        lead, and what was put aside comes back as a new job. What was paid was paid.
        """
        job = str(DBOS.workflow_id)
        look = _INTERRUPTED.format(
            jobs=table(database, "workflow_status"), events=table(database, "workflow_events"), job=job
        )
        async with database.reading() as connection:
            others = [str(row[0]) for row in (await connection.exec_driver_sql(look)).all()]
        noted: dict[str, Any] = {}
        for notes in await asyncio.gather(*(engine.call_in_step(_notes, each) for each in (*others, job))):
            noted |= notes
        return cls(engine, job, noted)

    @classmethod
    async def of_this_job(cls, engine: Engine) -> Self:
        """The notes of that job alone, for those whose id is theirs for good."""
        job = str(DBOS.workflow_id)
        return cls(engine, job, await engine.call_in_step(_notes, job))

    def noted(self, key: str) -> Any | None:
        """What was noted under `key`."""
        return self._noted.get(key)

    async def note(self, key: str, value: Any) -> None:
        """Write it down. Of a job that was cancelled nothing is noted; others may go on with its work."""
        with suppress(
            error.DBOSWorkflowCancelledError
        ):  # no Exception by its kind, so that nobody catches it by chance
            await self._engine.call_in_step(DBOS.set_event, key, value)
        self._noted[key] = value


def _notes(job: str) -> dict[str, Any]:
    return dict(DBOS.get_all_events(job))
