"""What the steps of article and brief jobs do. JSON in and out; each may run again after a crash.

A step that raises is tried again (storage, a network that is away); what waiting does not cure is a result.
"""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from bot.domain.errors import NutgrafError, StorageError
from bot.domain.order import ATTACHED, ArticleOrder
from bot.domain.source import FileSource, LinkSource
from bot.domain.task import Progress, Report
from bot.domain.trace import current_trace, new_trace
from bot.jobs.keeping import keep
from bot.jobs.ledger import Ledger, kept_in
from bot.jobs.orders import BriefOrder, Failure, Json, Outcome, article_key, options_of
from bot.jobs.ports import Parts
from bot.jobs.progress import noted
from bot.jobs.shared import SharedWork
from bot.jobs.waiting import articles_ahead
from bot.wording import Phrase

_log = logging.getLogger(__name__)
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
            return self._too_slow().model_dump(mode="json")
        return {}

    async def brief(self, order: Json) -> Json:
        """Read, write, check. Model calls that were answered before a crash are not made again."""
        wanted = ArticleOrder.model_validate(order)
        ledger = await self._ledgers()
        try:
            async with asyncio.timeout(self._seconds):
                outcome = await self._briefed(wanted, ledger)
        except StorageError:
            raise
        except NutgrafError as error:
            outcome = Outcome(failure=Failure.of(error))
        except TimeoutError:
            outcome = Outcome(failure=self._too_slow())
        except Exception as error:  # a bug of ours: trying again would only let the person wait
            outcome = Outcome(failure=Failure.of(_unforeseen(error)))
        return outcome.model_dump(mode="json")

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
        if ended.paid and ended.brief and self._parts.bills:
            await self._parts.bills.bill(wanted.key, wanted.place, ended.brief)
        told = ended.brief or (ended.failure.error() if ended.failure else NutgrafError())
        try:
            await self._parts.answerer.answer(wanted, told)
        except StorageError:
            raise
        except NutgrafError as error:
            return {"answered": False, "code": error.code}
        return {"answered": True}

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

    async def _briefed(self, wanted: ArticleOrder, ledger: Ledger) -> Outcome:
        here = self._shared.reporter(article_key(wanted))
        async with noted(ledger, here) if self._shared.several else nullcontext(here) as report:
            await self._shared.read_first(wanted.sources, report)
            with kept_in(ledger):
                shelved = await self._parts.briefer.brief_once(wanted.sources, options_of(wanted), report)
        return Outcome(brief=shelved.brief, paid=shelved.paid)

    def _too_slow(self) -> Failure:
        limit = f"{self._seconds / 60:.0f} minutes" if self._seconds >= 120 else f"{self._seconds:g} seconds"
        slow = NutgrafError(
            Phrase("That briefing took longer than {limit}, so I stopped.", limit=limit),
            cure=Phrase("Try again, or send a shorter text."),
        )
        return Failure.of(slow)


def _unforeseen(error: Exception) -> NutgrafError:
    """What the person is told; the log keeps the kind of the error and its place, never what it says."""
    trace = current_trace() or new_trace()
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    place = " > ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames)
    _log.error("unexpected failure trace=%s error=%s at=%s", trace, type(error).__name__, place)
    return NutgrafError(
        Phrase("Something went wrong on our side (trace {trace}).", trace=trace),
        cure=Phrase("Try again; if it happens again, give that trace to the person who runs this bot."),
    )
