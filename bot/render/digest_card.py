"""A digest's Edition as pages: an overview of one line a story, then each story with its points and sources.

Made of the same pieces as a Brief's Card, so that packing, escaping and a message's limits are kept in one place.
What could not be read is listed by its title and link, with the reason, and nothing is said about it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.brief import Found
from bot.domain.edition import DigestEdition, StoryBrief
from bot.render.card import Moment, Quotation, Spot, Statement, passages_note
from bot.render.dates import certain_day, date_label, day_label
from bot.render.escape import one_line
from bot.render.phrases import in_marks
from bot.wording import say, say_n

_MOST_LINKS = 4  # tellings of a story that are linked; the others are counted
_MOST_OUT = 15  # stories left out that a preview lists


@dataclass(frozen=True, slots=True)
class Link:
    """A label and where it leads."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class StoryPart:
    """One story: title and link, what was proven, where sources differ, who else tells it. All texts are raw."""

    title: str
    url: str
    outlet: str
    items: tuple[Statement | Quotation | Moment, ...]
    differences: tuple[str, ...]
    also: tuple[Link, ...]
    more: int  # further tellings, not linked
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DigestCard:
    """A whole digest. `unread` are (title, address, reason); `line` stands where there are no stories."""

    title: str
    byline: tuple[str, ...]
    notice: str | None
    line: str | None
    overview: tuple[str, ...]
    stories: tuple[StoryPart, ...]
    unread: tuple[tuple[Link, str], ...]
    footer: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PreviewCard:
    """What a preview adds to the digest: why each story is in or out, and which feeds fail."""

    chosen: tuple[tuple[Link, str], ...]
    left_out: tuple[tuple[Link, str], ...]
    more_out: int
    troubles: tuple[str, ...]


def make_digest_card(edition: DigestEdition) -> DigestCard:
    """The card of `edition`; the same for the preview and the post."""
    read = [story for story in edition.stories if story.unread is None]
    unread = [story for story in edition.stories if story.unread is not None]
    count = len(read)
    return DigestCard(
        title=one_line(edition.name) or say("Digest"),
        byline=(day_label(edition.day), *((say_n("{count} story", "{count} stories", count),) if count else ())),
        notice=edition.notice,
        line=edition.line,
        overview=tuple(_title(story) for story in read) if count > 1 else (),
        stories=tuple(_part(story) for story in read),
        unread=tuple((Link(_title(story), story.chosen.story.url), story.unread or "") for story in unread),
        footer=tuple(_footer(read)),
    )


def make_preview_card(edition: DigestEdition) -> PreviewCard:
    """The reasons behind `edition`."""
    shown = edition.left_out[:_MOST_OUT]
    return PreviewCard(
        chosen=tuple(
            (Link(_title(story), story.chosen.story.url), story.chosen.story.reason) for story in edition.stories
        ),
        left_out=tuple((Link(one_line(story.title), story.url), story.reason) for story in shown),
        more_out=edition.counted_out - len(shown),
        troubles=tuple(trouble.sentence for trouble in edition.troubles),
    )


def _part(story: StoryBrief) -> StoryPart:
    url = story.url or story.chosen.story.url
    others = [
        Link(one_line(telling.outlet) or say("another source"), telling.url)
        for telling in story.chosen.tellings
        if telling.url != url
    ]
    return StoryPart(
        title=_title(story),
        url=url,
        outlet=one_line(story.outlet),
        items=tuple(_items(story)),
        differences=story.chosen.differences,
        also=tuple(others[:_MOST_LINKS]),
        more=max(0, len(others) - _MOST_LINKS),
        notes=story.notes,
    )


def _items(story: StoryBrief) -> Iterator[Statement | Quotation | Moment]:
    """What was proven, each with the place where it stands in the telling that was read."""
    for point in story.points:
        yield Statement(point.text, _spot(point))
    for quote in story.quotes:
        yield Quotation(in_marks(quote.text, None), quote.speaker, spot=_spot(quote))
    for event in story.events:
        label, day = date_label(event.date, event.date_text), certain_day(event.date)
        background = say("background") if event.background else ""
        yield Moment(event.text, label, day, _spot(event), background)


def _spot(item: Found) -> Spot | None:
    return None if item.passage is None else Spot(item.passage, item.link)


def _title(story: StoryBrief) -> str:
    return one_line(story.chosen.story.title) or one_line(story.title) or story.chosen.story.url


def _footer(read: list[StoryBrief]) -> Iterator[str]:
    if not read:
        return
    engines = {story.engine for story in read}
    yield (
        say("Built-in extractive engine, no model")
        if engines == {"extractive"}
        else say("Each point proven against its article")
    )
    items: list[Found] = [item for story in read for item in (*story.points, *story.quotes, *story.events)]
    if any(item.passage is not None and item.link is None for item in items):
        yield passages_note()
