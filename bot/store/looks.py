"""Short looks into the database: one statement, read and made into values.

On SQLite a look through the async driver visits its connection's thread for begin, statement and end, and is
driven by a greenlet; and a pool of such connections makes a thread, a connection and its settings anew for each
one that is wanted beyond five. Here a look is one visit to one of a few threads, which also makes the values.
PostgreSQL's driver needs no thread: there looks go by the usual connections.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from sqlalchemy import Engine, Row, Select, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.pool import ConnectionPoolEntry

from bot.store.database import Database, careful_sqlite
from bot.store.failures import said_plainly

T = TypeVar("T")
Rows = Sequence[Row[Any]]

AT_ONCE: Final = 4  # looks that a SQLite file is given; what waits for one costs nothing


class Looks:
    """Reads by one statement. Without `threads` through the Database's own connections."""

    def __init__(self, database: Database, threads: _Threads | None = None) -> None:
        self._database = database
        self._threads = threads

    async def take(self, query: Select[Any], made: Callable[[Rows], T]) -> T:
        """What `made` makes of the rows, in a thread. Raises StorageError."""
        if self._threads:
            return await self._threads.take(query, made)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
        # Hardly anybody has prompts of their own, reactions, or an earlier run: that needs no thread.
        return await asyncio.to_thread(made, rows) if rows else made(rows)


@dataclass(frozen=True, slots=True)
class _Threads:
    engine: Engine
    pool: ThreadPoolExecutor

    async def take(self, query: Select[Any], made: Callable[[Rows], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self.pool, self._take, query, made)

    def _take(self, query: Select[Any], made: Callable[[Rows], T]) -> T:
        with said_plainly(), self.engine.connect() as connection:
            rows = connection.execute(query).all()
        return made(rows)


@asynccontextmanager
async def open_looks(url: URL, database: Database) -> AsyncIterator[Looks]:
    """Looks into the database at `url`, which is open as `database`."""
    if not database.is_sqlite:
        yield Looks(database)
        return
    engine = await asyncio.to_thread(_engine, url)
    pool = ThreadPoolExecutor(AT_ONCE, "looks")
    try:
        yield Looks(database, _Threads(engine, pool))
    finally:
        await asyncio.to_thread(pool.shutdown)
        engine.dispose()


def _engine(url: URL) -> Engine:
    engine = create_engine(url.set(drivername="sqlite+pysqlite"), pool_size=AT_ONCE, max_overflow=0)
    event.listen(engine, "connect", _looking_only)
    return engine


def _looking_only(connection: Any, entry: ConnectionPoolEntry) -> None:
    careful_sqlite(connection, entry)  # no transactions of their own: one statement sees one state by itself
    connection.execute("PRAGMA query_only = ON")
