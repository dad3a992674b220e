"""PatientEngine: waits for another engine for so long; one that is slower has failed, while there is time to tell.

A briefing has a time as a whole. Were a slow model given all of it, the person would get neither its text nor the
fallback's; and what was written and proven would be lost to a correction that takes too long.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Sequence
from typing import Final, Protocol, TypeVar

from bot.domain.asking import Inquiry, ProposedReply, Replies
from bot.domain.draft import Draft
from bot.domain.errors import TooSlowError
from bot.domain.task import Engine, Mends, Rejected, Task

# Of the time for a briefing as a whole; what is left is for reading the page and for proving.
WRITTEN: Final = 0.75
MENDED: Final = 0.9

T = TypeVar("T")


class Model(Engine, Mends, Replies, Protocol):
    """An engine that can do all that engines can."""


class PatientEngine:
    """`engine`, as part of briefings that may take `seconds` each."""

    def __init__(self, engine: Model, seconds: float) -> None:
        self._engine = engine
        self._seconds = seconds

    async def write(self, task: Task) -> Draft:
        """As the engine does. Raises TooSlowError, too."""
        return await _within(self._seconds * WRITTEN, self._engine.write(task))

    async def mend(self, task: Task, draft: Draft, rejected: Sequence[Rejected]) -> Draft:
        """As the engine does. Raises TooSlowError, too."""
        left = self._seconds * MENDED - draft.usage.seconds
        return await _within(left, self._engine.mend(task, draft, rejected))

    async def reply(self, inquiry: Inquiry) -> ProposedReply:
        """As the engine does; who asks has a time of its own."""
        return await self._engine.reply(inquiry)


async def _within(seconds: float, work: Awaitable[T]) -> T:
    try:
        async with asyncio.timeout(seconds) as limit:
            return await work
    except TimeoutError:
        if not limit.expired():  # the work's own
            raise
        raise TooSlowError() from None
