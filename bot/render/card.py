"""Card: what a reader sees of a Brief, before any surface decides how it looks.

All words that we add ourselves (labels, notes, the footer) are made here, once, so that Discord, Markdown and the
terminal say the same. Texts in a Card are raw: each surface escapes them in its own way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from bot.domain.brief import Brief, BriefSection, BriefSource, Event, Found, Quote
from bot.domain.document import Picture
from bot.domain.section import SectionKind
from bot.domain.words import word_count
from bot.render.dates import certain_day, date_label, day_label
from bot.render.escape import one_line
from bot.render.notes import notes, verified, warnings
from bot.render.phrases import card_locale, in_marks
from bot.wording import SOURCE, Phrase, in_locale, say, say_n, spoken_locale

_WORDS_A_MINUTE = 230  # silent reading of English prose, a common mean
_NOT_BORNE_OUT = Phrase("Nothing here that the text bears out.")
_EMPTY: dict[SectionKind, Phrase] = {
    "points": _NOT_BORNE_OUT,
    "text": _NOT_BORNE_OUT,
    "quotes": Phrase("No quotes that stand verbatim in the text."),
    "timeline": Phrase("No dated events in the text."),
}
# Said beside a date that neither the person, nor a feed, nor the page's metadata gave.
_DATE_FROM = {
    "page": Phrase("date from the page's text"),
    "dateline": Phrase("date from the text's own dateline"),
}


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
    nobody: str = field(default_factory=lambda: say("speaker not named"))
    translation: str | None = None
    note: str = field(default_factory=lambda: say("translation by the model, not verbatim"))
    spot: Spot | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """An event. `label` says when, as precisely as the text did; `day` is set only for one certain day.

    `background` is what to say where it is history beside the news, "" where it is the news.
    """

    text: str
    label: str
    day: date | None
    spot: Spot | None = None
    background: str = ""


Item = Statement | Quotation | Moment


@dataclass(frozen=True, slots=True)
class Block:
    """One section. `empty` is what to say where there are no items, `note` stands above them in small print."""

    name: str
    title: str
    kind: SectionKind
    items: tuple[Item, ...]
    empty: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """One source, as a line of the byline: its title, its address, and the rest in words."""

    title: str
    url: str | None
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A whole briefing. `warnings` belong above the text, `notes` and `footer` below it.

    `picture` always says in words what it is. `locale` is that of our words:
    what a surface adds is in it, too.
    """

    title: str
    url: str | None
    byline: tuple[str, ...]
    origins: tuple[Origin, ...]
    warnings: tuple[str, ...]
    blocks: tuple[Block, ...]
    notes: tuple[str, ...]
    footer: tuple[str, ...]
    picture: Picture | None = None
    locale: str = SOURCE


def make_card(brief: Brief, *, picture: bool = True) -> Card:
    """The Card of `brief`, our own words in its language; without its lead picture where none is wanted."""
    with in_locale(card_locale(brief.language)):
        return _card(brief, _picture(brief) if picture else None)


def _card(brief: Brief, picture: Picture | None) -> Card:
    origins = tuple(map(_origin, brief.sources))
    single = origins[0] if len(origins) == 1 else None
    saved = _minutes_saved(brief)
    saving = say_n("{count} min read saved", "{count} min read saved", saved)
    blocks = tuple(_block(section, brief) for section in brief.sections)
    spots = [item.spot for block in blocks for item in block.items if item.spot is not None]
    numbered = any(spot.link is None for spot in spots)
    return Card(
        title=single.title if single else _joined(len(origins)),
        url=single.url if single else None,
        byline=(*(single.details if single else ()), *((saving,) if saved else ())),
        origins=() if single else origins,
        warnings=warnings(brief),
        blocks=blocks,
        notes=(*notes(brief), *((passages_note(),) if numbered else ())),
        footer=tuple(_footer(brief)),
        picture=picture,
        locale=spoken_locale(),
    )


def _joined(count: int) -> str:
    return say_n("One briefing from {count} source", "One briefing from {count} sources", count)


def passages_note() -> str:
    """What `¶` means."""
    return say("¶ counts the passages of the text: its paragraphs, long ones in parts.")


def _picture(brief: Brief) -> Picture | None:
    """The first source's picture that there is; its words are the page's own, or say whose picture it is."""
    for source in brief.sources:
        if source.picture is not None:
            name = one_line(source.title or "") or one_line(source.site or "")
            ours = say("Lead picture of “{title}”", title=name) if name else say("Lead picture of the article")
            return Picture(url=source.picture.url, alt=one_line(source.picture.alt) or ours)
    return None


def _origin(source: BriefSource) -> Origin:
    words = say_n("{count:,} word", "{count:,} words", source.words)
    return Origin(
        title=one_line(source.title or "") or one_line(source.site or "") or say("Briefing"),
        url=source.url,
        details=tuple(detail for detail in (source.site, source.author, _published(source), words) if detail),
    )


def _published(source: BriefSource) -> str:
    """The publication date, with where it came from when a page's prose is all that tells it."""
    if source.published is None:
        return say("date unknown: weekdays are not resolved")
    told = _DATE_FROM.get(source.published_from)
    label = day_label(source.published)
    return f"{label} ({told})" if told else label


def _block(section: BriefSection, brief: Brief) -> Block:
    return Block(
        name=section.name,
        title=say(one_line(section.title)) or section.name,
        kind=section.kind,
        items=tuple(_items(section, brief)),
        empty=str(_EMPTY[section.kind]),
        note=verified(section, brief),
    )


def _items(section: BriefSection, brief: Brief) -> Iterator[Item]:
    for item in section.items:
        spot = _spot(item, brief)
        if isinstance(item, Quote):
            yield Quotation(
                text=in_marks(item.text, brief.language) if one_line(item.text) else "",
                speaker=item.speaker,
                translation=item.translation,
                spot=spot,
            )
        elif isinstance(item, Event):
            label = date_label(item.date, item.date_text)
            background = say("background") if item.background else ""
            yield Moment(item.text, label, certain_day(item.date), spot, background)
        else:
            yield Statement(item.text, spot)


def _spot(item: Found, brief: Brief) -> Spot | None:
    if item.passage is None:
        return None
    order = [source.id for source in brief.sources]
    source = item.evidence[0].source
    return Spot(item.passage, item.link, order.index(source) + 1 if len(order) > 1 and source in order else None)


def _minutes_saved(brief: Brief) -> int:
    written = sum(word_count(item.text) for section in brief.sections for item in section.items)
    return max(0, round((sum(source.words for source in brief.sources) - written) / _WORDS_A_MINUTE))


def _footer(brief: Brief) -> Iterator[str]:
    usage = brief.usage
    if brief.engine == "extractive":
        yield say("Built-in extractive engine, no model")
    else:
        yield say("Engine: {engine}", engine=brief.engine)
    if brief.model:
        yield brief.model
    tokens = usage.prompt_tokens + usage.completion_tokens
    if tokens and usage.estimated:
        yield say_n("{count:,} token (estimated)", "{count:,} tokens (estimated)", tokens)
    elif tokens:
        yield say_n("{count:,} token", "{count:,} tokens", tokens)
    if usage.seconds:
        yield say("{seconds:.1f} s", seconds=usage.seconds)
