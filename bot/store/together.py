"""Group commit: what many want to write at the same time is written in one transaction.

A commit costs a visit to the disk, and a database of one file has one writer. While a transaction runs, whatever
comes waits, and the next one takes all of it; who writes alone does not wait for anybody.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Generic, TypeVar

T = TypeVar("T")
MOST: Final = 100  # of one transaction, so that the first of many does not wait for the last


class Together(Generic[T]):
    """`write` keeps all that it is given, or raises and keeps nothing of it."""

    def __init__(self, write: Callable[[Sequence[T]], Awaitable[None]]) -> None:
        self._write = write
        self._waiting: list[tuple[T, asyncio.Future[None]]] = []
        self._writer: asyncio.Task[None] | None = None

    async def add(self, item: T) -> None:
        """Returns once `item` is kept. Raises what `write` raised."""
        kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, kept))
        if self._writer is None:
            self._writer = asyncio.create_task(self._written())
        await asyncio.shield(kept)

    async def _written(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
                await self._one(batch)
        finally:
            self._writer = None

    async def _one(self, batch: Sequence[tuple[T, asyncio.Future[None]]]) -> None:
        try:
            await self._write([item for item, _ in batch])
        except BaseException as error:
            for _, kept in batch:
                kept.set_exception(error)
                kept.exception()  # whoever was cancelled meanwhile does not look at it
            if not isinstance(error, Exception):
                raise
        else:
            for _, kept in batch:
                kept.set_result(None)
