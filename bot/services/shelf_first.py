"""What lies on the shelf already is taken from there: no job is queued, and nobody waits for one.

Of ten thousand digests that are due in one minute nearly all ask for articles that were briefed moments ago. A
look at the shelf costs two queries, a job a dozen writes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, Protocol

from bot.domain.brief import Brief
from bot.domain.clock import Clock
from bot.domain.newest import Newest
from bot.domain.source import LinkSource
from bot.services.briefing import BriefOptions
from bot.services.sharing import Sharing
from bot.services.shelf import Shelved

AT_HAND: Final = 60  # Briefs in memory, some 40 KB each; runs of the same feeds come together
LATELY: Final = timedelta(minutes=5)  # that long one is used without another look at the shelf

_Asked = tuple[tuple[LinkSource, ...], BriefOptions]


class BriefsArticles(Protocol):
    """Who is asked for the rest (`bot.jobs.shared.SharedWork`)."""

    async def brief_once(self, sources: Sequence[LinkSource], options: BriefOptions) -> Shelved:
        """The Brief, and whether it was written by this call. Raises NutgrafError leaves."""
        ...


class FindsReady(Protocol):
    """`bot.services.shelf.AtHand`."""

    async def brief(self, sources: Sequence[LinkSource], options: BriefOptions) -> Brief | None:
        """The Brief over all `sources`; None where one of them, or the Brief, would have to be made."""
        ...


class ShelfFirst:
    """Stands before `articles` with their own face."""

    def __init__(self, articles: BriefsArticles, ready: FindsReady, *, clock: Clock) -> None:
        self._articles = articles
        self._ready = ready
        self._clock = clock
        self._lately: Newest[_Asked, tuple[datetime, Brief]] = Newest(AT_HAND)
        self._looking: Sharing[_Asked, Brief] = Sharing()

    async def brief_once(self, sources: Sequence[LinkSource], options: BriefOptions) -> Shelved:
        """The Brief, and whether it was written by this call. Raises what `articles` raises."""
        asked = (tuple(sources), options)
        now = self._clock()
        taken = self._lately.get(asked)
        if taken and timedelta(0) <= now - taken[0] < LATELY:
            return Shelved(taken[1], paid=False)
        paid = False

        async def look() -> Brief:
            nonlocal paid
            brief = await self._ready.brief(sources, options)
            if brief is None:
                brief, paid = await self._articles.brief_once(sources, options)
            self._lately.put(asked, (now, brief))
            return brief

        brief = await self._looking.once(asked, look)  # `look` runs for the first who asks only
        return Shelved(brief, paid)
