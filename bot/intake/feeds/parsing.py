"""Bytes to items: RSS, Atom and RDF by feedparser, JSON Feed by pydantic. Never given an address, only bytes.

Feeds are written by machines that nobody looks at, so much is forgiven: broken XML, wrong labels, missing titles
and dates, markup anywhere. What is bounded is work: entries past the first few hundred are cut off before parsing.
"""

from __future__ import annotations

import calendar
import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from itertools import islice
from time import struct_time
from typing import Any, Final, NamedTuple
from urllib.parse import urljoin, urlsplit

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.domain.errors import UnsupportedError
from bot.domain.feed import FeedItem, FeedKind
from bot.intake.decode import decoded
from bot.intake.feeds.plain import plain
from bot.intake.kinds import MARKUP
from bot.text.links import normalised
from bot.wording import Phrase

MOST_ITEMS: Final = 300
MOST_BYTES: Final = 3_000_000  # of XML that is parsed: entries that lie wholly behind are not read
# Tags and entities that are parsed; each takes some 30 and 3 µs, so a file of nothing else would take a minute.
MOST_MARKS: Final = ((b"<", 100_000), (b"&", 400_000))
LONGEST_TITLE: Final = 300  # characters, as are the following
LONGEST_SUMMARY: Final = 500
LONGEST_NAME: Final = 80
LONGEST_GUID: Final = 300
# Dates outside are a program's zero, or a number that was no date.
EARLIEST, LATEST = datetime(1995, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)

_OPENING: Final = re.compile(rb"<(?:[\w-]{1,20}:)?(?:item|entry)[\s>]", re.IGNORECASE)
_CLOSING: Final = re.compile(rb"</(?:[\w-]{1,20}:)?(?:item|entry)\s{0,9}>", re.IGNORECASE)
_ROOTS: Final = ((b"<rss", b"</channel></rss>"), (b"<feed", b"</feed>"), (b":RDF", b"</rdf:RDF>"))
_HEAD: Final = 4_000  # bytes in which the root element stands
_NO_FEED: Final = Phrase("There is no feed at that address.")
_NO_FEED_CURE: Final = Phrase("Give the address of an RSS, Atom or JSON feed, or of a site that has one.")


class ParsedFeed(NamedTuple):
    """What a feed holds, its items in its own order."""

    title: str
    kind: FeedKind
    items: tuple[FeedItem, ...]


def parse_feed(data: bytes, *, address: str, base: str, content_type: str = "") -> ParsedFeed:
    """The feed in `data`. `address` is how the digest names it, `base` what its relative links start from.

    Raises UnsupportedError where it is no feed.
    """
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"{"):
        return _from_json(data, address, base, content_type)
    if MARKUP.match(head):  # a web page, which the forgiving parser would chew on for seconds
        raise UnsupportedError(_NO_FEED, cure=_NO_FEED_CURE)
    return _from_xml(data, address, base, content_type)


class _Entry(NamedTuple):
    """One entry as the feed has it, markup and all."""

    link: str
    title: str
    text: str
    published: datetime | None
    guid: str


class _Loose(BaseModel):
    """JSON as it comes: unknown keys are passed over."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)


class _JsonItem(_Loose):
    id: str = ""
    url: str | None = None
    external_url: str | None = None
    title: str | None = None
    summary: str | None = None
    content_text: str | None = None
    content_html: str | None = None
    date_published: str | None = None
    date_modified: str | None = None


class _JsonFeed(_Loose):
    version: str
    title: str = ""
    items: list[Any]


def _from_json(data: bytes, address: str, base: str, content_type: str) -> ParsedFeed:
    try:
        feed = _JsonFeed.model_validate(json.loads(decoded(data, content_type=content_type)))
    except (ValueError, RecursionError):  # ValidationError and JSON's own are ValueErrors
        raise UnsupportedError(_NO_FEED, cure=_NO_FEED_CURE) from None
    if "jsonfeed.org" not in feed.version:
        raise UnsupportedError(_NO_FEED, cure=_NO_FEED_CURE)
    title = plain(feed.title, LONGEST_NAME)
    items = (_json_item(raw, address, base, title) for raw in feed.items[:MOST_ITEMS])
    return ParsedFeed(title, "json", _distinct(item for item in items if item))


def _json_item(raw: Any, address: str, base: str, outlet: str) -> FeedItem | None:
    try:
        item = _JsonItem.model_validate(raw)
    except ValidationError:  # one bad entry is not the feed's end
        return None
    return _item(
        _Entry(
            link=item.url or item.external_url or item.id,
            title=item.title or "",
            text=item.summary or item.content_text or item.content_html or "",
            published=_iso(item.date_published) or _iso(item.date_modified),
            guid=item.id,
        ),
        address,
        base,
        outlet,
    )


def _iso(text: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text.strip()) if text else None
        return _sane(moment.astimezone(UTC) if moment and moment.tzinfo else moment and moment.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return None


def _from_xml(data: bytes, address: str, base: str, content_type: str) -> ParsedFeed:
    import feedparser  # type: ignore[import-untyped]  # noqa: PLC0415  40 ms that only feeds wait for

    headers = {"content-location": base, "content-type": content_type or "application/xml"}
    read = feedparser.parse(
        # Wrapped by us: feedparser opens a str or bytes that looks like a file or an address.
        BytesIO(bounded(data)),
        response_headers=headers,
        resolve_relative_uris=False,
        sanitize_html=False,  # nothing of the markup is kept
    )
    version = str(read.get("version") or "")
    if not version and not read.entries:
        raise UnsupportedError(_NO_FEED, cure=_NO_FEED_CURE)
    title = plain(str(read.feed.get("title") or ""), LONGEST_NAME)
    items = (_xml_item(entry, address, base, title) for entry in read.entries[:MOST_ITEMS])
    kind: FeedKind = "atom" if version.startswith("atom") else "rss"
    return ParsedFeed(title, kind, _distinct(item for item in items if item))


def bounded(data: bytes) -> bytes:
    """`data` with no more than the limits above allow; what is cut off is cut between two entries, and closed."""
    cut = next((opening.start() for opening in islice(_OPENING.finditer(data), MOST_ITEMS, None)), len(data))
    room = min(MOST_BYTES, *(_end_of(mark, most, data) for mark, most in MOST_MARKS))
    if cut > room:
        closings = [closing.end() for closing in _CLOSING.finditer(data, 0, room)]
        cut = closings[-1] if closings else room
    if cut >= len(data):
        return data
    head = data[:_HEAD]
    return data[:cut] + next((close for root, close in _ROOTS if root in head), b"")


def _end_of(mark: bytes, most: int, data: bytes) -> int:
    """Where the `most`-th `mark` stands, else the end."""
    if data.count(mark) <= most:
        return len(data)
    return next(islice(re.finditer(re.escape(mark), data), most, None)).start()


def _xml_item(entry: Any, address: str, base: str, outlet: str) -> FeedItem | None:
    content = entry.get("content") or [{}]
    return _item(
        _Entry(
            link=str(entry.get("feedburner_origlink") or entry.get("link") or ""),
            title=str(entry.get("title") or ""),
            text=str(entry.get("summary") or content[0].get("value") or ""),
            # dict.get: feedparser's own would warn of an old name before it answers
            published=_moment(dict.get(entry, "published_parsed")) or _moment(dict.get(entry, "updated_parsed")),
            guid=str(entry.get("id") or ""),
        ),
        address,
        base,
        outlet,
    )


def _item(entry: _Entry, address: str, base: str, outlet: str) -> FeedItem | None:
    """The entry as an item; None where it leads nowhere that may be read, or says nothing."""
    try:
        url = normalised(urljoin(base, entry.link.strip())) if entry.link.strip() else None
    except ValueError:
        url = None
    summary = plain(entry.text, LONGEST_SUMMARY)
    title = plain(entry.title, LONGEST_TITLE) or plain(summary, LONGEST_NAME)
    if url is None or not title:
        return None
    return FeedItem(
        url=url,
        title=title,
        summary="" if summary == title else summary,
        published=entry.published,
        guid=entry.guid[:LONGEST_GUID],
        feed=address,
        outlet=outlet or urlsplit(base).hostname or "",
    )


def _distinct(items: Iterable[FeedItem]) -> tuple[FeedItem, ...]:
    """One item an address, the first."""
    first: dict[str, FeedItem] = {}
    for item in items:
        first.setdefault(item.url, item)
    return tuple(first.values())


def _moment(parsed: struct_time | None) -> datetime | None:
    try:
        return _sane(datetime.fromtimestamp(calendar.timegm(parsed), UTC)) if parsed else None
    except (ValueError, OverflowError, OSError, TypeError):
        return None


def _sane(moment: datetime | None) -> datetime | None:
    return moment if moment and EARLIEST <= moment < LATEST else None
