"""Which worker this process is. A worker's name is what finds its unfinished jobs again after a crash.

Two live processes of one name would do each other's work twice; a name that changes at every start leaves work
behind. On PostgreSQL a name is therefore leased: an advisory lock of the database's, which ends with the
connection, however the process ends. A name whose lock is free while jobs stand under it belongs to a dead worker.
On SQLite one process owns the file, so one name will do.
"""

from __future__ import annotations

import asyncio
import logging
import re
import socket
import zlib
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from itertools import count
from typing import TYPE_CHECKING, Final

from bot.domain.errors import DatabaseBusyError, StorageError

if TYPE_CHECKING:
    from psycopg import Connection

ALONE: Final = "alone"
_SPACE: Final = 0x6E757467  # our locks among those of others in the same database
_MOST: Final = 1_000
_PATIENCE: Final = 15.0  # seconds in which a predecessor of the same name may finish dying
_log = logging.getLogger(__name__)


class Lease:
    """A name held by this process. `several`: whether others may work on the same database."""

    def __init__(self, name: str, url: str = "", connection: Connection | None = None) -> None:
        self.name = name
        self._url = url
        self.several = connection is not None
        self._connection = connection
        self._using = asyncio.Lock()

    async def hold(self) -> bool:
        """Whether the name is still ours; a connection that broke is made again. False: somebody else has it."""
        if self._connection is None:
            return True
        async with self._using:
            return await asyncio.to_thread(self._held)

    @asynccontextmanager
    async def of_dead(self, name: str) -> AsyncIterator[bool]:
        """Whether `name` belongs to no live process. While inside, none can take it."""
        if self._connection is None:
            yield False
            return
        async with self._using:
            free = await asyncio.to_thread(_locked, self._connection, name)
            try:
                yield free
            finally:
                if free:
                    await asyncio.to_thread(_unlock, self._connection, name)

    def _held(self) -> bool:
        import psycopg  # noqa: PLC0415

        assert self._connection is not None  # noqa: S101
        try:
            self._connection.execute("SELECT 1")
            return True
        except psycopg.Error:
            _log.warning("lease connection lost worker=%s", self.name)
        try:
            self._connection.close()
            self._connection = _connected(self._url)
            return _locked(self._connection, self.name)
        except psycopg.Error:
            return True  # nobody can take it either while the database is away


@asynccontextmanager
async def leased(url: str, given: str | None) -> AsyncIterator[Lease]:
    """A name for this process: `given` (WORKER_ID, DYNO), else this host's where it is one of a numbered set, else
    the first free `worker-N`. Raises DatabaseBusyError where `given` is a live worker's, StorageError.
    """
    if url.startswith("sqlite"):
        yield Lease(ALONE)
        return
    lease = await _take(url, given)
    try:
        yield lease
    finally:
        connection = lease._connection
        if connection:
            await asyncio.to_thread(connection.close)


def is_alive(url: str, name: str) -> bool:
    """Whether a live process holds `name`. Raises StorageError. Blocks."""
    import psycopg  # noqa: PLC0415

    try:
        with _connected(url) as connection:
            return not _locked(connection, name)
    except (psycopg.Error, OSError):
        raise StorageError() from None


async def _take(url: str, given: str | None) -> Lease:
    import psycopg  # noqa: PLC0415

    try:
        connection = await asyncio.to_thread(_connected, url)
        deadline = asyncio.get_running_loop().time() + _PATIENCE
        while True:
            for name in _names(given):
                if await asyncio.to_thread(_locked, connection, name):
                    return Lease(name, url, connection)
            if asyncio.get_running_loop().time() > deadline:
                break
            await asyncio.sleep(0.5)
        await asyncio.to_thread(connection.close)
    except (psycopg.Error, OSError):
        raise StorageError() from None
    raise DatabaseBusyError(
        f"Another live process is the worker {given!r}.", cure="Give each process a WORKER_ID of its own."
    )


def _names(given: str | None) -> Iterator[str]:
    if given:
        yield given
        return
    host = socket.gethostname()
    if re.search(r"-\d+$", host):  # a StatefulSet's: the same pod gets it again
        yield host
    for number in count(1):
        if number > _MOST:
            return
        yield f"worker-{number}"


def _connected(url: str) -> Connection:
    import psycopg  # noqa: PLC0415

    return psycopg.connect(url, autocommit=True, connect_timeout=5, application_name="nutgraf lease")


def _locked(connection: Connection, name: str) -> bool:
    row = connection.execute("SELECT pg_try_advisory_lock(%s, %s)", (_SPACE, _number(name))).fetchone()
    return bool(row and row[0])


def _unlock(connection: Connection, name: str) -> None:
    connection.execute("SELECT pg_advisory_unlock(%s, %s)", (_SPACE, _number(name)))


def _number(name: str) -> int:
    return zlib.crc32(name.encode()) - 2**31
