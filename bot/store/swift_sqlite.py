"""aiosqlite's connection, with cursors that visit its thread once a statement.

The driver's own cursors go there to be made, to execute, to fetch and to be closed: each time two switches between
threads, for which the event loop and everything else in the process wait. A statement of ours reads few rows, so
all of it is done at one visit.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from functools import partial
from typing import Any, Final, Self

import aiosqlite

ROWS_AT_ONCE: Final = 64  # of the driver's own cursors, which nobody uses here


async def connect(*args: Any, **kwargs: Any) -> aiosqlite.Connection:
    """A connection; parameters and errors are `sqlite3.connect`'s."""
    connection = _Connection(partial(sqlite3.connect, *args, **kwargs), ROWS_AT_ONCE)
    connection._thread.daemon = True  # as SQLAlchemy has it: a thread that was forgotten does not keep the process
    return await connection


class _Cursor:
    """What SQLAlchemy asks of a driver's cursor; one statement each."""

    description: Any = None
    rowcount: int = -1
    lastrowid: int | None = None
    arraysize: int = 1

    def __init__(self, connection: _Connection) -> None:
        self._connection = connection
        self._rows: list[Any] = []

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, operation: str, parameters: Any = ()) -> Self:
        await self._connection._execute(self._execute, operation, parameters)  # type: ignore[no-untyped-call]
        return self

    async def executemany(self, operation: str, parameters: Iterable[Any]) -> Self:
        await self._connection._execute(self._execute_many, operation, parameters)  # type: ignore[no-untyped-call]
        return self

    async def fetchall(self) -> list[Any]:
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Nothing is left open between statements."""

    def _execute(self, operation: str, parameters: Any) -> None:
        self._take(self._connection._conn.execute(operation, parameters))

    def _execute_many(self, operation: str, parameters: Iterable[Any]) -> None:
        self._take(self._connection._conn.executemany(operation, parameters))

    def _take(self, cursor: sqlite3.Cursor) -> None:
        self.description, self.lastrowid = cursor.description, cursor.lastrowid
        self._rows = cursor.fetchall() if cursor.description else []
        self.rowcount = cursor.rowcount
        cursor.close()


class _Connection(aiosqlite.Connection):
    def cursor(self) -> Any:
        return _Cursor(self)

    async def rollback(self) -> None:
        if self._conn.in_transaction:
            await super().rollback()
