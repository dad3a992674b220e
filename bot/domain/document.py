"""Document: the canonical text of one Source, whose offsets never move, and what is known about it.

Every Span and every Evidence in a Draft or Brief counts Unicode code points of `Document.text`. Nothing may
rewrite that text after intake: a cleaner text is another Document with another id.
"""

from __future__ import annotations

import hashlib
from datetime import date
from functools import cached_property
from typing import Literal, Self

from pydantic import Field, model_validator

from bot.domain.value import Span, Value
from bot.domain.words import word_count

PublishedFrom = Literal["given", "feed", "json-ld", "meta", "page", "dateline", "unknown"]


class Picture(Value):
    """What a page shows of itself: an address on the web, and what is to be seen there in words ("": not told)."""

    url: str
    alt: str = ""


class Document(Value):
    """Extracted canonical text and metadata. `id` is derived from the text: same text, same id."""

    id: str = ""
    text: str = Field(min_length=1)
    title: str | None = None
    author: str | None = None
    site: str | None = None
    url: str | None = None
    published: date | None = None
    published_from: PublishedFrom = "unknown"
    language: str = "und"  # ISO 639-1, or "und" where it could not be told
    coverage: float = Field(default=1.0, ge=0.0, le=1.0)  # share of the Source's text that was read
    block_quotes: tuple[Span, ...] = ()  # what the page sets apart as quoted, without marks, in order
    picture: Picture | None = None

    @model_validator(mode="after")
    def _derive_id(self) -> Self:
        if not self.id:
            digest = hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
            object.__setattr__(self, "id", digest[:12])
        return self

    @cached_property
    def words(self) -> int:
        """Number of words of the text."""
        return word_count(self.text)
