"""How much work waits, for an operator's eyes: one look into the engine's own table, whatever its length."""

from __future__ import annotations

import re
import time
from typing import Final

from bot.domain.watching import Reading
from bot.jobs.orders import ORDER
from bot.jobs.ports import Transactions

# The engine offers lists of jobs only. A scrape wants numbers, and the table may hold a hundred thousand rows.
_LOOK: Final = """
    SELECT queue_name, status, count(*), min(created_at) FROM {table}
    WHERE status IN ('ENQUEUED', 'PENDING', 'DELAYED') AND queue_name IS NOT NULL
    GROUP BY queue_name, status
"""

_AHEAD: Final = """
    SELECT count(*) FROM {table} AS mine JOIN {table} AS other
      ON other.queue_name = mine.queue_name AND other.workflow_uuid <> mine.workflow_uuid
     AND coalesce(other.queue_partition_key, '') = coalesce(mine.queue_partition_key, '')
     AND (other.status = 'PENDING' OR other.status = 'ENQUEUED' AND (other.priority < mine.priority
          OR (other.priority = mine.priority AND other.created_at <= mine.created_at)))
    WHERE mine.status = 'ENQUEUED' AND mine.{known} = '{key}'
"""
_SAFE: Final = re.compile(r"[\w-]+")


async def articles_ahead(database: Transactions, key: str) -> int:
    """How many article jobs are under way or go before the one of that key; 0 once it has begun."""
    return await _ahead(database, "deduplication_id", key)


async def orders_ahead(database: Transactions, key: str) -> int:
    """How many orders of its guild are under way or go before the one of that key; 0 once it has begun."""
    return await _ahead(database, "workflow_uuid", f"{ORDER}{key}")


async def _ahead(database: Transactions, known: str, key: str) -> int:
    assert _SAFE.fullmatch(key)  # noqa: S101  ids of ours: they stand in the statement as they are
    async with database.reading() as connection:
        look = _AHEAD.format(table=table(database), known=known, key=key)
        return int((await connection.exec_driver_sql(look)).scalar_one())


def table(database: Transactions, name: str = "workflow_status") -> str:
    """One of the engine's tables, as a statement names it."""
    return name if database.is_sqlite else f"dbos.{name}"


async def queue_readings(database: Transactions) -> list[Reading]:
    """Jobs by queue and state, and the age in seconds of the oldest that nobody has begun. Raises StorageError."""
    async with database.reading() as connection:
        rows = (await connection.exec_driver_sql(_LOOK.format(table=table(database)))).all()
    found = [Reading("queue_jobs", count, (queue, state.lower())) for queue, state, count, _ in rows]
    now = time.time() * 1000
    found += [
        Reading("queue_oldest_seconds", max(0.0, now - since) / 1000, (queue,))
        for queue, state, _, since in rows
        if state == "ENQUEUED"
    ]
    return found
