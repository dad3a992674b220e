"""Queueing goes before running: while thousands of digests that are due are being queued, their runs hold back.

What is queued is safe, and a run that begins a few seconds later is no worse. Did both go on side by side,
queueing would share the processor and the database's one writer with every run that it has made possible.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

HELD_AT_MOST: Final = 20.0  # seconds: a rush without an end must not stop all runs


class Rush:
    """Whether this process is at queueing."""

    def __init__(self) -> None:
        self._over = asyncio.Event()
        self._over.set()

    @contextmanager
    def on(self) -> Iterator[None]:
        """It is, while the block lasts."""
        self._over.clear()
        try:
            yield
        finally:
            self._over.set()

    async def over(self, *, at_most: float = HELD_AT_MOST) -> None:
        """Returns once it is not, or after that many seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(at_most):
                await self._over.wait()
