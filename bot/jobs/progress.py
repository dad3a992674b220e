"""How far a job is, told across processes: the one that works notes it, the one that shows it looks there.

Where one process does everything, its own Reports are enough.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict
from typing import Any, Final

from bot.domain.errors import NutgrafError
from bot.domain.task import Progress, Report
from bot.jobs.ledger import Ledger
from bot.services.loops import beside

PROGRESS: Final = "progress"  # what the note is called
EVERY: Final = 1.0  # seconds between two notes, or two looks; what is done sooner costs neither

Look = Callable[[], Awaitable[dict[str, Any] | None]]


@asynccontextmanager
async def noted(ledger: Ledger, report: Report, *, every: float = EVERY) -> AsyncIterator[Report]:
    """`report`, whose latest is also noted while the block runs."""
    latest: Progress | None = None

    def tell(progress: Progress) -> None:
        nonlocal latest
        latest = progress
        report(progress)

    async def note() -> None:
        told: Progress | None = None
        while True:
            await asyncio.sleep(every)
            if latest is not None and latest != told:
                told = latest
                with suppress(NutgrafError):  # the next one may be noted
                    await ledger.note(PROGRESS, asdict(told))

    async with beside(note(), "noting how far it is"):
        yield tell


@asynccontextmanager
async def seen(look: Look, report: Report, *, every: float = EVERY) -> AsyncIterator[None]:
    """While the block runs, `report` what a `look` finds that was noted elsewhere."""

    async def watch() -> None:
        told: Progress | None = None
        while True:
            await asyncio.sleep(every)
            with suppress(NutgrafError):
                found = await look()
                if found and (progress := Progress(**found)) != told:
                    told = progress
                    report(progress)

    async with beside(watch(), "watching how far it is"):
        yield
