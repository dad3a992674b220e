"""Questions under way: unlike briefings, nobody takes them up after a restart, so who waits is told.

Who leaves in peace tells them itself (`Asking.leave`). For those whose process just dies the question is written
down while it is open, and whoever hears that server next finds it (`Asking.lost`).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any, Final, TypeVar

from bot.domain.answer import OpenQuestion
from bot.domain.errors import NutgrafError
from bot.services.open_questions import OpenQuestions
from bot.wording import Phrase, say, say_all

T = TypeVar("T")
_FAREWELL: Final = 1.0  # seconds
_log = logging.getLogger(__name__)


class Asking:
    """All that this process was asked and has not answered yet. Without a `book` nothing is written down."""

    def __init__(self, book: OpenQuestions | None = None) -> None:
        self._book = book
        self._open: set[str] = set()
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

    @asynccontextmanager
    async def kept(self, question: OpenQuestion) -> AsyncIterator[None]:
        """While the block runs, the question is written down; where that fails, it is answered all the same."""
        self._open.add(question.key)
        await self.write(question)
        try:
            yield
        finally:
            await self.close(question)
            self._open.discard(question.key)

    async def lost(self) -> list[OpenQuestion]:
        """Those that are written down and that this process knows nothing of."""
        if self._book is None:
            return []
        mine = set(self._open)  # one of ours may be closed while we look
        try:
            return [question for question in await self._book.left() if question.key not in mine | self._open]
        except NutgrafError as error:
            _log.warning("open questions not found error=%s", error.code)
            return []

    async def close(self, question: OpenQuestion) -> None:
        """Whoever asked is told. Raises nothing."""
        if self._book is not None:
            try:
                await self._book.close(question.key)
            except NutgrafError as error:
                _log.warning("question not closed error=%s", error.code)

    async def write(self, question: OpenQuestion) -> None:
        """Write it down, or what more is known of it. Raises nothing."""
        if self._book is not None:
            try:
                await self._book.open(question)
            except NutgrafError as error:
                _log.warning("question not kept error=%s", error.code)

    async def leave(self) -> None:
        """Stop all of it, and give those who wait the time to be told."""
        self._leaving = True
        waiting = len(self._waiting)
        for task in self._waiting:
            task.cancel()
        if waiting:
            await asyncio.sleep(_FAREWELL)


def lost_words() -> str:
    """To whoever waits for what a process was working on that died."""
    return say_all(say("I was restarted and lost your question."), say("Ask it again."))
