"""Brief: what was proven. Built by `bot.verify` alone (a test over the tree holds that), read by every renderer.

Its JSON form is the published contract `nutgraf.brief/1`; the schema in docs/ is generated from these classes.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from bot.domain.document import Picture
from bot.domain.draft import Evidence, Finding, Usage
from bot.domain.value import Value

Precision = Literal["day", "month", "year", "range", "time"]


class BriefSource(Value):
    """One Document a Brief speaks of. `text` is filled only where it was asked for (`--with-text`)."""

    id: str
    title: str | None
    author: str | None
    site: str | None
    url: str | None
    published: date | None
    published_from: str = "unknown"
    language: str
    words: int
    coverage: float
    picture: Picture | None = None
    text: str | None = None


class Found(Value):
    """What every item has: where it rests, and how a reader finds that place.

    `passage` is the number of the passage in which `evidence[0]` begins, counted from 1 by `bot.text.passages`;
    `link` leads to the very words where the source is a web page (a text fragment, `#:~:text=`).
    """

    text: str
    evidence: tuple[Evidence, ...] = Field(min_length=1)
    passage: int | None = None
    link: str | None = None


class Point(Found):
    """A statement whose numbers and names stand in its evidence."""


class Quote(Found):
    """Words that stand verbatim in the text: `text` equals the source's characters at `evidence[0]`.

    `translation` is a model's and not verbatim; who shows it says so.
    """

    translation: str | None = None
    speaker: str | None = None
    speaker_evidence: tuple[Evidence, ...] = ()


class Event(Found):
    """Something that happened, and when, as far as the text and the publication date say."""

    date: str | None = None  # ISO 8601 day, month, year, or start/end
    precision: Precision | None = None
    date_text: str | None = None  # the article's own words
    background: bool = False  # lies more than a year before the publication: history, not news


class PointsSection(Value):
    """A list of statements."""

    kind: Literal["points"] = "points"
    name: str
    title: str
    items: tuple[Point, ...] = ()


class TextSection(Value):
    """Running prose, a paragraph an item."""

    kind: Literal["text"] = "text"
    name: str
    title: str
    items: tuple[Point, ...] = ()


class QuotesSection(Value):
    """Verbatim quotes with their speakers."""

    kind: Literal["quotes"] = "quotes"
    name: str
    title: str
    items: tuple[Quote, ...] = ()


class TimelineSection(Value):
    """Events in calendar order."""

    kind: Literal["timeline"] = "timeline"
    name: str
    title: str
    items: tuple[Event, ...] = ()


BriefSection = Annotated[
    PointsSection | TextSection | QuotesSection | TimelineSection, Field(discriminator="kind")
]


class Brief(Value):
    """The proven briefing."""

    schema_: Literal["nutgraf.brief/1"] = Field(default="nutgraf.brief/1", alias="schema")
    sources: tuple[BriefSource, ...] = Field(min_length=1)
    engine: str
    model: str | None = None
    prompts_digest: str = ""
    language: str | None = None  # ISO 639-1: what points and events are written in, where that is known
    sections: tuple[BriefSection, ...] = ()
    findings: tuple[Finding, ...] = ()
    usage: Usage = Usage()

    model_config = Value.model_config | {"populate_by_name": True, "serialize_by_alias": True}
