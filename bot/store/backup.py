"""Backup and restore, and the way from SQLite to PostgreSQL: a backup is a SQLite file with our tables, always.

One format for both databases, that any SQLite program opens. Rows are copied inside one reading transaction, so a
backup is one moment of a database that goes on working. What the workflow engine had under way is left out: a
restored bot starts with its digests and its history, and with no errand of another day.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from sqlalchemy import Connection, delete, func, insert, select, text
from sqlalchemy.engine import URL

from bot.domain.errors import DatabaseBusyError, UsageError
from bot.store.database import plain_engine, sqlite_path
from bot.store.failures import said_plainly
from bot.store.migrating import rebuilding, upgrade
from bot.store.owner import owned
from bot.store.tables import digests, metadata
from bot.store.version import require_head, revision

ROWS_AT_ONCE: Final = 1_000
MAGIC: Final = b"SQLite format 3\0"


class Copied(NamedTuple):
    """What a backup or a restore did."""

    rows: int
    revision: str


def backup(url: URL, target: Path) -> Copied:
    """Write the database at `url` to the file `target`, wholly or not at all; the bot may run meanwhile. Blocks.

    Raises UsageError, VersionError (bring it up to date first), DatabaseFullError, StorageError.
    """
    own = sqlite_path(url)
    if own and (not own.exists() or (target.exists() and own.samefile(target))):
        raise UsageError("There is no database to back up, or the file given is the database itself.")
    if not target.parent.is_dir():
        raise UsageError(f"There is no folder {target.parent}.", cure="Create it, or choose another.")
    with replacing(target) as part:
        _, reached = upgrade(_file_url(part))
        rows = _copy(url, _file_url(part))
        with said_plainly(), closing(sqlite3.connect(part)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")  # one file, readable from a read-only disk
        return Copied(rows, str(reached))


def restore(url: URL, source: Path, *, force: bool = False) -> Copied:
    """Replace what the database at `url` holds by the backup `source`, wholly or not at all. Blocks.

    A backup of an older Nutgraf is brought up to date on the way. Raises UsageError where `source` is no backup,
    VersionError where it is a newer one's, and DatabaseBusyError where the database is in use, or holds something
    and `force` is not given.
    """
    _require_backup(source)
    own = sqlite_path(url)
    with ExitStack() as stack:
        stack.enter_context(owned(own))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=own.parent if own else None)))
        copy = folder / "backup.db"
        if not _copied(source, copy):
            raise UsageError(f"{source.name} is damaged; nothing was changed.", cure="Take another backup.")
        if _revision(_file_url(copy)) == "":
            raise UsageError(f"{source.name} is a SQLite file, but no backup of Nutgraf.")
        _, reached = upgrade(_file_url(copy))
        upgrade(url)
        try:
            return Copied(_copy(_file_url(copy), url, force=force), str(reached))
        except ValueError:  # a cell that is not what its column holds
            raise UsageError(
                f"{source.name} is damaged; nothing was changed.", cure="Take another backup."
            ) from None


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """The name of a file to write: it takes the place of `target` if the block ends well, else it goes."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with said_plainly():
            os.close(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
        yield part
        with said_plainly():
            _settle(part)
            part.replace(target)
            if os.name == "posix":  # elsewhere a folder cannot be opened
                _settle(target.parent)
    finally:
        for suffix in ("", "-journal", "-wal", "-shm"):
            part.with_name(part.name + suffix).unlink(missing_ok=True)


def _settle(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _file_url(path: Path) -> URL:
    return URL.create("sqlite+aiosqlite", database=str(path.resolve()))


def _revision(url: URL) -> str:
    with plain_engine(url) as engine, engine.connect() as connection:
        return revision(connection) or ""


def _require_backup(source: Path) -> None:
    try:
        with source.open("rb") as file:
            start = file.read(len(MAGIC))
    except OSError as error:
        raise UsageError(f"{source.name} cannot be read ({error.strerror}).", cure="Check its name.") from None
    if start != MAGIC:
        raise UsageError(
            f"{source.name} is no backup of Nutgraf.", cure="Give a file that `nutgraf db backup` made."
        )


def _copied(source: Path, copy: Path) -> bool:
    """Whether `source` is whole. Copied by the library's own means, so that a file in use comes out right, too."""
    read_only = f"{source.resolve().as_uri()}?mode=ro"
    with said_plainly():
        try:
            with closing(sqlite3.connect(read_only, uri=True)) as given, closing(sqlite3.connect(copy)) as made:
                given.backup(made)
                return bool(made.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):  # locked, or the disk is full
                raise
            return False


def _copy(source: URL, target: URL, *, force: bool = False) -> int:
    """Replace the rows of `target` by those of `source`; both have today's tables."""
    with ExitStack() as stack:
        reading = stack.enter_context(stack.enter_context(plain_engine(source)).connect())
        if reading.dialect.name != "sqlite":
            reading = reading.execution_options(isolation_level="REPEATABLE READ")
        require_head(reading)
        writing = stack.enter_context(rebuilding(stack.enter_context(plain_engine(target))))
        if not force and not _is_empty(writing):
            raise DatabaseBusyError(
                "The database holds something already.",
                cure="Add --force to replace all of it, or choose another.",
            )
        counter = max(_counter(reading), _counter(writing))
        for table in reversed(metadata.sorted_tables):
            writing.execute(delete(table))
        rows = 0
        for table in metadata.sorted_tables:
            read = reading.execution_options(yield_per=ROWS_AT_ONCE).execute(select(table))
            for part in read.mappings().partitions():
                writing.execute(insert(table), [dict(row) for row in part])
                rows += len(part)
        _set_counter(writing, counter)
        return rows


def _is_empty(connection: Connection) -> bool:
    return not any(connection.scalar(select(func.count()).select_from(table)) for table in metadata.sorted_tables)


def _counter(connection: Connection) -> int:
    """The highest id that a Digest ever had: none is given twice, not even after a restore."""
    if connection.dialect.name == "sqlite":
        query = text("SELECT seq FROM sqlite_sequence WHERE name = :table")
        return int(connection.scalar(query, {"table": digests.name}) or 0)
    return int(
        connection.scalar(text("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM digests_id_seq"))
    )


def _set_counter(connection: Connection, counter: int) -> None:
    given = {"table": digests.name, "counter": counter}
    if connection.dialect.name == "sqlite":
        connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :table"), given)
        connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :counter)"), given)
    elif counter:
        connection.execute(text("SELECT setval('digests_id_seq', :counter)"), given)
