"""Orders that cost nothing: made in this process, and kept by the book of answers alone.

A job lives through crashes step by step, for which it writes to the database some twenty times. What the built-in
engine makes in a tenth of a second is sooner made again. So such an order stands in the book, marked as held, from
before the person sees a sign of it; and it becomes a job as soon as something is in its way (storage, Discord or
the network), or when this process is followed by another.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from bot.domain.answer import Place
from bot.domain.errors import NutgrafError
from bot.domain.order import ArticleOrder
from bot.jobs.orders import BriefOrder, Outcome, article_key
from bot.jobs.outcomes import answered, outcome_of
from bot.jobs.ports import Parts
from bot.jobs.shared import SharedWork
from bot.jobs.soon import Soon

_log = logging.getLogger(__name__)


class Held:
    """Serves orders; `queue` makes one a job. `seconds`: the longest time for one article."""

    def __init__(
        self,
        soon: Soon,
        parts: Parts,
        shared: SharedWork,
        queue: Callable[[BriefOrder], Awaitable[str]],
        *,
        seconds: float,
    ) -> None:
        self._soon = soon
        self._parts = parts
        self._shared = shared
        self._queue = queue
        self._seconds = seconds
        self._serving: dict[str, tuple[BriefOrder, asyncio.Task[None]]] = {}

    def takes(self, order: ArticleOrder) -> bool:
        """Whether it is made here."""
        return self._parts.answerer is not None and self._soon.makes(order)

    def accept(self, order: BriefOrder) -> None:
        """Serve it; one that is being served already is served once."""
        if order.key not in self._serving:
            task = asyncio.create_task(self._serve(order))
            self._serving[order.key] = order, task
            task.add_done_callback(lambda _: self._serving.pop(order.key))

    def __contains__(self, key: str) -> bool:
        """Whether the order of that key is being served."""
        return key in self._serving

    def places(self, keys: Sequence[str]) -> dict[str, Place]:
        """Where the answers of those orders go, as far as they are being served, by key."""
        served = [self._serving[key][0] for key in keys if key in self._serving]
        return {order.key: order.place for order in served if order.place}

    async def cancel(self, keys: Sequence[str]) -> int:
        """Stop those orders, as far as they are being served; how many were."""
        tasks = {self._serving[key][1] for key in keys if key in self._serving}
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)
        return len(tasks)

    async def close(self) -> None:
        """Leave all of them: the book has them."""
        await self.cancel(tuple(self._serving))

    async def _serve(self, order: BriefOrder) -> None:
        try:
            await answered(self._parts, order, await self._made(order))
        except Exception as error:  # a job tries until it is cured
            _log.info("held order becomes a job error=%s", type(error).__name__)
            try:
                await self._queue(order)
            except NutgrafError as failure:  # then the next start does
                _log.warning("held order waits for the next start error=%s", failure.code)

    async def _made(self, order: BriefOrder) -> Outcome:
        assert self._parts.answerer is not None  # noqa: S101  others are not taken

        async def ahead() -> int:
            return self._soon.ahead(order.article)

        key = article_key(order.article)
        async with self._parts.answerer.working(order, ahead) as report:
            self._shared.watch(key, report)
            try:
                return await outcome_of(self._soon.made(order.article), self._seconds)
            finally:
                self._shared.unwatch(key, report)
