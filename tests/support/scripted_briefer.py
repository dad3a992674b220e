"""A Briefer with a script: outcomes in a queue, a history of what it was asked, and a gate to hold it at work."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence

from bot.domain.brief import Brief
from bot.domain.order import KEPT
from bot.domain.source import FileSource, LinkSource, Source, TextSource
from bot.domain.task import Progress, Report
from bot.services.books import BriefShelf
from bot.services.briefing import BriefOptions
from bot.services.shelf import NEVER, Shelved
from bot.text.links import url_key
from tests.support.briefs import brief, points, quotes, source

Asked = tuple[tuple[Source, ...], BriefOptions]


class ScriptedBriefer:
    """Answers with the next outcome; with none left, with a Brief that repeats what it was given.

    While `gate` is clear, it stands still after having reported `progress`. What was handed in and lies on `shelf`
    is told as the text that it was.
    """

    def __init__(self) -> None:
        self.outcomes: deque[Brief | Exception] = deque()
        self.asked: list[Asked] = []
        self.progress: tuple[Progress, ...] = ()
        self.gate = asyncio.Event()
        self.gate.set()
        self.cancelled = 0
        self.shelf: BriefShelf | None = None

    async def brief_once(self, sources: Sequence[Source], options: BriefOptions, report: Report) -> Shelved:
        """The next outcome, paid for."""
        told = tuple([await self._told(source) for source in sources])
        self.asked.append((told, options))
        for progress in self.progress:
            report(progress)
        try:
            await self.gate.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        outcome = self.outcomes.popleft() if self.outcomes else echo(told)
        if isinstance(outcome, Exception):
            raise outcome
        return Shelved(outcome, paid=True)

    async def _told(self, source: Source) -> Source:
        if not isinstance(source, LinkSource) or not source.url.startswith(KEPT) or self.shelf is None:
            return source
        document = await self.shelf.document(url_key(source.url), NEVER)
        assert document is not None
        return TextSource(text=document.text, known=source.known)


def echo(sources: Sequence[Source]) -> Brief:
    """A Brief whose points are what the sources hold."""
    return brief(
        sources=tuple(source(id=f"s{number}", url=_url(item)) for number, item in enumerate(sources)),
        sections=(points(*(_words(item) for item in sources)), quotes(("We are open again.", "Ola Lind"))),
    )


def _url(source: Source) -> str | None:
    return source.url if isinstance(source, LinkSource) else None


def _words(source: Source) -> str:
    match source:
        case LinkSource():
            return f"Read {source.url}"
        case FileSource():
            return f"{source.name}: {source.data.decode()}"
        case TextSource():
            return source.text
