"""FeedDesk: a feed is read once a tick, however many digests name it, and less and less often while it fails."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final, Protocol

from bot.domain.errors import SourceError
from bot.domain.feed import FeedItem, FeedLink, FeedRead, FeedTrouble
from bot.domain.keeping import FeedState
from bot.domain.newest import Newest
from bot.services.books import FeedBook
from bot.services.sharing import Sharing
from bot.wording import kept, say, told

FRESH: Final = timedelta(minutes=10)  # a reading that young is good enough for everyone
FIRST_PAUSE: Final = timedelta(minutes=5)  # after a failure; doubled with each further one
LONGEST_PAUSE: Final = timedelta(hours=12)
ITEMS_KEPT: Final = 100  # a feed, the newest
ITEM_AGE: Final = timedelta(days=9)  # older ones are news to no digest: a weekly one looks back eight days
STATES_AT_HAND: Final = 64  # in memory, some 100 KB each at most; the others are asked of the book


class ReadsFeeds(Protocol):
    """The seam to the web. Raises SourceError leaves only."""

    async def read_feed(self, url: str, *, etag: str | None = None, modified: str | None = None) -> FeedRead:
        """One reading; with what an earlier one brought, the site may answer that nothing changed."""
        ...

    async def discover(self, site_url: str) -> tuple[FeedLink, ...]:
        """The feeds that a site offers, the likeliest first; the address of a feed gives that feed."""
        ...


class FeedDesk:
    """Reads feeds for everyone."""

    def __init__(self, reader: ReadsFeeds, book: FeedBook, *, fresh: timedelta = FRESH) -> None:
        self._reader = reader
        self._book = book
        self._fresh = fresh
        self._at_hand: Newest[str, FeedState] = Newest(STATES_AT_HAND)
        self._reading: Sharing[str, FeedState] = Sharing()

    async def state(self, url: str, now: datetime, due: datetime | None = None) -> FeedState:
        """The feed's state as of `now`, read if need be. A feed that fails raises nothing: its state says so.

        `due`: a reading since then is good enough, however long ago: of thousands of runs that were due together,
        the last must not read again what the first has read.
        """
        kept = self._at_hand.get(url)
        if kept is None or not self._is_current(kept, now, due):
            kept = await self._reading.once(url, lambda: self._brought_up(url, now, due))
        self._at_hand.put(url, kept)
        return kept

    async def stale(self, urls: Iterable[str], now: datetime, due: datetime | None = None) -> list[str]:
        """Those of the feeds that `state` would have to read, each once."""
        unknown = [
            url
            for url in dict.fromkeys(urls)
            if (kept := self._at_hand.get(url)) is None or not self._is_current(kept, now, due)
        ]
        if not unknown:
            return []
        known = await self._book.states(unknown)
        current = {url for url, state in known.items() if self._is_current(state, now, due)}
        for url in current:
            self._at_hand.put(url, known[url])
        return [url for url in unknown if url not in current]

    async def _brought_up(self, url: str, now: datetime, due: datetime | None) -> FeedState:
        known = (await self._book.states([url])).get(url) or FeedState(url=url)
        if self._is_current(known, now, due):  # another process was here
            return known
        # Without the items of then, "unchanged" would leave us with nothing.
        etag, modified = (known.etag, known.modified) if known.items else (None, None)
        try:
            read = await self._reader.read_feed(url, etag=etag, modified=modified)
        except SourceError as failure:
            state = failed(known, kept(failure.told), now)
        else:
            state = brought(known, read, now)
        await self._book.put(state)
        return state

    def _is_current(self, state: FeedState, now: datetime, due: datetime | None = None) -> bool:
        if state.retry_after is not None:
            return now < state.retry_after
        if state.asked is None:
            return False
        return now - state.asked < self._fresh or (due is not None and state.asked >= due)


def brought(kept: FeedState, read: FeedRead, now: datetime) -> FeedState:
    """The state after a reading that worked; an item keeps the moment when it was first seen."""
    items = kept.items if read.unchanged else _merged(kept.items, read.items, now)
    return FeedState(
        url=kept.url,
        title=read.title or kept.title,
        etag=read.etag if not read.unchanged else read.etag or kept.etag,
        modified=read.modified if not read.unchanged else read.modified or kept.modified,
        asked=now,
        items=items,
    )


def failed(known: FeedState, reason: str, now: datetime) -> FeedState:
    """The state after a failure: the items stay, the pause doubles."""
    pause = min(FIRST_PAUSE * 2 ** min(known.failures, 12), LONGEST_PAUSE)
    return known.model_copy(
        update={"asked": now, "failures": known.failures + 1, "reason": reason, "retry_after": now + pause}
    )


def trouble_of(state: FeedState) -> FeedTrouble | None:
    """What admins are to hear of a feed that fails; None where it works."""
    if not state.failures:
        return None
    name = f"{state.title} ({state.url})" if state.title else state.url
    return FeedTrouble(
        feed=state.url,
        sentence=say(
            "The feed {name} could not be read: {reason} I keep trying.",
            name=name,
            reason=told(state.reason) if state.reason else say("no reason was given."),
        ),
        failures=state.failures,
        retry_after=state.retry_after,
    )


def _merged(kept: tuple[FeedItem, ...], read: tuple[FeedItem, ...], now: datetime) -> tuple[FeedItem, ...]:
    """Both, the newest first; of one address the new reading with the old first sight."""
    seen = {item.url: item for item in kept}
    by_guid = {item.guid: item for item in kept if item.guid}
    fresh: dict[str, FeedItem] = {}
    for item in sorted(read, key=lambda item: item.published or now, reverse=True)[:ITEMS_KEPT]:
        known = seen.get(item.url) or (by_guid.get(item.guid) if item.guid else None)
        update: dict[str, object] = {"first_seen": known.first_seen if known else now}
        if item.published is not None and item.published > now:  # a date ahead is a wrong one
            update["published"] = None
        fresh.setdefault(item.url, item.model_copy(update=update))
    guids = {item.guid for item in fresh.values() if item.guid}
    older = [item for item in kept if item.url not in fresh and item.guid not in guids]
    # What is undated and still offered stays however old it is: forgotten, it would be new again.
    young = [item for item in fresh.values() if item.published is None or item.published > now - ITEM_AGE]
    young += [item for item in older if (item.moment or now) > now - ITEM_AGE]
    return tuple(sorted(young, key=lambda item: item.moment or now, reverse=True)[:ITEMS_KEPT])
