"""One process owns a SQLite file: two bots on one file would do each other's durable work again.

The lock is the operating system's own, on a file beside the database. It ends with the process that holds it, in
whatever way, so none is ever stale. What stands in the file is only there to say who holds it.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.domain.errors import DatabaseBusyError, SettingsError
from bot.store.failures import said_plainly

NAME_END = 1_000  # bytes; the lock lies beyond, so that Windows lets others read who holds it


def lock_path(database: Path) -> Path:
    """Where the lock of a database file lies."""
    return database.with_name(database.name + ".lock")


@contextmanager
def owned(database: Path | None) -> Iterator[None]:
    """Own the file while inside (None: nothing to own). Blocks.

    Raises DatabaseBusyError naming the owner, and SettingsError where the folder is missing or not ours to write.
    """
    if database is None:
        yield
        return
    try:
        handle = os.open(lock_path(database), os.O_RDWR | os.O_CREAT, 0o600)
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        raise SettingsError(
            f"The folder for the database file {database.name} cannot be written to.",
            cure="Create it, or point DATABASE_URL elsewhere.",
        ) from None
    try:
        if not _locked(handle):
            raise DatabaseBusyError(
                f"The database {database.name} is in use by {_holder(handle)}.",
                cure="Stop that process first, or set DATABASE_URL to PostgreSQL, which several can share.",
            )
        _sign(handle)
        yield
        _sign(handle, leaving=True)
    finally:
        os.close(handle)


def owner_of(database: Path) -> str | None:
    """Who owns the file now; None: nobody does."""
    lock = lock_path(database)
    if not lock.exists():
        return None
    with said_plainly():
        handle = os.open(lock, os.O_RDWR)
    try:
        return None if _locked(handle) else _holder(handle)
    finally:
        os.close(handle)


def _sign(handle: int, *, leaving: bool = False) -> None:
    since = datetime.now(UTC).isoformat(timespec="seconds")
    name = "" if leaving else f"process {os.getpid()} on {socket.gethostname()} since {since}"
    os.ftruncate(handle, 0)
    os.lseek(handle, 0, os.SEEK_SET)
    os.write(handle, name.encode()[:NAME_END])


def _holder(handle: int) -> str:
    os.lseek(handle, 0, os.SEEK_SET)
    return os.read(handle, NAME_END).decode(errors="replace").strip() or "another process"


if sys.platform == "win32":
    import msvcrt

    def _locked(handle: int) -> bool:
        os.lseek(handle, NAME_END, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _locked(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
