"""What `nutgraf doctor` says of the database: looks, and creates nothing."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import text
from sqlalchemy.engine import URL

from bot.domain.errors import SettingsError, StorageError
from bot.store.database import database_url, open_database, sqlite_path

LOW_DISK: Final = 200_000_000  # bytes; below, a warning


@dataclass(frozen=True, slots=True)
class DatabaseHealth:
    """What a check found: one sentence, and another one where something wants attention."""

    sentence: str
    warning: str = ""


async def check_database(given: str) -> DatabaseHealth:
    """Whether the database can be used; creates nothing. Raises SettingsError with the cure where it cannot."""
    url = database_url(given)
    if unmade := await asyncio.to_thread(_unmade_file, url):
        return await asyncio.to_thread(_folder, unmade)
    try:
        async with open_database(given) as database, database.reading() as connection:
            if database.is_sqlite:
                mode = (await connection.execute(text("PRAGMA journal_mode"))).scalar_one()
                return await asyncio.to_thread(_sqlite, url, str(mode))
            version = (await connection.execute(text("SHOW server_version"))).scalar_one()
            return DatabaseHealth(f"PostgreSQL {version} answers.")
    except StorageError:
        raise SettingsError(
            "The database does not answer.", cure="Check DATABASE_URL, and that its server runs."
        ) from None


def _unmade_file(url: URL) -> Path | None:
    path = sqlite_path(url)
    return path if path and not path.exists() else None


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
    path = sqlite_path(url)
    if path is None:
        return DatabaseHealth(f"SQLite {sqlite3.sqlite_version} in memory.", "Nothing will outlive the process.")
    if not os.access(path, os.W_OK):
        raise SettingsError(f"The database file {path.name} cannot be written to.", cure="Check its permissions.")
    return DatabaseHealth(
        f"SQLite {sqlite3.sqlite_version}, {path.name}, journal {mode}.", _disk(path.resolve().parent)
    )


def _disk(folder: Path) -> str:
    free = shutil.disk_usage(folder).free
    return "" if free >= LOW_DISK else f"Only {free // 1_000_000} MB of disk are free."
