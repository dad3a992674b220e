"""Card: what a reader sees of a Brief, before any surface decides how it looks.

All words that we add ourselves (labels, notes, the footer) are made here, once, so that Discord, Markdown and the
terminal say the same. Texts in a Card are raw: each surface escapes them in its own way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.domain.brief import Brief, BriefSection, BriefSource, Event, Found, Quote
from bot.domain.section import SectionKind
from bot.render import phrases
from bot.render.dates import certain_day, date_label, day_label
from bot.render.escape import one_line
from bot.render.notes import notes, warnings
from bot.render.phrases import in_language, in_marks

_WORDS_A_MINUTE = 230  # silent reading of English prose, a common mean
_EMPTY: dict[SectionKind, str] = {
    "points": phrases.NOT_BORNE_OUT,
    "text": phrases.NOT_BORNE_OUT,
    "quotes": phrases.NO_QUOTES,
    "timeline": phrases.NO_EVENTS,
}
# Said beside a date that neither the person, nor a feed, nor the page's metadata gave.
_DATE_FROM = {"page": phrases.FROM_PAGE, "dateline": phrases.FROM_DATELINE}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an item stands in its source. `source` counts from 1, and is None where there is only one."""

    passage: int
    link: str | None
    source: int | None = None

    @property
    def number(self) -> str:
        """`¶12`, or `2¶12` for the second source."""
        return f"{self.source or ''}¶{self.passage}"

    @property
    def arrow(self) -> str:
        """The words of the link to it: `↗`, or `2↗` for the second source."""
        return f"{self.source or ''}↗"


@dataclass(frozen=True, slots=True)
class Statement:
    """A point, or a paragraph of running text."""

    text: str
    spot: Spot | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    """Verbatim words between marks. `speaker` is None where the text does not say who spoke: `nobody` says so.

    `translation` is a model's; it stands beside `note`, which says that.
    """

    text: str
    speaker: str | None
    nobody: str = phrases.SPEAKER_UNKNOWN
    translation: str | None = None
    note: str = phrases.TRANSLATED
    spot: Spot | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """An event. `label` says when, as precisely as the text did; `day` is set only for one certain day."""

    text: str
    label: str
    day: date | None
    spot: Spot | None = None


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
    """The Card of `brief`, our own words in its language."""
    origins = tuple(_origin(source, brief.language) for source in brief.sources)
    single = origins[0] if len(origins) == 1 else None
    saved = _minutes_saved(brief)
    saving = in_language(phrases.MINUTES_SAVED, brief.language).format(count=saved)
    blocks = tuple(_block(section, brief) for section in brief.sections)
    spots = [item.spot for block in blocks for item in block.items if item.spot is not None]
    numbered = any(spot.link is None for spot in spots)
    return Card(
        title=single.title if single else f"One briefing from {len(origins)} sources",
        url=single.url if single else None,
        byline=(*(single.details if single else ()), *((saving,) if saved else ())),
        origins=() if single else origins,
        warnings=warnings(brief),
        blocks=blocks,
        notes=(*notes(brief), *((in_language(phrases.PASSAGES, brief.language),) if numbered else ())),
        footer=tuple(_footer(brief)),
    )


def _origin(source: BriefSource, language: str | None) -> Origin:
    count = in_language(phrases.WORDS, language).format(count=f"{source.words:,}")
    words = count if source.words != 1 else in_language(phrases.ONE_WORD, language)
    return Origin(
        title=one_line(source.title or "") or one_line(source.site or "") or "Briefing",
        url=source.url,
        details=tuple(
            detail for detail in (source.site, source.author, _published(source, language), words) if detail
        ),
    )


def _published(source: BriefSource, language: str | None) -> str:
    """The publication date, with where it came from when a page's prose is all that tells it."""
    if source.published is None:
        return in_language(phrases.NO_DATE, language)
    told = _DATE_FROM.get(source.published_from)
    label = day_label(source.published)
    return f"{label} ({in_language(told, language)})" if told else label


def _block(section: BriefSection, brief: Brief) -> Block:
    return Block(
        name=section.name,
        title=in_language(one_line(section.title), brief.language) or section.name,
        kind=section.kind,
        items=tuple(_items(section, brief)),
        empty=in_language(_EMPTY[section.kind], brief.language),
    )


def _items(section: BriefSection, brief: Brief) -> Iterator[Item]:
    language = brief.language
    for item in section.items:
        spot = _spot(item, brief)
        if isinstance(item, Quote):
            yield Quotation(
                text=in_marks(item.text, language) if one_line(item.text) else "",
                speaker=item.speaker,
                nobody=in_language(phrases.SPEAKER_UNKNOWN, language),
                translation=item.translation,
                note=in_language(phrases.TRANSLATED, language),
                spot=spot,
            )
        elif isinstance(item, Event):
            label = in_language(date_label(item.date, item.date_text), language)
            yield Moment(item.text, label, certain_day(item.date), spot)
        else:
            yield Statement(item.text, spot)


def _spot(item: Found, brief: Brief) -> Spot | None:
    if item.passage is None:
        return None
    order = [source.id for source in brief.sources]
    source = item.evidence[0].source
    return Spot(item.passage, item.link, order.index(source) + 1 if len(order) > 1 and source in order else None)


def _minutes_saved(brief: Brief) -> int:
    written = sum(len(item.text.split()) for section in brief.sections for item in section.items)
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
