"""The feeds that a web page names: in its head, else among its links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from bot.domain.errors import RefusedAddressError, UnsupportedError
from bot.domain.feed import FeedKind, FeedLink
from bot.intake.decode import decoded
from bot.intake.feeds.plain import plain
from bot.intake.links import joined, vetted

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

KINDS: Final[dict[str, FeedKind]] = {
    "application/rss+xml": "rss",
    "application/rdf+xml": "rss",
    "application/atom+xml": "atom",
    "application/feed+json": "json",
    "text/xml": "rss",
    "application/xml": "rss",
}
LOOKED_AT: Final = 2_000_000  # characters of a page
MOST: Final = 40  # links that are collected
LONGEST_TITLE: Final = 80
# A link in the page's text that very likely leads to a feed.
_LIKELY: Final = re.compile(
    r"(?:\.rss|\.atom|/rss\.xml|/atom\.xml|/feed\.xml|/feed\.json|/feed/?|/rss/?)$", re.IGNORECASE
)
_COMMENTS: Final = re.compile(r"\bcomments?\b|kommentare|commentaires", re.IGNORECASE)


def declared_feeds(data: bytes, *, base: str, content_type: str = "") -> tuple[FeedLink, ...]:
    """The feeds of the page in `data`, those of comments last; empty where it names none or is no page."""
    from lxml import etree, html  # type: ignore[import-untyped]  # noqa: PLC0415

    try:
        text = decoded(data, content_type=content_type, is_markup=True)[:LOOKED_AT]
        tree = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", text))
    except (UnsupportedError, etree.LxmlError, ValueError, AssertionError):
        return ()
    bases = [str(found.get("href") or "") for found in tree.iter("base")]
    base = urljoin(base, bases[0]) if bases and bases[0] else base
    found: dict[str, FeedLink] = {}
    for link in _in_head(tree, base):
        found.setdefault(link.url, link)
    if not found:
        for link in _in_text(tree, base):
            found.setdefault(link.url, link)
    return tuple(sorted(found.values(), key=_is_for_comments)[:MOST])


def _in_head(tree: HtmlElement, base: str) -> Iterator[FeedLink]:
    for element in tree.iter("link"):
        relations = (element.get("rel") or "").lower().split()
        kind = KINDS.get((element.get("type") or "").partition(";")[0].strip().lower())
        if "feed" in relations or ("alternate" in relations and kind):
            yield from _link(base, element.get("href"), element.get("title") or "", kind or "rss")


def _in_text(tree: HtmlElement, base: str) -> Iterator[FeedLink]:
    for element in tree.iter("a"):
        href = (element.get("href") or "").strip()
        if _LIKELY.search(href.partition("?")[0].partition("#")[0]):
            yield from _link(base, href, str(element.text_content() or ""), "json" if "json" in href else "rss")


def _link(base: str, href: str | None, title: str, kind: FeedKind) -> Iterator[FeedLink]:
    if not href or not href.strip():
        return
    try:
        # Ports are vetted again on reading, where the operator's own hosts are known.
        url = joined(base, re.sub(r"^feed:(?://)?(?=https?:)", "", href.strip()))
        vetted(re.sub(r":\d+(?=/|$)", "", url, count=1))
    except RefusedAddressError:
        return
    yield FeedLink(url=url, title=plain(title, LONGEST_TITLE), kind=kind)


def _is_for_comments(link: FeedLink) -> bool:
    return bool(_COMMENTS.search(link.title) or re.search(r"/comments?(?:/|$)", link.url))
