"""A DigestCard as pages for Discord, under the limits that `layout` keeps for every card."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from bot.render.digest_card import DigestCard, Link, PreviewCard, StoryPart
from bot.render.escape import discord_link, one_line
from bot.render.layout import Page, Part, label, mark_of, paged, pieces_of, size, small
from bot.wording import say, say_n

_TITLE: Final = 200  # characters of a story's title
_LONGEST_LINK: Final = 700  # UTF-16 units of a link; a longer address is left out
_ITEM_ROOM: Final = 3_000


def digest_pages(card: DigestCard) -> tuple[Page, ...]:
    """The pages of `card`, at least one: what is posted."""
    return paged(_digest_parts(card))


def preview_pages(card: DigestCard, preview: PreviewCard) -> tuple[Page, ...]:
    """The digest as it would be posted, and behind it why each story is in or out: for the one who asked."""
    groups = len(card.stories) + 10
    return paged((*_digest_parts(card), *_preview_parts(preview, groups)))


def _digest_parts(card: DigestCard) -> Iterator[Part]:
    yield Part(0, f"## {label(card.title)}")
    if card.byline:
        yield Part(0, small(card.byline))
    if card.notice:
        yield Part(0, f"⏰ {label(card.notice)}")
    if card.line:
        yield Part(0, label(card.line))
    for number, title in enumerate(card.overview, 1):
        yield Part(1, f"{number}. {label(_short(title))}")
    numbered = len(card.stories) > 1
    for number, story in enumerate(card.stories, 1):
        yield from _story_parts(number + 1, story, f"{number}. " if numbered else "")
    yield from _listed(len(card.stories) + 2, say("Not read"), card.unread)
    if card.footer:
        yield Part(len(card.stories) + 3, small(card.footer))


def _story_parts(group: int, story: StoryPart, number: str) -> Iterator[Part]:
    """The story's lines under its linked title, which is repeated where the story goes over to another page."""
    heading = f"### {number}{_link(Link(story.title, story.url))}"
    for item in story.items:
        *pieces, last = pieces_of(item, False, _ITEM_ROOM)
        yield from (Part(group, piece, heading) for piece in pieces)
        yield Part(group, last, heading, mark=mark_of(item.spot))
    lines = [] if story.items else ["-# " + say("No point that the text bears out.")]
    lines += [f"⚖️ {label(difference[:1].upper() + difference[1:])}" for difference in story.differences]
    lines += [f"-# {label(note)}" for note in story.notes]
    sources = [label(story.outlet)] if story.outlet else []
    sources += [_link(link) for link in story.also]
    sources += [say_n("and {count} more", "and {count} more", story.more)] if story.more else []
    lines += [f"-# {' · '.join(sources)}"] if sources else []
    yield from (Part(group, line, heading) for line in lines)


def _preview_parts(preview: PreviewCard, group: int) -> Iterator[Part]:
    yield from _listed(group, say("Why these"), preview.chosen)
    yield from _listed(group + 1, say("Left out"), preview.left_out)
    if preview.more_out > 0:
        more = say_n("and {count} more", "and {count} more", preview.more_out)
        yield Part(group + 1, f"-# {more}", "### " + say("Left out"))
    for sentence in preview.troubles:
        yield Part(group + 2, f"- {label(sentence)}", "### " + say("Feeds that fail"))


def _listed(group: int, heading: str, rows: Iterable[tuple[Link, str]]) -> Iterator[Part]:
    for link, reason in rows:
        yield Part(group, f"- {_link(link)}: {label(reason)}", f"### {heading}")


def _link(link: Link) -> str:
    """A masked link, or the words alone where the address would take too much of the page."""
    text = _short(link.label)
    masked = discord_link(text, link.url)
    return masked if size(masked) <= _LONGEST_LINK else label(text)


def _short(text: str) -> str:
    text = one_line(text)
    return text if len(text) <= _TITLE else f"{text[: _TITLE - 1].rstrip()}…"
