"""Group commit: one transaction for all that came meanwhile, and each is told how its own ended."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from bot.store.together import MOST, Together

pytestmark = pytest.mark.unit


class Disk:
    """Notes what is written together; each writing waits for `open`."""

    def __init__(self) -> None:
        self.written: list[list[int]] = []
        self.open = asyncio.Event()
        self.full = False

    async def write(self, items: Sequence[int]) -> None:
        await self.open.wait()
        if self.full:
            raise OSError("full")
        self.written.append(list(items))


async def test_whoever_comes_while_one_is_written_is_written_together() -> None:
    disk = Disk()
    together = Together(disk.write)
    tasks = [asyncio.create_task(together.add(0))]
    await asyncio.sleep(0)
    tasks += [asyncio.create_task(together.add(n)) for n in range(1, MOST + 3)]
    await asyncio.sleep(0)
    disk.open.set()
    await asyncio.gather(*tasks)
    assert [len(batch) for batch in disk.written] == [1, MOST, 2]
    assert [n for batch in disk.written for n in batch] == list(range(MOST + 3))


async def test_what_was_not_kept_is_told_to_all_of_them_and_the_next_is_tried() -> None:
    disk = Disk()
    disk.open.set()
    disk.full = True
    together = Together(disk.write)
    failed = await asyncio.gather(together.add(1), together.add(2), return_exceptions=True)
    assert [str(error) for error in failed] == ["full", "full"]
    disk.full = False
    await together.add(3)
    assert disk.written == [[3]]


async def test_what_was_begun_is_kept_though_whoever_asked_has_left() -> None:
    disk = Disk()
    together = Together(disk.write)
    leaving = asyncio.create_task(together.add(1))
    await asyncio.sleep(0)
    leaving.cancel()
    await asyncio.gather(leaving, return_exceptions=True)
    disk.open.set()
    await together.add(2)
    assert disk.written == [[1], [2]]
