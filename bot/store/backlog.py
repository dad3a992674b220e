"""What is overdue, for an operator's eyes: counts over indexed columns, and whether the tables are current."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select

from bot.domain.watching import Reading
from bot.store.database import Database
from bot.store.tables import deliveries, digests, feeds
from bot.store.version import require_head

OVERDUE: Final = timedelta(minutes=1)  # the tick looks every second
UNFINISHED: Final = timedelta(minutes=10)


async def backlog(database: Database, now: datetime) -> list[Reading]:
    """Digests that the tick should have started, and runs that should have ended. Raises StorageError."""
    waiting = digests.c.paused.is_(False), digests.c.next_run.is_not(None)
    overdue = (*waiting, digests.c.next_run < now - OVERDUE)
    unfinished = deliveries.c.state == "due", deliveries.c.due < now - UNFINISHED
    async with database.reading() as connection:
        active = await connection.scalar(select(func.count()).select_from(digests).where(*waiting))
        late, oldest = (
            await connection.execute(select(func.count(), func.min(digests.c.next_run)).where(*overdue))
        ).one()
        stuck = await connection.scalar(select(func.count()).select_from(deliveries).where(*unfinished))
        known = await connection.scalar(select(func.count()).select_from(feeds))
    return [
        Reading("digests", active or 0),
        Reading("digests_overdue", late),
        Reading("digests_overdue_seconds", (now - oldest).total_seconds() if oldest else 0.0),
        Reading("deliveries_unfinished", stuck or 0),
        Reading("feeds", known or 0),
    ]


async def answering(database: Database) -> None:
    """Ask it for nothing. Raises StorageError where it does not answer."""
    async with database.reading() as connection:
        await connection.execute(select(1))


async def current(database: Database) -> None:
    """Raises VersionError where its tables are not those of today's code."""
    async with database.reading() as connection:
        await connection.run_sync(require_head)
