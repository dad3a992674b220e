"""Card: what a reader sees of a Brief, before any surface decides how it looks.

All words that we add ourselves (labels, notes, the footer) are made here, once, so that Discord, Markdown and the
terminal say the same. Texts in a Card are raw: each surface escapes them in its own way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.domain.brief import (
    Brief,
    BriefSection,
    BriefSource,
    Event,
    Point,
    PointsSection,
    Quote,
    QuotesSection,
    TextSection,
)
from bot.domain.section import SectionKind
from bot.render.dates import certain_day, date_label, day_label
from bot.render.escape import one_line
from bot.render.notes import notes, warnings

_WORDS_A_MINUTE = 230  # silent reading of English prose, a common mean
_EMPTY: dict[SectionKind, str] = {
    "points": "Nothing here that the text bears out.",
    "text": "Nothing here that the text bears out.",
    "quotes": "No quotes that stand verbatim in the text.",
    "timeline": "No dated events in the text.",
}


@dataclass(frozen=True, slots=True)
class Statement:
    """A point, or a paragraph of running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """Verbatim words; `speaker` is None where the text does not say who spoke."""

    text: str
    speaker: str | None


@dataclass(frozen=True, slots=True)
class Moment:
    """An event. `label` says when, as precisely as the text did; `day` is set only for one certain day."""

    text: str
    label: str
    day: date | None


Item = Statement | Quotation | Moment


@dataclass(frozen=True, slots=True)
class Block:
    """One section. `empty` is what to say where there are no items."""

    name: str
    title: str
    kind: SectionKind
    items: tuple[Item, ...]
    empty: str


@dataclass(frozen=True, slots=True)
class Origin:
    """One source, as a line of the byline: its title, its address, and the rest in words."""

    title: str
    url: str | None
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A whole briefing. `warnings` belong above the text, `notes` and `footer` below it."""

    title: str
    url: str | None
    byline: tuple[str, ...]
    origins: tuple[Origin, ...]
    warnings: tuple[str, ...]
    blocks: tuple[Block, ...]
    notes: tuple[str, ...]
    footer: tuple[str, ...]


def make_card(brief: Brief) -> Card:
    """The Card of `brief`."""
    origins = tuple(_origin(source) for source in brief.sources)
    single = origins[0] if len(origins) == 1 else None
    saved = _minutes_saved(brief)
    return Card(
        title=single.title if single else f"One briefing from {len(origins)} sources",
        url=single.url if single else None,
        byline=(*(single.details if single else ()), *((f"{saved} min read saved",) if saved else ())),
        origins=() if single else origins,
        warnings=warnings(brief),
        blocks=tuple(_block(section) for section in brief.sections),
        notes=notes(brief),
        footer=tuple(_footer(brief)),
    )


def _origin(source: BriefSource) -> Origin:
    published = day_label(source.published) if source.published else None
    if published and source.published_from in {"page", "dateline"}:
        published = f"{published} (read off the page)"
    details = (source.site, source.author, published, f"{source.words:,} words" if source.words != 1 else "1 word")
    return Origin(
        title=one_line(source.title or "") or one_line(source.site or "") or "Briefing",
        url=source.url,
        details=tuple(detail for detail in details if detail),
    )


def _block(section: BriefSection) -> Block:
    return Block(
        name=section.name,
        title=one_line(section.title) or section.name,
        kind=section.kind,
        items=tuple(_items(section)),
        empty=_EMPTY[section.kind],
    )


def _items(section: BriefSection) -> Iterator[Item]:
    if isinstance(section, PointsSection | TextSection):
        yield from (Statement(point.text) for point in section.items)
    elif isinstance(section, QuotesSection):
        yield from (Quotation(quote.text, quote.speaker) for quote in section.items)
    else:
        yield from (
            Moment(event.text, date_label(event.date, event.date_text), certain_day(event.date))
            for event in section.items
        )


def _minutes_saved(brief: Brief) -> int:
    items: list[Point | Quote | Event] = [item for section in brief.sections for item in section.items]
    written = sum(len(item.text.split()) for item in items)
    return max(0, round((sum(source.words for source in brief.sources) - written) / _WORDS_A_MINUTE))


def _footer(brief: Brief) -> Iterator[str]:
    usage = brief.usage
    if brief.engine == "extractive":
        yield "Built-in extractive engine, no model"
    else:
        yield f"Engine: {brief.engine}"
    if brief.model:
        yield brief.model
    tokens = usage.prompt_tokens + usage.completion_tokens
    if tokens:
        yield f"{tokens:,} tokens{' (estimated)' if usage.estimated else ''}"
    if usage.seconds:
        yield f"{usage.seconds:.1f} s"
