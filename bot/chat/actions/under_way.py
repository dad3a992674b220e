"""Questions under way: unlike briefings, nobody takes them up after a restart, so who waits is told."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, Final, TypeVar

from bot.domain.errors import NutgrafError
from bot.wording import Phrase

T = TypeVar("T")
_FAREWELL: Final = 1.0  # seconds


class Asking:
    """All that this process was asked and has not answered yet."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Task[Any]] = set()
        self._leaving = False

    async def answer(self, work: Coroutine[Any, Any, T]) -> T:
        """The outcome of `work`. Raises NutgrafError where we leave before it is there."""
        task = asyncio.ensure_future(work)
        self._waiting.add(task)
        try:
            return await task
        except asyncio.CancelledError:
            if not self._leaving:
                task.cancel()
                raise
            raise NutgrafError(
                Phrase("I am being restarted and lost your question."), cure=Phrase("Ask it again in a minute.")
            ) from None
        finally:
            self._waiting.discard(task)

    async def leave(self) -> None:
        """Stop all of it, and give those who wait the time to be told."""
        self._leaving = True
        waiting = len(self._waiting)
        for task in self._waiting:
            task.cancel()
        if waiting:
            await asyncio.sleep(_FAREWELL)
