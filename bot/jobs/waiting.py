"""How much work waits, for an operator's eyes: one look into the engine's own table, whatever its length."""

from __future__ import annotations

import time
from typing import Final

from bot.domain.watching import Reading
from bot.jobs.ports import Transactions

# The engine offers lists of jobs only. A scrape wants numbers, and the table may hold a hundred thousand rows.
_LOOK: Final = """
    SELECT queue_name, status, count(*), min(created_at) FROM {table}
    WHERE status IN ('ENQUEUED', 'PENDING', 'DELAYED') AND queue_name IS NOT NULL
    GROUP BY queue_name, status
"""


async def queue_readings(database: Transactions) -> list[Reading]:
    """Jobs by queue and state, and the age in seconds of the oldest that nobody has begun. Raises StorageError."""
    table = "workflow_status" if database.is_sqlite else "dbos.workflow_status"
    async with database.reading() as connection:
        rows = (await connection.exec_driver_sql(_LOOK.format(table=table))).all()
    found = [Reading("queue_jobs", count, (queue, state.lower())) for queue, state, count, _ in rows]
    now = time.time() * 1000
    found += [
        Reading("queue_oldest_seconds", max(0.0, now - since) / 1000, (queue,))
        for queue, state, _, since in rows
        if state == "ENQUEUED"
    ]
    return found
