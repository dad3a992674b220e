"""Briefings that need no job: those that lie ready, and those that are made in no time and cost nothing.

A job exists so that nothing accepted is lost and nothing is paid twice. A briefing by the built-in engine is paid
by nobody, and mostly done before an acknowledgement would have been written down: so it is begun at once, for all
who ask for the same, and waited for as long as a person bears to be without a sign.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from bot.domain.brief import Brief
from bot.domain.newest import Newest
from bot.domain.order import ATTACHED, ArticleOrder
from bot.domain.task import Report
from bot.jobs.orders import article_key, options_of
from bot.jobs.ports import Parts
from bot.services.shelf import Shelved

UNNOTICED: Final = 0.6  # seconds that a person is left without a sign: with the way there and back, under one
MOMENT: Final = 60.0  # seconds that a Brief is kept in memory
REMEMBERED: Final = 64
AT_ONCE: Final = 2  # written at the same time: more would only make each other slower
WAITING: Final = 64  # articles under way or in line for it; with more of them, guilds take turns as jobs

Free = Callable[[ArticleOrder], bool]


class Soon:
    """Looks what is ready, and makes what soon will be.

    `free`: whether an order costs nothing; None: nothing is made here. `reporter`: who is told of progress.
    """

    def __init__(self, parts: Parts, free: Free | None, reporter: Callable[[str], Report]) -> None:
        self._parts = parts
        self._reporter = reporter
        self._free = free
        self._under_way: OrderedDict[str, asyncio.Task[Shelved]] = OrderedDict()
        self._begun: set[str] = set()
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._recent: Newest[str, tuple[float, Brief]] = Newest(REMEMBERED)

    async def brief(self, order: ArticleOrder) -> Brief | None:
        """The Brief, where it is there by now; None: one has to wait for it. Raises StorageError."""
        if self._parts.at_hand is None or _has_attached(order):
            return None
        key = article_key(order)
        if recent := self._remembered(order, key):
            return recent
        if key not in self._under_way:
            ready = await self._parts.at_hand.brief(order.sources, options_of(order))
            if ready is not None:
                self._remember(order, key, ready)
                return ready
        if not self.makes(order):
            return None
        work = self._begin(order, key)
        await asyncio.wait({work}, timeout=UNNOTICED)
        return work.result().brief if work.done() and not work.cancelled() and not work.exception() else None

    def makes(self, order: ArticleOrder) -> bool:
        """Whether `made` takes the order: it costs nothing, and there is room, or it is under way already."""
        if self._free is None or _has_attached(order) or not self._free(order):
            return False
        return len(self._under_way) < WAITING or article_key(order) in self._under_way

    async def made(self, order: ArticleOrder) -> Shelved:
        """The Brief, made in this process, however long it takes. Raises what the Briefer raises."""
        return await asyncio.shield(self._begin(order, article_key(order)))

    def ahead(self, order: ArticleOrder) -> int:
        """How many articles are under way or in line before that of `order`; 0 once it has begun."""
        key = article_key(order)
        if key in self._begun or key not in self._under_way:
            return 0
        return list(self._under_way).index(key)

    async def close(self) -> None:
        """Give up what is under way: whoever waits for it has written it down."""
        under_way = set(self._under_way.values())
        for work in under_way:
            work.cancel()
        if under_way:
            await asyncio.wait(under_way)

    # --- inside -----------------------------------------------------------------------------------------------

    def _begin(self, order: ArticleOrder, key: str) -> asyncio.Task[Shelved]:
        """The work under way, or a new one."""
        if key not in self._under_way:
            work = self._under_way[key] = asyncio.create_task(self._made(order, key))
            work.add_done_callback(lambda done: self._ended(order, key, done))
        return self._under_way[key]

    async def _made(self, order: ArticleOrder, key: str) -> Shelved:
        report = self._reporter(key)
        async with self._turns:
            self._begun.add(key)
            return await self._parts.briefer.brief_once(order.sources, options_of(order), report)

    def _ended(self, order: ArticleOrder, key: str, work: asyncio.Task[Shelved]) -> None:
        del self._under_way[key]
        self._begun.discard(key)
        if not work.cancelled() and not work.exception():  # whoever waits for it longer hears of a failure
            self._remember(order, key, work.result().brief)

    def _remembered(self, order: ArticleOrder, key: str) -> Brief | None:
        """What was shown a moment ago: many people post the same link at once."""
        if order.fresh:
            return None
        read, brief = self._recent.get(key) or (-MOMENT, None)
        return brief if time.monotonic() - read < MOMENT else None

    def _remember(self, order: ArticleOrder, key: str, brief: Brief) -> None:
        if order.prompts:  # which the server may change
            return
        self._recent.put(key, (time.monotonic(), brief))


def _has_attached(order: ArticleOrder) -> bool:
    return any(source.url.startswith(ATTACHED) for source in order.sources)
