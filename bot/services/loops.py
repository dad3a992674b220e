"""Loops without an end, the blocks that they run beside, and what comes round in them only once a day."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from typing import Any, Final, Never

from bot.domain.errors import NutgrafError

_log = logging.getLogger(__name__)

A_DAY: Final = timedelta(days=1)
Sleep = Callable[[float], Awaitable[None]]


async def for_ever(
    work: Callable[[], Awaitable[object]], name: str, *, every: float, sleep: Sleep = asyncio.sleep
) -> Never:
    """Do `work`, then rest for `every` seconds, again and again.

    A NutgrafError is told under `name`, and does not end it: what failed is tried again after the rest.
    """
    while True:
        try:
            await work()
        except NutgrafError as error:
            _log.warning(f"{name} failed error=%s", error.code)  # a record's template is its event
        await sleep(every)


@asynccontextmanager
async def beside(loop: Coroutine[Any, Any, None], name: str) -> AsyncIterator[None]:
    """The endless `loop` runs, as a task of that `name`, while the block does."""
    task = asyncio.create_task(loop, name=name)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


class Daily:
    """What is done once a day, and soon again where it failed. The first time is at once."""

    def __init__(self) -> None:
        self._done: datetime | None = None

    def is_due(self, now: datetime) -> bool:
        """Whether a day has gone by since it was last done."""
        return self._done is None or now - self._done >= A_DAY

    def done(self, now: datetime) -> None:
        """It is."""
        self._done = now
