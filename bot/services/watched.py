"""Use cases and seams that tell an Observer how they went; each stands in for what it wraps."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Final, Protocol

from bot.domain.brief import Brief
from bot.domain.errors import NutgrafError
from bot.domain.feed import FeedLink, FeedRead
from bot.domain.source import Source
from bot.domain.task import Report, say_nothing
from bot.domain.watching import OK, UNFORESEEN, Observer, Reading
from bot.services.briefing import BriefOptions
from bot.services.feeds import LONGEST_PAUSE, ReadsFeeds
from bot.services.shelf import Shelved

SHELF: Final = "shelf"
FORGOTTEN_AFTER: Final = 1.1 * LONGEST_PAUSE.total_seconds()  # by then it was tried again


class BriefsOnce(Protocol):
    """`bot.services.shelf.ShelvedBriefer`."""

    async def brief_once(self, sources: Sequence[Source], options: BriefOptions, report: Report) -> Shelved:
        """The Brief, and whether it was paid for by this call. Raises NutgrafError leaves."""
        ...


class WatchedBriefer:
    """A ShelvedBriefer that tells of every briefing: who wrote it, how it ended, how long it took."""

    def __init__(self, briefer: BriefsOnce, observer: Observer) -> None:
        self._briefer = briefer
        self._observer = observer

    async def brief(
        self, sources: Sequence[Source], options: BriefOptions | None = None, report: Report = say_nothing
    ) -> Brief:
        """One Brief over all `sources`; raises what it wraps raises."""
        return (await self.brief_once(sources, options, report)).brief

    async def brief_once(
        self, sources: Sequence[Source], options: BriefOptions | None = None, report: Report = say_nothing
    ) -> Shelved:
        """The same, and whether it was written by this call."""
        options = options or BriefOptions()
        started = time.perf_counter()
        engine, outcome = str(options.engine), OK
        try:
            shelved = await self._briefer.brief_once(sources, options, report)
            engine = shelved.brief.engine if shelved.paid else SHELF
            return shelved
        except Exception as error:
            outcome = outcome_of(error)
            raise
        except BaseException:
            outcome = "cancelled"
            raise
        finally:
            self._observer.briefed(engine, outcome, time.perf_counter() - started)


class WatchedFeeds:
    """A reader of feeds that tells of every reading, and knows which of those it read fail now."""

    def __init__(self, reader: ReadsFeeds, observer: Observer) -> None:
        self._reader = reader
        self._observer = observer
        self._failing: dict[str, float] = {}  # address -> when, in seconds that only grow

    async def read_feed(self, url: str, *, etag: str | None = None, modified: str | None = None) -> FeedRead:
        """One reading; raises what it wraps raises."""
        try:
            read = await self._reader.read_feed(url, etag=etag, modified=modified)
        except Exception as error:
            self._observer.feed_read(outcome_of(error))
            self._failing[url] = time.monotonic()
            raise
        self._failing.pop(url, None)
        self._observer.feed_read("unchanged" if read.unchanged else OK)
        return read

    async def discover(self, site_url: str) -> tuple[FeedLink, ...]:
        """The feeds that a site offers."""
        return await self._reader.discover(site_url)

    async def readings(self) -> list[Reading]:
        """How many feeds fail. One that another process has read since, or nobody wants any more, is let go."""
        oldest = time.monotonic() - FORGOTTEN_AFTER
        self._failing = {url: failed for url, failed in self._failing.items() if failed > oldest}
        return [Reading("feeds_failing", len(self._failing))]


def outcome_of(error: BaseException) -> str:
    """The code of a failure of our tree; all others are one kind, so that labels stay few."""
    return error.code if isinstance(error, NutgrafError) else UNFORESEEN
