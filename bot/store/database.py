"""The database behind DATABASE_URL: SQLite beside the bot by default, PostgreSQL for many workers."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from bot.domain.errors import SettingsError

DRIVERS: Final = {
    "sqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
}
LOW_DISK: Final = 200_000_000  # bytes; below, a warning
CONNECT_SECONDS: Final = 5


@dataclass(frozen=True, slots=True)
class DatabaseHealth:
    """What a check found: one sentence, and another one where something wants attention."""

    sentence: str
    warning: str = ""


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


@asynccontextmanager
async def open_database(given: str) -> AsyncIterator[AsyncEngine]:
    """An engine for DATABASE_URL, disposed of at the end. Nothing is connected yet. Raises SettingsError."""
    url = database_url(given)
    # In a thread: it imports the driver.
    engine = await asyncio.to_thread(_engine, url)
    try:
        yield engine
    finally:
        await engine.dispose()


def _engine(url: URL) -> AsyncEngine:
    try:
        if url.get_backend_name() == "postgresql":
            waits = {"connect_timeout": CONNECT_SECONDS}
            return create_async_engine(url, pool_pre_ping=True, connect_args=waits)
        engine = create_async_engine(url)
    except ImportError:
        raise SettingsError(
            "The driver for that database is not installed.", cure="Install the locked requirements again."
        ) from None
    if _is_file(url):
        event.listen(engine.sync_engine, "connect", _careful_sqlite)
    return engine


def _careful_sqlite(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    """WAL: readers and the writer do not wait for each other. FULL: what is committed survives a power cut."""
    cursor = connection.cursor()
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "busy_timeout = 5000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


async def check_database(given: str) -> DatabaseHealth:
    """Whether the database can be used; creates nothing. Raises SettingsError with the cure where it cannot."""
    url = database_url(given)
    if unmade := await asyncio.to_thread(_unmade_file, url):
        return await asyncio.to_thread(_folder, unmade)
    async with open_database(given) as engine:
        try:
            async with engine.connect() as connection:
                if url.get_backend_name() == "sqlite":
                    mode = (await connection.execute(text("PRAGMA journal_mode"))).scalar_one()
                    return await asyncio.to_thread(_sqlite, url, str(mode))
                version = (await connection.execute(text("SHOW server_version"))).scalar_one()
                return DatabaseHealth(f"PostgreSQL {version} answers.")
        except (SQLAlchemyError, OSError):  # the library's text may hold the password
            raise SettingsError(
                "The database does not answer.", cure="Check DATABASE_URL, and that its server runs."
            ) from None


def _is_file(url: URL) -> bool:
    return url.get_backend_name() == "sqlite" and url.database not in {None, "", ":memory:"}


def _unmade_file(url: URL) -> Path | None:
    path = Path(str(url.database))
    return path if _is_file(url) and not path.exists() else None


def _folder(path: Path) -> DatabaseHealth:
    folder = path.resolve().parent
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        raise SettingsError(
            f"The folder for the database file {path.name} cannot be written to.",
            cure="Create it, or point DATABASE_URL elsewhere.",
        )
    said = f"SQLite {sqlite3.sqlite_version}; {path.name} will be made when the bot first runs."
    return DatabaseHealth(said, _disk(folder))


def _sqlite(url: URL, mode: str) -> DatabaseHealth:
    if not _is_file(url):
        return DatabaseHealth(f"SQLite {sqlite3.sqlite_version} in memory.", "Nothing will outlive the process.")
    path = Path(str(url.database))
    if not os.access(path, os.W_OK):
        raise SettingsError(f"The database file {path.name} cannot be written to.", cure="Check its permissions.")
    return DatabaseHealth(
        f"SQLite {sqlite3.sqlite_version}, {path.name}, journal {mode}.", _disk(path.resolve().parent)
    )


def _disk(folder: Path) -> str:
    free = shutil.disk_usage(folder).free
    return "" if free >= LOW_DISK else f"Only {free // 1_000_000} MB of disk are free."
