"""Briefings that need no job: those that lie ready, and those that are made in no time and cost nothing.

A job exists so that nothing accepted is lost and nothing is paid twice. A briefing by the built-in engine is paid
by nobody, and mostly done before an acknowledgement would have been written down: so it is begun at once, and
waited for as long as a person does not notice. What takes longer becomes a job, which joins the work under way.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from bot.domain.brief import Brief
from bot.domain.order import ATTACHED, ArticleOrder
from bot.domain.task import Report
from bot.jobs.orders import article_key, options_of
from bot.jobs.ports import Parts

UNNOTICED: Final = 0.12  # seconds that a person is left without a sign
MOMENT: Final = 60.0  # seconds that a Brief is kept in memory
REMEMBERED: Final = 64
AT_ONCE: Final = 8  # more would only make each other slower, and all of them jobs in the end

Free = Callable[[ArticleOrder], bool]


class Soon:
    """Looks what is ready, and tries what soon will be.

    `free`: whether an order costs nothing; None: nothing is tried. `reporter`: who is told of progress.
    """

    def __init__(self, parts: Parts, free: Free | None, reporter: Callable[[str], Report]) -> None:
        self._parts = parts
        self._reporter = reporter
        self._free = free
        self._trying: set[asyncio.Task[Brief]] = set()
        self._recent: OrderedDict[str, tuple[float, Brief]] = OrderedDict()

    async def brief(self, order: ArticleOrder) -> Brief | None:
        """The Brief, where it is there by now; None: a job has to make it. Raises StorageError."""
        if self._parts.at_hand is None or any(source.url.startswith(ATTACHED) for source in order.sources):
            return None
        key = article_key(order)
        if recent := self._remembered(order, key):
            return recent
        found = await self._found(order)
        if found is not None and not order.prompts:
            self._remember(key, found)
        return found

    async def _found(self, order: ArticleOrder) -> Brief | None:
        assert self._parts.at_hand is not None  # noqa: S101  asked for before
        ready = await self._parts.at_hand.brief(order.sources, options_of(order))
        if ready is not None or self._free is None or not self._free(order) or len(self._trying) >= AT_ONCE:
            return ready
        work = asyncio.create_task(self._made(order))
        self._trying.add(work)
        work.add_done_callback(self._ended)
        await asyncio.wait({work}, timeout=UNNOTICED)
        return work.result() if work.done() and not work.cancelled() and not work.exception() else None

    async def close(self) -> None:
        """Give up what is being tried: the jobs have it."""
        for work in tuple(self._trying):
            work.cancel()
        if self._trying:
            await asyncio.wait(self._trying)

    def _remembered(self, order: ArticleOrder, key: str) -> Brief | None:
        """What was shown a moment ago: many people post the same link at once. Prompts of a server may change."""
        if order.fresh or order.prompts:
            return None
        read, brief = self._recent.get(key, (-MOMENT, None))
        return brief if time.monotonic() - read < MOMENT else None

    def _remember(self, key: str, brief: Brief) -> None:
        self._recent[key] = (time.monotonic(), brief)
        self._recent.move_to_end(key)
        if len(self._recent) > REMEMBERED:
            self._recent.popitem(last=False)

    async def _made(self, order: ArticleOrder) -> Brief:
        report = self._reporter(article_key(order))  # for the job that may wait for this
        return (await self._parts.briefer.brief_once(order.sources, options_of(order), report)).brief

    def _ended(self, work: asyncio.Task[Brief]) -> None:
        self._trying.discard(work)
        if not work.cancelled():
            work.exception()  # the job meets the same failure, and tells it
