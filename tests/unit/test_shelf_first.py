"""Digests that want the same articles at the same moment: one looks for all of them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.domain.brief import Brief
from bot.domain.source import LinkSource
from bot.services.briefing import BriefOptions
from bot.services.shelf import Shelved
from bot.services.shelf_first import ShelfFirst
from tests.support.briefs import brief
from tests.support.digest_parts import NOW

LOCK = (LinkSource(url="https://news.example/lock"),)


class Shelf:
    """Nothing lies ready; what is written is paid for."""

    def __init__(self) -> None:
        self.looked, self.written = 0, 0

    async def brief(self, sources: Sequence[LinkSource], options: BriefOptions) -> Brief | None:
        self.looked += 1
        await asyncio.sleep(0)
        return None

    async def brief_once(self, sources: Sequence[LinkSource], options: BriefOptions) -> Shelved:
        self.written += 1
        await asyncio.sleep(0)
        return Shelved(brief(), paid=True)


async def test_who_comes_at_the_same_moment_shares_one_look_and_one_of_them_pays() -> None:
    shelf = Shelf()
    first = ShelfFirst(shelf, shelf, clock=lambda: NOW)
    found = await asyncio.gather(*(first.brief_once(LOCK, BriefOptions()) for _ in range(16)))
    assert (shelf.looked, shelf.written) == (1, 1)
    assert sum(shelved.paid for shelved in found) == 1
    assert (await first.brief_once(LOCK, BriefOptions())).paid is False
    assert shelf.looked == 1
