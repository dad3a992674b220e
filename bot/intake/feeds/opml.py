"""OPML: the list of feeds that readers exchange. Read defensively, written plainly."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import Final, NamedTuple

from bot.domain.errors import TooLargeError, UnsupportedError
from bot.domain.feed import FeedKind, FeedLink
from bot.text.links import normalised
from bot.wording import Phrase

MOST_BYTES: Final = 1_000_000
MOST_FEEDS: Final = 500
LONGEST_TITLE: Final = 80
_KINDS: Final[dict[str, FeedKind]] = {"atom": "atom", "json": "json"}
_UNSEEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]+")


class OpmlList(NamedTuple):
    """The feeds of a list, and how many of its entries were left out: no http(s) address, or too many."""

    feeds: tuple[FeedLink, ...]
    left_out: int


def read_opml(data: bytes) -> OpmlList:
    """The feeds in an OPML file, folders flattened. Raises UnsupportedError and TooLargeError."""
    from xml.etree.ElementTree import ParseError  # noqa: PLC0415  the error only

    from defusedxml import DefusedXmlException  # type: ignore[import-untyped]  # noqa: PLC0415
    from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]  # noqa: PLC0415

    if len(data) > MOST_BYTES:
        raise TooLargeError(
            Phrase("That list of feeds is larger than I read."), cure=Phrase("Split it into several files.")
        )
    try:
        root = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError):
        root = None
    if root is None or root.tag.lower() != "opml":
        raise UnsupportedError(
            Phrase("That is not an OPML file."), cure=Phrase("Export your feeds as OPML and send that file.")
        )
    found: dict[str, FeedLink] = {}
    left_out = 0
    for outline in root.iter():
        said = {name.lower(): value for name, value in outline.attrib.items()}
        if not outline.tag.lower().endswith("outline") or "xmlurl" not in said:
            continue
        url = said["xmlurl"].strip()
        if normalised(url) is None or len(found) >= MOST_FEEDS:
            left_out += 1
            continue
        title = " ".join((said.get("title") or said.get("text") or "").split())[:LONGEST_TITLE]
        title = "" if url.startswith(title) else title  # OPML wants a text even where the feed has no name
        found.setdefault(url, FeedLink(url=url, title=title, kind=_KINDS.get(said.get("type", "").lower(), "rss")))
    return OpmlList(tuple(found.values()), left_out)


def write_opml(feeds: Sequence[FeedLink], title: str) -> bytes:
    """An OPML 2.0 file of `feeds`; `read_opml` gives the same feeds back."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        f"  <head><title>{_escaped(title)}</title></head>",
        "  <body>",
        *(
            f'    <outline type="{it.kind}" text="{_escaped(it.title or it.url)}" xmlUrl="{_escaped(it.url)}"/>'
            for it in feeds
        ),
        "  </body>",
        "</opml>",
    ]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _escaped(text: str) -> str:
    return escape(_UNSEEN.sub(" ", text), quote=True)
