"""FeedReader: an address in, a FeedRead out; and a site's address in, its feeds out.

Every byte comes through the vetted fetcher, so that a feed can reach no address that a link could not. Parsing
runs in a thread: a large feed takes a second, in which the gateway's heartbeat must go on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from bot.domain.errors import NotFoundError, SourceError, UnsupportedError
from bot.domain.feed import FeedLink, FeedRead
from bot.settings import Settings
from bot.wording import Phrase

if TYPE_CHECKING:
    from bot.intake.feeds.parsing import ParsedFeed
    from bot.intake.fetch import Fetches, Page

ACCEPT: Final = (
    "application/atom+xml,application/rss+xml,application/feed+json;q=0.9,application/xml;q=0.8,text/xml;q=0.8,"
    "application/json;q=0.7,text/html;q=0.5,*/*;q=0.1"
)
# Where sites keep their feed that declare none, by how common it is.
COMMON_PATHS: Final = (
    "/feed",
    "/rss",
    "/feed.xml",
    "/rss.xml",
    "/atom.xml",
    "/index.xml",
    "/feed.json",
    "/feeds/posts/default",
    "/blog/feed",
)
TRIED_AT_ONCE: Final = 3
MOST_FOUND: Final = 10
LONGEST_VALIDATOR: Final = 500  # characters of an ETag that is sent back


class FeedReader:
    """Reads feeds and finds them. `fetcher` is for tests; without it the operator's limits hold."""

    def __init__(self, settings: Settings, *, fetcher: Fetches | None = None) -> None:
        self._settings = settings
        self._fetcher = fetcher

    async def read_feed(self, url: str, *, etag: str | None = None, modified: str | None = None) -> FeedRead:
        """One reading. Raises SourceError leaves only; UnsupportedError where it is no feed."""
        page = await self._fetch(url, etag=etag, modified=modified)
        if page.unchanged:
            return FeedRead(url=url, etag=page.etag, modified=page.modified, unchanged=True)
        parsed = await asyncio.to_thread(_parsed, page, url)
        return FeedRead(url=url, title=parsed.title, items=parsed.items, etag=page.etag, modified=page.modified)

    async def discover(self, site_url: str) -> tuple[FeedLink, ...]:
        """The feeds of a site, the likeliest first; a feed's own address gives that feed.

        Raises NotFoundError where there is none, and what reading the address raises.
        """
        url = site_url.strip()
        if "://" not in url:
            url = f"https://{url}"
        page = await self._fetch(url)
        if found := await asyncio.to_thread(_offered, page, url):
            return found[:MOST_FOUND]
        base = "{0.scheme}://{0.netloc}".format(urlsplit(page.url))
        links = await self._try([urljoin(base, path) for path in COMMON_PATHS])
        if not links:
            raise NotFoundError(
                Phrase("I found no feed on that site."), cure=Phrase("Give the address of the feed itself.")
            )
        return links

    async def _try(self, urls: Iterable[str]) -> tuple[FeedLink, ...]:
        """The feeds among `urls`: those of the first few that hold any, so that a site is not asked for all."""
        left = list(urls)
        while left:
            batch, left = left[:TRIED_AT_ONCE], left[TRIED_AT_ONCE:]
            found = await asyncio.gather(*(self._as_feed(url) for url in batch))
            if links := tuple(link for link in found if link):
                return links
        return ()

    async def _as_feed(self, url: str) -> FeedLink | None:
        try:
            page = await self._fetch(url)
            parsed = await asyncio.to_thread(_parsed, page, url)
        except SourceError:
            return None
        return FeedLink(url=url, title=parsed.title, kind=parsed.kind)

    async def _fetch(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Page:
        fetcher = self._fetcher
        if fetcher is None:
            fetcher = await asyncio.to_thread(_fetcher, self._settings)
        asking = {"Accept": ACCEPT}
        asking |= {"If-None-Match": etag} if etag and _may_be_sent(etag) else {}
        asking |= {"If-Modified-Since": modified} if modified and _may_be_sent(modified) else {}
        return await fetcher.fetch(url, asking=asking)


def _fetcher(settings: Settings) -> Fetches:
    from bot.intake.fetch import HttpFetcher  # noqa: PLC0415  imports httpx, in a thread

    return HttpFetcher.of(settings)


def _parsed(page: Page, url: str) -> ParsedFeed:
    from bot.intake.feeds.parsing import parse_feed  # noqa: PLC0415  imports feedparser, in a thread

    return parse_feed(page.data, address=url, base=page.url, content_type=page.content_type)


def _offered(page: Page, url: str) -> tuple[FeedLink, ...]:
    """What the answer itself offers: it is a feed, or a page that names some."""
    from bot.intake.feeds.declared import declared_feeds  # noqa: PLC0415

    try:
        parsed = _parsed(page, url)
    except UnsupportedError:
        return declared_feeds(page.data, base=page.url, content_type=page.content_type)
    return (FeedLink(url=url, title=parsed.title, kind=parsed.kind),)


def _may_be_sent(value: str) -> bool:
    return len(value) <= LONGEST_VALIDATOR and value.isascii() and value.isprintable()
