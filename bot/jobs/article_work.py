"""What the steps of article and brief jobs do. JSON in and out; each may run again after a crash.

A step that raises is tried again (storage, a network that is away); what waiting does not cure is a result.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from bot.domain.errors import NutgrafError, StorageError
from bot.domain.order import ATTACHED, ArticleOrder
from bot.domain.source import FileSource, LinkSource
from bot.domain.task import Progress, Report
from bot.jobs.keeping import keep
from bot.jobs.ledger import Ledger, kept_in
from bot.jobs.orders import BriefOrder, Failure, Json, Outcome, article_key, options_of
from bot.jobs.outcomes import answered, outcome_of, too_slow
from bot.jobs.ports import Parts
from bot.jobs.progress import noted
from bot.jobs.shared import SharedWork
from bot.jobs.waiting import articles_ahead
from bot.services.shelf import Shelved

Ledgers = Callable[[], Awaitable[Ledger]]


class ArticleWork:
    """Reading, briefing, answering. `seconds`: the longest time for one article."""

    def __init__(self, parts: Parts, shared: SharedWork, ledgers: Ledgers, *, seconds: float) -> None:
        self._parts = parts
        self._shared = shared
        self._ledgers = ledgers
        self._seconds = seconds

    async def read(self, source: Json) -> Json:
        """Put the article on the shelf; the failure where it cannot be read."""
        try:
            async with asyncio.timeout(self._seconds):
                await self._parts.reader.read(LinkSource.model_validate(source))
        except StorageError:
            raise
        except NutgrafError as error:
            return Failure.of(error).model_dump(mode="json")
        except TimeoutError:
            return too_slow(self._seconds).model_dump(mode="json")
        return {}

    async def brief(self, order: Json) -> Json:
        """Read, write, check. Model calls that were answered before a crash are not made again."""
        wanted = ArticleOrder.model_validate(order)
        ledger = await self._ledgers()
        outcome = await outcome_of(self._briefed(wanted, ledger), self._seconds)
        return outcome.model_copy(update={"job": ledger.job}).model_dump(mode="json")

    async def order(self, order: Json) -> Json:
        """The outcome of the article job of a person's order, which others may share."""
        wanted = BriefOrder.model_validate(order)
        here = self._shared.reporter(wanted.key)
        if wanted.place is None or self._parts.answerer is None:
            outcome = await self._ended(wanted.article, here)
            return outcome.model_dump(mode="json")
        key, database = article_key(wanted.article), self._parts.database
        async with self._parts.answerer.working(wanted, lambda: articles_ahead(database, key)) as there:

            def report(progress: Progress) -> None:
                here(progress)
                there(progress)

            outcome = await self._ended(wanted.article, report)
        return outcome.model_dump(mode="json")

    async def fetch(self, order: Json) -> Json:
        """The order with its files fetched and laid on the shelf; the outcome where one cannot be had."""
        wanted = BriefOrder.model_validate(order)
        try:
            async with asyncio.timeout(self._seconds):
                sources = await asyncio.gather(*map(self._fetched, wanted.article.sources))
        except StorageError:
            raise
        except NutgrafError as error:
            return {"order": order, "outcome": Outcome(failure=Failure.of(error)).model_dump(mode="json")}
        article = wanted.article.model_copy(update={"sources": tuple(sources)})
        return {"order": wanted.model_copy(update={"article": article}).model_dump(mode="json")}

    async def answer(self, order: Json, outcome: Json) -> Json:
        """Show the outcome to the person."""
        wanted, ended = BriefOrder.model_validate(order), Outcome.model_validate(outcome)
        if wanted.place is None or self._parts.answerer is None:
            return {"answered": False}
        code = await answered(self._parts, wanted, ended)
        return {"answered": False, "code": code} if code else {"answered": True}

    async def _ended(self, article: ArticleOrder, report: Report) -> Outcome:
        try:
            return await self._shared.article(article, report, urgent=True)
        except StorageError:
            raise
        except NutgrafError as error:  # the article's job itself failed, and not for a reason it could note
            return Outcome(failure=Failure.of(error))

    async def _fetched(self, source: LinkSource) -> LinkSource:
        if not source.url.startswith(ATTACHED) or self._parts.answerer is None:
            return source
        url = source.url.removeprefix(ATTACHED)
        data = await self._parts.answerer.fetch(url)
        name = unquote(PurePosixPath(urlsplit(url).path).name)
        return await keep(FileSource(name=name, data=data, known=source.known), self._parts)

    async def _briefed(self, wanted: ArticleOrder, ledger: Ledger) -> Shelved:
        here = self._shared.reporter(article_key(wanted))
        async with noted(ledger, here) if self._shared.several else nullcontext(here) as report:
            await self._shared.read_first(wanted.sources, report)
            with kept_in(ledger):
                return await self._parts.briefer.brief_once(wanted.sources, options_of(wanted), report)
