"""What the database's libraries raise, said as our own errors; their texts may hold the password or a row."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import DBAPIError, InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.domain.errors import DatabaseBusyError, DatabaseFullError, StorageError, VersionError
from bot.wording import Phrase

_FULL_FILE: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_SQLITE: Final[dict[str, type[StorageError]]] = {
    "SQLITE_BUSY": DatabaseBusyError,
    "SQLITE_LOCKED": DatabaseBusyError,
    "SQLITE_FULL": DatabaseFullError,
    "SQLITE_IOERR_WRITE": DatabaseFullError,
}
_POSTGRES: Final[dict[str, type[StorageError]]] = {
    "42P01": VersionError,  # undefined_table
    "42703": VersionError,  # undefined_column
    "53100": DatabaseFullError,
    "55P03": DatabaseBusyError,  # lock_not_available
}


@contextmanager
def said_plainly() -> Iterator[None]:
    """Turns failures of database and disk into StorageErrors; bugs of ours (a broken constraint) pass."""
    try:
        yield
    except DBAPIError as error:
        if known := _known(error.orig):
            raise known() from None
        if isinstance(error, OperationalError | InterfaceError | InternalError):
            raise StorageError() from None
        raise
    except sqlite3.Error as error:
        raise (_known(error) or StorageError)() from None
    except PoolTimeoutError:
        raise DatabaseBusyError(
            Phrase("The database has more to do than it can."), cure=Phrase("Try again in a minute.")
        ) from None
    except OSError as error:
        if error.errno in _FULL_FILE:
            raise DatabaseFullError() from None
        raise StorageError() from None


def _known(error: BaseException | None) -> type[StorageError] | None:
    if isinstance(error, sqlite3.Error):
        if "no such table" in str(error) or "no such column" in str(error):
            return VersionError
        name = str(getattr(error, "sqlite_errorname", ""))
        return _SQLITE.get(name) or _SQLITE.get("_".join(name.split("_")[:2]))
    # psycopg is not imported for it: with SQLite nobody needs it.
    return _POSTGRES.get(str(getattr(error, "sqlstate", "")))
