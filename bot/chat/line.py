"""The line before the desk: so many briefings at once, first come first served, and everyone knows their place."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

Tell = Callable[[int], None]


class Line:
    """`places` turns at once. Whoever waits is told how many are ahead, again each time that changes."""

    def __init__(self, places: int) -> None:
        self._semaphore = asyncio.Semaphore(places)
        self._waiting: list[Tell] = []

    @asynccontextmanager
    async def turn(self, tell: Tell) -> AsyncIterator[None]:
        """A turn; `tell` gets the number of people ahead while waiting (never, when there is no wait)."""
        if self._semaphore.locked():
            self._waiting.append(tell)
            tell(len(self._waiting))
        try:
            await self._semaphore.acquire()
        finally:
            if tell in self._waiting:
                self._waiting.remove(tell)
                for ahead, other in enumerate(self._waiting, 1):
                    other(ahead)
        try:
            yield
        finally:
            self._semaphore.release()
