"""Feeds over real sockets: conditional requests, redirects, limits, and addresses that are never read."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.domain.errors import (
    BlockedError,
    NotFoundError,
    RefusedAddressError,
    SourceError,
    TooLargeError,
    UnreachableError,
)
from bot.intake.feeds import FeedReader
from bot.settings import Settings

FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>Lund Courier</title>'
    "<item><title>Harbour reopens</title><link>/a/1?utm_source=rss</link>"
    "<pubDate>Mon, 09 Mar 2026 08:30:00 +0100</pubDate></item></channel></rss>"
)


@dataclass
class FeedSite:
    """A site that knows ETag and Last-Modified, and keeps count."""

    base: str = ""
    asked: Counter[str] = field(default_factory=Counter)
    bytes_sent: int = 0

    async def answer(self, request: web.Request) -> web.StreamResponse:
        what = request.match_info["what"]
        self.asked[what] += 1
        if what in {"feed", "dated"}:
            return self._feed(request, what)
        if what == "home":
            return web.Response(text="<html><body><p>Hello</p></body></html>", content_type="text/html")
        if what == "named":
            link = '<link rel="alternate" type="application/rss+xml" title="News" href="/feed">'
            return web.Response(text=f"<!doctype html><html><head>{link}</head></html>", content_type="text/html")
        if what == "moved":
            raise web.HTTPMovedPermanently("/feed")
        if what == "inside":
            raise web.HTTPFound("http://169.254.169.254/latest/feed")
        if what == "huge":
            return web.Response(body=b"<rss>" + b"<item>" * 2_000_000, content_type="application/rss+xml")
        if what == "always304":
            return web.Response(status=304)
        return web.Response(status=int(what) if what.isdigit() else 404)

    def _feed(self, request: web.Request, what: str) -> web.Response:
        by, value = ("ETag", '"v7"') if what == "feed" else ("Last-Modified", "Mon, 09 Mar 2026 09:00:00 GMT")
        sent_back = request.headers.get("If-None-Match" if what == "feed" else "If-Modified-Since")
        if sent_back == value:
            return web.Response(status=304, headers={by: value})
        self.bytes_sent += len(FEED)
        return web.Response(text=FEED, content_type="application/rss+xml", headers={by: value})


@pytest.fixture
async def site() -> AsyncIterator[FeedSite]:
    """The site, running."""
    served = FeedSite()
    app = web.Application()
    app.router.add_get("/{what}", served.answer)
    async with TestServer(app, host="127.0.0.1") as server:
        served.base = f"http://127.0.0.1:{server.port}"
        yield served


def reader(site: FeedSite, **changes: object) -> FeedReader:
    allowed = site.base.removeprefix("http://")
    return FeedReader(Settings(_env_file=None, fetch_allow_hosts=allowed, **changes))  # type: ignore[arg-type]


async def test_a_feed_is_read_with_its_addresses_made_whole(site: FeedSite) -> None:
    read = await reader(site).read_feed(f"{site.base}/feed")
    assert [item.url for item in read.items] == [f"{site.base}/a/1"]
    assert (read.title, read.etag, read.unchanged) == ("Lund Courier", '"v7"', False)


async def test_an_unchanged_feed_is_not_sent_again(site: FeedSite) -> None:
    for what in ("feed", "dated"):
        first = await reader(site).read_feed(f"{site.base}/{what}")
        sent = site.bytes_sent
        again = await reader(site).read_feed(f"{site.base}/{what}", etag=first.etag, modified=first.modified)
        assert again.unchanged
        assert again.items == ()
        assert site.bytes_sent == sent


async def test_a_304_that_nobody_asked_for_is_a_failure_not_an_empty_feed(site: FeedSite) -> None:
    with pytest.raises(UnreachableError):
        await reader(site).read_feed(f"{site.base}/always304")


async def test_a_feed_that_moved_is_followed(site: FeedSite) -> None:
    read = await reader(site).read_feed(f"{site.base}/moved")
    assert [item.feed for item in read.items] == [f"{site.base}/moved"]


@pytest.mark.parametrize(
    ("what", "leaf"),
    [("404", NotFoundError), ("403", BlockedError), ("503", UnreachableError), ("inside", RefusedAddressError)],
)
async def test_each_failure_is_told_as_its_leaf(site: FeedSite, what: str, leaf: type[SourceError]) -> None:
    with pytest.raises(leaf):
        await reader(site).read_feed(f"{site.base}/{what}")


async def test_a_feed_past_the_byte_limit_is_refused(site: FeedSite) -> None:
    with pytest.raises(TooLargeError):
        await reader(site).read_feed(f"{site.base}/huge")


async def test_private_addresses_are_refused_for_feeds_too(site: FeedSite) -> None:
    with pytest.raises(RefusedAddressError):
        await FeedReader(Settings(_env_file=None)).read_feed(f"{site.base}/feed")
    with pytest.raises(RefusedAddressError):
        await FeedReader(Settings(_env_file=None)).discover("http://localhost/")


async def test_discovery_by_the_page_by_the_usual_places_and_by_the_feed_itself(site: FeedSite) -> None:
    for start in ("named", "home", "feed"):
        found = await reader(site).discover(f"{site.base}/{start}")
        assert [link.url for link in found] == [f"{site.base}/feed"], start
    assert site.asked["feed"] >= 2
