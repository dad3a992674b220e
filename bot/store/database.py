"""The database behind DATABASE_URL: SQLite beside the bot by default, PostgreSQL for many workers."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from bot.domain.errors import SettingsError
from bot.store import swift_sqlite
from bot.store.failures import said_plainly

DRIVERS: Final = {
    "sqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
}
CONNECT_SECONDS: Final = 5
POOL: Final = {"pool_size": 10, "max_overflow": 10, "pool_timeout": 30}
ROWS_A_STATEMENT: Final = 100  # psycopg parses a long statement on the event loop: 1,000 rows hold it for 0.1 s
BUSY_SECONDS: Final = 10
# WAL: readers and the writer do not wait for each other. FULL: what is committed survives a power cut.
WAL: Final = "journal_mode = WAL"
PRAGMAS: Final = (f"busy_timeout = {BUSY_SECONDS * 1000}", WAL, "synchronous = FULL", "foreign_keys = ON")


def database_url(given: str) -> URL:
    """The address with our driver in it (`postgres://`, as many hosts give it, works). Raises SettingsError."""
    try:
        url = make_url(given)
    except ArgumentError:
        raise SettingsError("DATABASE_URL is not an address of a database.") from None
    driver = DRIVERS.get(url.get_backend_name())
    if driver is None:
        raise SettingsError(
            "DATABASE_URL names a database that Nutgraf does not speak.", cure="Use SQLite or PostgreSQL."
        )
    return url.set(drivername=driver)


def sqlite_path(url: URL) -> Path | None:
    """The file of a SQLite address; None for PostgreSQL and for a database in memory."""
    on_file = url.get_backend_name() == "sqlite" and url.database not in {None, "", ":memory:"}
    return Path(str(url.database)) if on_file else None


class Database:
    """Connections to one database, each inside one transaction."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self.is_sqlite = engine.dialect.name == "sqlite"
        # SQLite has one writer at a time. Its own way of waiting is to poll, without order; this is a queue.
        self._one_writer = asyncio.Lock()
        self._upserts: dict[tuple[str, ...], sqlite.Insert | postgresql.Insert] = {}

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A connection that sees one state of the database throughout. Raises StorageError."""
        with said_plainly():
            async with self._engine.connect() as connection:
                yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """A connection whose changes are kept together at the end, or not at all. Raises StorageError."""
        async with AsyncExitStack() as stack:
            stack.enter_context(said_plainly())
            if self.is_sqlite:
                await stack.enter_async_context(self._one_writer)
            connection = await stack.enter_async_context(self._engine.connect())
            connection = await connection.execution_options(writes=True)
            await stack.enter_async_context(connection.begin())
            yield connection

    def insert(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        """An INSERT that knows `on_conflict_do_nothing` and `on_conflict_do_update`, which both databases have."""
        return sqlite.insert(table) if self.is_sqlite else postgresql.insert(table)

    def upsert(self, table: Table, columns: Iterable[str]) -> sqlite.Insert | postgresql.Insert:
        """An INSERT of rows with those `columns`, which are its parameters; a row of the same key is replaced.

        Each is made once: to build a statement anew takes longer than to run it.
        """
        wanted = table.name, *columns
        if wanted not in self._upserts:
            statement = self.insert(table)
            keys = [column.name for column in table.primary_key]
            rest = {name: statement.excluded[name] for name in wanted[1:] if name not in keys}
            self._upserts[wanted] = statement.on_conflict_do_update(index_elements=keys, set_=rest)
        return self._upserts[wanted]


@asynccontextmanager
async def open_database(given: str) -> AsyncIterator[Database]:
    """The Database of DATABASE_URL, closed at the end. Nothing is connected yet. Raises SettingsError."""
    url = database_url(given)
    # In a thread: it imports the driver.
    engine = await asyncio.to_thread(_async_engine, url)
    try:
        yield Database(engine)
    finally:
        await engine.dispose()


@contextmanager
def plain_engine(url: URL) -> Iterator[Engine]:
    """An engine for work that owns its thread: migrations, backup, restore. Raises StorageError inside."""
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url.set(drivername="sqlite+pysqlite"))
        event.listen(engine, "connect", _change_over)
    else:
        engine = create_engine(url, connect_args={"connect_timeout": CONNECT_SECONDS})
    _listen(engine)
    try:
        with said_plainly():
            yield engine
    finally:
        engine.dispose()


def _async_engine(url: URL) -> AsyncEngine:
    try:
        if url.get_backend_name() == "postgresql":
            waits = {"connect_timeout": CONNECT_SECONDS}
            return create_async_engine(
                url,
                pool_pre_ping=True,
                connect_args=waits,
                insertmanyvalues_page_size=ROWS_A_STATEMENT,
                **POOL,
            )
        engine = create_async_engine(url, connect_args={"async_creator_fn": swift_sqlite.connect})
    except ImportError:
        raise SettingsError(
            "The driver for that database is not installed.", cure="Install the locked requirements again."
        ) from None
    _listen(engine.sync_engine)
    return engine


def _listen(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", careful_sqlite)
        event.listen(engine, "begin", _begin)


def _change_over(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    """Into WAL mode, once in a file's life. SQLite does not wait for others here, as it does everywhere else."""
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    end = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute(f"PRAGMA {WAL}")
            return
        except sqlite3.OperationalError as error:
            if not error.sqlite_errorname.startswith("SQLITE_BUSY") or time.monotonic() > end:
                raise
            time.sleep(0.02)


def careful_sqlite(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    """What holds for each new connection to a file, whichever engine made it."""
    # The driver would open transactions late, or not at all (before DDL): `_begin` does it.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """A writer takes the lock at once: one that reads first could not wait for it any more."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
