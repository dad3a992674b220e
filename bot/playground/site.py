"""A small news site: a few articles of our own making, their feed, and odd pages that real sites serve too.

The articles lie in `articles/` as finished HTML, boilerplate and all, so that extraction has something to do.
"""

from __future__ import annotations

import asyncio
import gzip
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from html import escape, unescape
from importlib import resources

from aiohttp import web

from bot.playground.pictures import SCENES, paint

ROOT = "/articles/"
SLOW_SECONDS = 30.0
HUGE_BYTES = 12 * 1024 * 1024

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Article:
    """One stored page; `published` as its metadata writes it."""

    slug: str
    html: str
    title: str
    published: str
    description: str


def load_articles() -> tuple[Article, ...]:
    """All stored articles, newest first."""
    folder = resources.files("bot.playground") / "articles"
    pages = [
        (f.name.removesuffix(".html"), f.read_text("utf-8")) for f in folder.iterdir() if f.name.endswith(".html")
    ]
    articles = [
        Article(
            slug, html, _meta(html, "og:title"), _meta(html, "article:published_time"), _meta(html, "description")
        )
        for slug, html in pages
    ]
    return tuple(sorted(articles, key=lambda a: a.published, reverse=True))


def _meta(html: str, name: str) -> str:
    found = re.search(rf'<meta (?:name|property)="{re.escape(name)}" content="([^"]*)"', html)
    return unescape(found[1]) if found else ""


class Site:
    """The site under /articles/. `{{base}}` in a stored page becomes the site's address."""

    def __init__(self) -> None:
        self.articles: tuple[Article, ...] = ()
        self.hits: list[str] = []

    async def open(self) -> None:
        """Reads the stored pages."""
        self.articles = await asyncio.to_thread(load_articles)

    def add_routes(self, app: web.Application) -> None:
        """Mounts the site."""
        app.router.add_get("/articles", _to_index)
        app.router.add_get(ROOT + "{name:.*}", self._serve)

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        self.hits.append(name)
        base = str(request.url.origin()) + ROOT.rstrip("/")
        if name == "":
            return _page(self._index())
        if name == "feed.xml":
            return web.Response(text=self._feed(base), content_type="application/rss+xml", charset="utf-8")
        for article in self.articles:
            if name == article.slug:
                return _page(article.html.replace("{{base}}", base))
        slug = name.removeprefix("pictures/").removesuffix(".png")
        if name == f"pictures/{slug}.png" and slug in SCENES:
            return web.Response(body=await asyncio.to_thread(paint, slug), content_type="image/png")
        odd = ODD.get(name)
        return await odd(request) if odd is not None else _page("<h1>Page not found</h1>", status=404)

    def _index(self) -> str:
        items = "".join(
            f'<li><a href="{ROOT}{a.slug}">{escape(a.title)}</a><p>{escape(a.description)}</p></li>'
            for a in self.articles
        )
        odd = "".join(f'<li><a href="{ROOT}{name}">{name}</a></li>' for name in ODD)
        return f"<h1>The Harbour Ledger</h1><ul>{items}</ul><h2>Odd pages</h2><ul>{odd}</ul>"

    def _feed(self, base: str) -> str:
        items = "".join(
            f"<item><title>{escape(a.title)}</title><link>{base}/{a.slug}</link><guid>{base}/{a.slug}</guid>"
            f"<pubDate>{_rfc822(a.published)}</pubDate><description>{escape(a.description)}</description></item>"
            for a in self.articles
        )
        head = f"<title>The Harbour Ledger</title><link>{base}/</link><description>From Port Ellery</description>"
        return f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>{head}{items}</channel></rss>'


def _rfc822(stamp: str) -> str:
    import datetime as dt  # noqa: PLC0415 - only the feed needs them
    import email.utils  # noqa: PLC0415

    return email.utils.format_datetime(dt.datetime.fromisoformat(stamp))


def _page(body: str, *, status: int = 200) -> web.Response:
    whole = body if body.lstrip().startswith("<!") else f"<!doctype html><html lang=en><body>{body}</body></html>"
    return web.Response(text=whole, status=status, content_type="text/html", charset="utf-8")


# --- odd pages ------------------------------------------------------------------------------------------------


async def _to_index(_request: web.Request) -> web.Response:
    raise web.HTTPFound(ROOT)


def _redirect(target: str) -> Handler:
    async def handler(_request: web.Request) -> web.StreamResponse:
        raise web.HTTPFound(target)

    return handler


def _status(code: int, words: str, headers: dict[str, str] | None = None) -> Handler:
    async def handler(_request: web.Request) -> web.StreamResponse:
        return web.Response(status=code, text=words, headers=headers)

    return handler


def _bytes(data: bytes, kind: str, headers: dict[str, str] | None = None) -> Handler:
    async def handler(_request: web.Request) -> web.StreamResponse:
        return web.Response(body=data, headers={"Content-Type": kind} | (headers or {}))

    return handler


async def _slow(request: web.Request) -> web.StreamResponse:
    """The head at once, the rest a byte a second: a read timeout alone would not end it."""
    response = web.StreamResponse(headers={"Content-Type": "text/html"})
    await response.prepare(request)
    for _ in range(int(SLOW_SECONDS)):
        await response.write(b" ")
        await asyncio.sleep(1)
    return response


async def _huge(request: web.Request) -> web.StreamResponse:
    """Twelve megabytes without a Content-Length."""
    response = web.StreamResponse(headers={"Content-Type": "text/html"})
    await response.prepare(request)
    chunk = b"<p>" + b"The harbour was busy again. " * 2340 + b"</p>"
    for _ in range(HUGE_BYTES // len(chunk)):
        await response.write(chunk)
    return response


async def _cut(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "text/html", "Content-Length": "5000"})
    await response.prepare(request)
    await response.write(b"<html><body><p>The page stops in the mid")
    if request.transport is not None:
        request.transport.abort()
    return response


_LATIN = (
    "<html><head><title>Café opens</title></head><body><article><h1>Café opens on the quay</h1>"
    "<p>The owners of the Café du Port said on Tuesday that they would open on 3 March after a long delay, "
    "and that the naïve hope of an earlier date had been dropped.</p></article></body></html>"
).encode("latin-1")
_PACKED = gzip.compress(
    b"<html><head><title>Packed</title></head><body><article><h1>Ferry timetable changes</h1>"
    b"<p>The winter timetable starts on Monday, the ferry company said. Two evening boats are dropped.</p>"
    b"</article></body></html>"
)
_PAYWALL = (
    b"<html><head><title>Subscribe to read</title></head><body><nav>Home News Sport</nav>"
    b"<p>This article is for subscribers.</p><button>Subscribe now</button></body></html>"
)

ODD: dict[str, Handler] = {
    "redirect": _redirect(ROOT),
    "redirect-loop": _redirect(ROOT + "redirect-loop-back"),
    "redirect-loop-back": _redirect(ROOT + "redirect-loop"),
    "redirect-inside": _redirect("http://169.254.169.254/latest/meta-data/"),
    "slow": _slow,
    "huge": _huge,
    "cut": _cut,
    "gone": _status(404, "not found"),
    "forbidden": _status(403, "You are not allowed to see this page"),
    "too-many": _status(429, "Slow down", {"Retry-After": "120"}),
    "broken": _status(500, "Internal error"),
    "picture": _bytes(b"\x89PNG\r\n\x1a\n" + bytes(64), "image/png"),
    "latin-1": _bytes(_LATIN, "text/html; charset=iso-8859-1"),
    "gzip": _bytes(_PACKED, "text/html; charset=utf-8", {"Content-Encoding": "gzip"}),
    "paywall": _bytes(_PAYWALL, "text/html; charset=utf-8"),
    "empty": _bytes(b"", "text/html; charset=utf-8"),
}
