"""Work under way that others want too: the same key asked twice at once is worked on once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Sharing(Generic[K, V]):
    """One task a key for as long as it runs; its result, or its error, goes to everyone who waits."""

    def __init__(self) -> None:
        self._under_way: dict[K, asyncio.Task[V]] = {}
        self._waiting: dict[K, int] = {}

    async def once(self, key: K, work: Callable[[], Awaitable[V]]) -> V:
        """The result of `work`, or of the same work that is under way. Stopped when the last to wait leaves."""
        task = self._under_way.get(key)
        if task is None:
            task = self._under_way[key] = asyncio.ensure_future(_awaited(work))
            task.add_done_callback(lambda done: self._forget(key, done))
        self._waiting[key] = self._waiting.get(key, 0) + 1
        try:
            # Shielded: one person who gives up must not take the work away from the others.
            return await asyncio.shield(task)
        finally:
            self._waiting[key] -= 1
            if not self._waiting[key]:
                del self._waiting[key]
                if not task.done():
                    self._forget(key, task)
                    task.cancel()

    def _forget(self, key: K, task: asyncio.Task[V]) -> None:
        if self._under_way.get(key) is task:
            del self._under_way[key]


async def _awaited(work: Callable[[], Awaitable[V]]) -> V:
    return await work()
