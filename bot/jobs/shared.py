"""Work that many ask for and one job does: a reading of a page, a Brief of an article, a look at a feed.

In this process the same question is asked once (`Sharing`); between processes the queue's keys see to it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import nullcontext
from functools import partial
from typing import Protocol

from bot.domain.errors import NutgrafError
from bot.domain.order import KEPT, ArticleOrder
from bot.domain.source import LinkSource
from bot.domain.task import Progress, Report, say_nothing
from bot.jobs.bells import Bells
from bot.jobs.orders import Failure, Json, Outcome, article_key, article_order
from bot.jobs.progress import seen
from bot.services.briefing import BriefOptions
from bot.services.sharing import Sharing
from bot.services.shelf import Shelved
from bot.text.links import url_key


class Enqueues(Protocol):
    """The engine's queues for shared work. Each returns the job's id, which may be of a job under way."""

    async def enqueue_article(self, order: Json, key: str, *, urgent: bool) -> str:
        """A Brief; one job a `key` at a time. An urgent one goes before those of digests."""
        ...

    async def enqueue_reading(self, source: Json, key: str) -> str:
        """A page put on the shelf; one job a `key` at a time."""
        ...

    async def enqueue_feed(self, url: str, key: str) -> str:
        """A look at a feed; one job a `key` for good."""
        ...

    async def progress(self, job: str) -> Json | None:
        """What the job last noted of how far it is, in whichever process."""
        ...

    async def cancel(self, job: str) -> None:
        """Stop the job where it is."""
        ...


class SharedWork:
    """Asks the queues for shared work and waits for it. `several`: other processes work on the same database."""

    def __init__(self, queues: Enqueues, bells: Bells, *, several: bool) -> None:
        self._queues = queues
        self._bells = bells
        self.several = several
        self._articles: Sharing[tuple[str, bool], Outcome] = Sharing()
        self._pages: Sharing[str, Json] = Sharing()
        self._feeds: Sharing[str, Json] = Sharing()
        self._reports: dict[str, list[Report]] = {}
        self._latest: dict[str, Progress] = {}  # of what is watched
        self.leaving = False

    def leave(self) -> None:
        """From now on whoever gives up waiting leaves the work to go on."""
        self.leaving = True

    # --- articles ---------------------------------------------------------------------------------------------

    async def brief_once(self, sources: Sequence[LinkSource], options: BriefOptions) -> Shelved:
        """One article for a digest, as `bot.services.digests.BriefsArticles` has it."""
        order = article_order(sources, options)
        return (await self.article(order, say_nothing, urgent=False)).shelved()

    async def article(self, order: ArticleOrder, report: Report, *, urgent: bool) -> Outcome:
        """How the article job of `order` ends. When the last who waits for it here leaves, it is cancelled."""
        key = article_key(order)
        self.watch(key, report)
        try:
            return await self._articles.once((key, urgent), lambda: self._article(order, key, urgent=urgent))
        finally:
            self.unwatch(key, report)

    def reporter(self, key: str) -> Report:
        """Tells everyone in this process who waits for `key`."""

        def tell(progress: Progress) -> None:
            if key in self._reports:
                self._latest[key] = progress
            for report in tuple(self._reports.get(key, ())):
                report(progress)

        return tell

    def watch(self, key: str, report: Report) -> None:
        """Have `report` told of the progress of `key`, how far it is already first."""
        self._reports.setdefault(key, []).append(report)
        if latest := self._latest.get(key):
            report(latest)

    def unwatch(self, key: str, report: Report) -> None:
        """No more."""
        if report in (watching := self._reports.get(key, [])):
            watching.remove(report)
        if not watching:
            self._reports.pop(key, None)
            self._latest.pop(key, None)

    async def _article(self, order: ArticleOrder, key: str, *, urgent: bool) -> Outcome:
        result = await self._done(
            lambda: self._queues.enqueue_article(order.model_dump(mode="json"), key, urgent=urgent),
            self.reporter(key) if self.several else None,
        )
        return Outcome.model_validate(result)

    # --- what comes before ------------------------------------------------------------------------------------

    async def read_first(self, sources: Sequence[LinkSource], report: Report = say_nothing) -> None:
        """See that each page is on the shelf; one process alone needs no queue for that.

        Raises the failure where none of them could be read.
        """
        if not self.several:
            return
        links = [source for source in sources if not source.url.startswith(KEPT)]
        done = len(sources) - len(links)

        async def read(link: LinkSource) -> Json:
            nonlocal done
            result = await self._page(LinkSource(url=link.url))
            done += 1
            report(Progress("reading", done, len(sources)))
            return result

        report(Progress("reading", done, len(sources)))
        results = await asyncio.gather(*map(read, links))
        failures = [Failure.model_validate(result) for result in results if result]
        if failures and len(failures) == len(sources):
            raise failures[0].error()

    async def feeds_first(self, urls: Sequence[str], tick: str) -> None:
        """See that each feed was looked at for this tick."""
        if self.several:
            await asyncio.gather(*(self._feed(url, tick) for url in dict.fromkeys(urls)))

    async def _page(self, source: LinkSource) -> Json:
        key = url_key(source.url)
        order = source.model_dump(mode="json")
        return await self._pages.once(key, lambda: self._done(lambda: self._queues.enqueue_reading(order, key)))

    async def _feed(self, url: str, tick: str) -> Json:
        key = f"{url_key(url)}-{tick}"
        return await self._feeds.once(key, lambda: self._done(lambda: self._queues.enqueue_feed(url, key)))

    async def _done(self, enqueue: Callable[[], Awaitable[str]], report: Report | None = None) -> Json:
        """The result of the job that `enqueue` starts or finds. Another process may cancel it: then once more.

        `report` is told how far it is, where that is another process's.
        """
        while True:
            job = await enqueue()
            try:
                async with seen(partial(self._queues.progress, job), report) if report else nullcontext():
                    ended = await self._bells.wait(job)
            except asyncio.CancelledError:
                if not self.leaving:
                    await asyncio.shield(self._queues.cancel(job))
                raise
            if ended.state == "SUCCESS":
                return dict(ended.result or {})
            if ended.state != "CANCELLED" or self.leaving:
                raise NutgrafError()
