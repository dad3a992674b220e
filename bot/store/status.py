"""What is in the database, for an operator's eyes; creates nothing."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import func, inspect, select
from sqlalchemy.engine import URL

from bot.store.database import database_url, plain_engine, sqlite_path
from bot.store.owner import owner_of
from bot.store.tables import metadata
from bot.store.version import head, revision


@dataclass(frozen=True, slots=True)
class Status:
    """Where the database is, what version its tables have (None: it has none), and how many rows each holds."""

    where: str
    revision: str | None
    head: str
    rows: dict[str, int] = field(default_factory=dict)


def status(given: str) -> Status:
    """The Status of DATABASE_URL, whose password it leaves out. Blocks. Raises SettingsError and StorageError."""
    url = database_url(given)
    path = sqlite_path(url)
    if path and not path.exists():
        return Status(f"SQLite file {path}, not made yet.", None, head())
    with plain_engine(url) as engine, engine.connect() as connection:
        known = set(inspect(connection).get_table_names())
        return Status(
            _where(url),
            revision(connection),
            head(),
            {
                table.name: connection.scalar(select(func.count()).select_from(table)) or 0
                for table in metadata.sorted_tables
                if table.name in known
            },
        )


def _where(url: URL) -> str:
    path = sqlite_path(url)
    if path is None:
        return f"PostgreSQL database {url.database} on {url.host or url.query.get('host') or 'this machine'}."
    size = path.stat().st_size / 1_000_000
    owner = owner_of(path)
    return f"SQLite file {path}, {size:,.1f} MB, {f'in use by {owner}' if owner else 'not in use'}."
