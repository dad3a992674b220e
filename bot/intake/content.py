"""What goes into an extractor and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.domain.document import Picture, PublishedFrom
from bot.domain.value import Span


@dataclass(frozen=True, slots=True)
class Raw:
    """An opened Source: its bytes and what came with them."""

    data: bytes
    url: str | None = None
    content_type: str = ""


@dataclass(frozen=True, slots=True)
class Extract:
    """What an extractor found. `text` is final: it becomes `Document.text` unchanged."""

    text: str
    title: str | None = None
    author: str | None = None
    site: str | None = None
    url: str | None = None
    language: str | None = None  # as the file declares it: a hint
    published: date | None = None
    published_from: PublishedFrom = "unknown"
    block_quotes: tuple[Span, ...] = ()  # in `text`: what the page sets apart as quoted
    picture: Picture | None = None
    is_stub: bool = False  # the page itself says that the whole text is for subscribers
