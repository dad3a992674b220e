"""Progress told across processes: noted by the one that works, seen by the one that shows it."""

from __future__ import annotations

import asyncio
from typing import Any

from bot.domain.errors import StorageError
from bot.domain.task import Progress
from bot.jobs.progress import PROGRESS, noted, seen

SOON = 0.001


class Notes:
    """A ledger in memory, whose first note fails."""

    def __init__(self) -> None:
        self.told: list[Any] = []
        self.fails = True

    def noted(self, key: str) -> Any | None:
        return self.told[-1] if self.told and key == PROGRESS else None

    async def note(self, key: str, value: Any) -> None:
        if self.fails:
            self.fails = False
            raise StorageError()
        self.told.append(value)

    async def look(self) -> Any | None:
        return self.noted(PROGRESS)


async def test_what_one_process_reports_another_is_told() -> None:
    notes, here, there = Notes(), list[Progress](), list[Progress]()
    async with noted(notes, here.append, every=SOON) as report, seen(notes.look, there.append, every=SOON):
        for done in range(3):
            report(Progress("writing", done, 3))
            await asyncio.sleep(0.05)
        await asyncio.sleep(0.05)
    assert here == [Progress("writing", done, 3) for done in range(3)]
    assert there[-1] == Progress("writing", 2, 3)
    assert len(there) == len(set(there))


async def test_what_is_done_in_no_time_is_not_noted() -> None:
    notes = Notes()
    async with noted(notes, lambda _: None, every=10) as report:
        report(Progress("writing"))
    assert notes.told == []


async def test_a_look_that_fails_is_made_again() -> None:
    looks, told = 0, list[Progress]()

    async def look() -> dict[str, Any] | None:
        nonlocal looks
        looks += 1
        if looks == 1:
            raise StorageError()
        return {"stage": "checking", "done": 0, "total": 1}

    async with seen(look, told.append, every=SOON):
        while not told:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    assert told == [Progress("checking")]
