"""A Card as pages for Discord: each fits a message, nothing is lost, and no quote is cut that fits on a page.

Discord allows 4,000 characters of text and 40 components a message. Whether it counts code points or UTF-16 units
is not documented, so `size` counts UTF-16 units, of which there are never fewer: a page is valid under both.

What does not fit breaks between items, else at the end of a sentence, else of a word, else between characters as
a reader sees them (an emoji of several code points, a letter and its accents).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from bot.domain.document import Picture
from bot.render.card import Block, Card, Item, Moment, Origin, Quotation, Spot, Statement
from bot.render.clusters import boundaries, clipped
from bot.render.dates import unix_seconds
from bot.render.escape import closed, discord, discord_link, one_line, web_address
from bot.render.paragraphs import paragraphs
from bot.wording import Phrase, in_locale, say

MAX_TEXT: Final = 4_000
MAX_COMPONENTS: Final = 40
ROW: Final = 5  # buttons in an action row
# What others may put around the texts of a page, and how much of the message is kept free for it.
PAGE_LINE: Final = 60  # "Page 2 of 3", in any language
ABOVE: Final = 30  # the mention of a role
FRAME: Final = 1 + 1 + 1 + 2  # the container, what stands above it, the page line, a section with its picture
CARD_CONTROLS: Final = 3 * (1 + ROW) + (1 + 1)  # three rows of buttons, and a select in its row
POST_CONTROLS: Final = (1 + ROW) + (1 + 1)
_TEXT_BUDGET: Final = MAX_TEXT - PAGE_LINE - ABOVE
# Labels (titles, speakers, names) may be cut; statements and quotes never are.
_LABEL: Final = 256
_HEADING: Final = 80
_TITLE_ROOM: Final = 1_500  # a title with its address; a longer address is left out of the title
_MAX_NOTICE: Final = 1_500
_MAX_BUTTON_ADDRESS: Final = 512
_MAX_PICTURE_ADDRESS: Final = 2_048
_MAX_ALT: Final = 1_024
_LONGEST_LINK: Final = 700  # a link in a line of several

CONTINUES: Final = Phrase("*(continues)*")
CONTINUED: Final = Phrase("*(continued)*")

_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*(?=\s)|[。！？]")
_HOST = re.compile(r"https?://[^/?#]*[.:]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """One message: its text displays in order, a separator between each two; `links` are (label, address).

    `picture` belongs beside the first text. It is page `number` of `count`.
    """

    texts: tuple[str, ...]
    links: tuple[tuple[str, str], ...] = ()
    picture: Picture | None = None
    number: int = 1
    count: int = 1


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of Discord Markdown that stays together. Parts of one `group` share a text display."""

    group: int
    text: str
    heading: str = ""  # stands above the first part of its group on each page
    alone: bool = False  # a piece of something too long for one page
    mark: str = ""  # where it stands in the source: shown at its end where the page has room for that too
    leads: bool = False  # is not left behind at the end of a page by the part that follows


def size(text: str) -> int:
    """How much of a message `text` takes: UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def pages(card: Card) -> tuple[Page, ...]:
    """The pages of `card`, at least one, in reading order."""
    with in_locale(card.locale):
        links = _links(card)
        first, *others = paged(_parts(card), controls=CARD_CONTROLS + (1 + len(links) if links else 0))
    return (replace(first, links=links, picture=_shown_picture(card.picture)), *others)


def paged(parts: Iterable[Part], *, controls: int = POST_CONTROLS) -> tuple[Page, ...]:
    """Pages of `parts`, in order; each leaves room for `controls` components below it."""
    packed = list(_packed(list(parts), MAX_COMPONENTS - FRAME - controls))
    return tuple(Page(texts, number=number, count=len(packed)) for number, texts in enumerate(packed, 1))


def notice(text: str) -> Page:
    """A page of one sentence of ours, which may quote what a person or an article said."""
    return Page((_clip(one_line(text), _MAX_NOTICE, discord),))


def _links(card: Card) -> tuple[tuple[str, str], ...]:
    """The source; of several those whose titles Discord would not make links of."""
    named = [
        (say("Source {number}", number=number), origin.url)
        for number, origin in enumerate(card.origins, 1)
        if "](<" not in _origin_title(origin)
    ]
    wanted = named if card.origins else [(say("Open source"), card.url)]
    addresses = ((label, web_address(url)) for label, url in wanted)
    shown = [(label, url) for label, url in addresses if url and len(url) <= _MAX_BUTTON_ADDRESS]
    return tuple(shown[:ROW])


def _shown_picture(picture: Picture | None) -> Picture | None:
    """`picture` as Discord takes it: a plain address of a public name, some words that are not too many."""
    address = web_address(picture.url) if picture else None
    if picture is None or address is None or len(address) > _MAX_PICTURE_ADDRESS or not _HOST.match(address):
        return None
    alt = one_line(picture.alt)
    return Picture(url=address, alt=alt if size(alt) <= _MAX_ALT else clipped(alt, _MAX_ALT // 2))


def _parts(card: Card) -> Iterator[Part]:
    """Everything there is to show, in order."""
    yield Part(0, f"## {_title(card.title, card.url)}")
    if card.byline:
        yield Part(0, small(card.byline))
    below = [_origin(number, origin) for number, origin in enumerate(card.origins, 1)]
    below += [f"⚠️ {label(warning)}" for warning in card.warnings]
    yield from (Part(1, line) for line in below)
    content = [part for group, block in enumerate(card.blocks, 2) for part in _block_parts(group, block)]
    tail = [f"-# {label(note)}" for note in card.notes]
    if card.footer:
        tail.append(small(card.footer))
    if content and tail:  # no page of small print alone
        content[-1] = replace(content[-1], leads=True)
    yield from content
    yield from (Part(len(card.blocks) + 2, line, leads=True) for line in tail)


def _origin(number: int, origin: Origin) -> str:
    """One of several sources: its title, a link where the line has room for that, and the rest."""
    return " · ".join((rf"-# {number}\. {_origin_title(origin)}", *map(label, origin.details)))


def _origin_title(origin: Origin) -> str:
    return _clip(one_line(origin.title), _LABEL, lambda text: discord_link(text, origin.url), room=_LONGEST_LINK)


def _block_parts(group: int, block: Block) -> Iterator[Part]:
    heading = f"### {_clip(block.title, _HEADING, discord)}"
    shown = [item for item in block.items if one_line(item.text)]
    if block.note:
        yield Part(group, f"-# {label(block.note)}", heading, leads=True)
    if not shown:
        yield Part(group, f"-# {block.empty}", heading)
    for item in shown:
        pieces = list(pieces_of(item, block.kind == "text", _TEXT_BUDGET - size(heading) - 1))
        yield from (Part(group, piece, heading, alone=len(pieces) > 1) for piece in pieces[:-1])
        yield Part(group, pieces[-1], heading, alone=len(pieces) > 1, mark=mark_of(item.spot))


def pieces_of(item: Item, prose: bool, room: int) -> Iterator[str]:
    """`item` as Discord Markdown: one piece, or several where it takes more than `room`."""
    if isinstance(item, Quotation):
        yield from _quotation(item, room)
    elif isinstance(item, Statement) and prose:
        yield from _marked("\n".join(paragraphs(item.text)), room, discord)
    else:
        lead = f"- {_when(item)}" if isinstance(item, Moment) else "- "
        first, *others = _marked(one_line(item.text), room - size(lead), discord)
        yield from (f"{lead}{first}", *others)


def _quotation(item: Quotation, room: int) -> Iterator[str]:
    """The words, a translation, the speaker; a translation that does not fit among them comes after them."""
    words = "\n".join(paragraphs(item.text))
    speaker = f"\n> — {label(item.speaker) if item.speaker else f'*{discord(item.nobody)}*'}"
    note = f"> *({discord(item.note)})* {discord(one_line(item.translation))}" if item.translation else ""
    if note and size(f"{_quoted(words)}\n{note}{speaker}") <= room:
        yield f"{_quoted(words)}\n{note}{speaker}"
        return
    yield from _marked(words, room, _quoted, last=speaker)
    if note and size(note) <= room:
        yield note


def mark_of(spot: Spot | None) -> str:
    """What ends an item: a link to its words in the source, or the number of their passage."""
    if spot is None:
        return ""
    return f" {discord_link(spot.arrow, spot.link) if spot.link else spot.number}"


def _marked(text: str, room: int, escape: Callable[[str], str], last: str = "") -> Iterator[str]:
    """`escape(text) + last`; where that takes more than `room`, pieces that say that they go on."""
    whole = f"{escape(text)}{last}"
    if size(whole) <= room:
        yield whole
        return
    start = escape("")  # a block quote's marker
    pieces = _fitted(text, room - size(last) - size(f"{start}{CONTINUED}\n\n{start}{CONTINUES}"), escape)
    for number, piece in enumerate(pieces):
        before = f"{start}{CONTINUED}\n" if number else ""
        after = f"\n{start}{CONTINUES}" if number < len(pieces) - 1 else last
        yield f"{before}{piece}{after}"


def _quoted(text: str) -> str:
    return "\n".join(f"> {discord(line)}" for line in text.split("\n"))


def _when(moment: Moment) -> str:
    stamp = f"<t:{unix_seconds(moment.day)}:D>" if moment.day else label(moment.label)
    return f"**{stamp}**{f' · *{label(moment.background)}*' if moment.background else ''} — "


def _fitted(text: str, room: int, escape: Callable[[str], str]) -> list[str]:
    """`escape(text)` in pieces of at most `room`, cut at a sentence end, else a space, else between characters."""
    pieces: list[str] = []
    while len(text) > room or size(escape(text)) > room:
        cut = _cut(text, _longest(text, room, escape))
        pieces.append(escape(text[:cut].rstrip()))
        text = text[cut:].lstrip()
    return [*pieces, escape(text)] if text or not pieces else pieces


def _longest(text: str, room: int, escape: Callable[[str], str]) -> int:
    """The greatest number of characters whose escaped form takes at most `room`."""
    low, high = 1, min(len(text), room)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if size(escape(text[:middle])) <= room else (low, middle - 1)
    return low


def _cut(text: str, limit: int) -> int:
    """Where to cut `text`, at `limit` or before; the second half of the room is searched for a better place."""
    half = limit // 2
    whole = [end for end in boundaries(text, limit + 1) if end >= half]
    known = set(whole)
    sentences = (match.end() for match in _SENTENCE_END.finditer(text, half, limit + 1))
    if ends := [end for end in sentences if end <= limit and end in known]:
        return ends[-1]
    words = [end - 1 for end in whole if half < end - 1 and text[end - 1] in " \n" and end - 1 in known]
    characters = [end for end in whole if half < end <= limit]
    return (words or characters or [limit])[-1]


def _packed(parts: list[Part], components: int) -> Iterator[tuple[str, ...]]:
    """Greedy: a part goes on the current page where it fits, else it opens the next one."""
    page: list[Part] = []
    for part in parts:
        if page and ((part.alone and page[-1].alone) or not _fits([*page, part], components)):
            carried: list[Part] = []
            # never so far that a page holds the title alone
            while (
                len(page) > 1
                and page[-2].heading
                and page[-1].leads
                and _fits([page[-1], *carried, part], components)
            ):
                carried.insert(0, page.pop())
            yield _texts(_with_marks(page))
            page = carried
        page.append(part)
    if page:
        yield _texts(_with_marks(page))


def _with_marks(page: list[Part]) -> list[Part]:
    """`page` with as many of its marks, from the top, as the room that its words leave can hold."""
    room = _TEXT_BUDGET - sum(map(size, _texts(page)))
    marked = []
    for part in page:
        kept = part.mark if size(part.mark) <= room else ""
        room -= size(kept)
        marked.append(replace(part, text=f"{part.text}{kept}"))
    return marked


def _fits(page: list[Part], components: int) -> bool:
    """Whether `page` has room for its words, and its texts with what separates them are at most `components`."""
    texts = _texts(page)
    return sum(map(size, texts)) <= _TEXT_BUDGET and 2 * len(texts) - 1 <= components


def _texts(page: list[Part]) -> tuple[str, ...]:
    """The text displays of `page`: one a group, under the group's heading."""
    texts = []
    for _, members in groupby(page, key=lambda part: part.group):
        group = list(members)
        heading = [group[0].heading] if group[0].heading else []
        texts.append("\n".join([*heading, *_spaced(group)]))
    return tuple(texts)


def _spaced(group: list[Part]) -> Iterator[str]:
    for number, part in enumerate(group):
        # Two block quotes on neighbouring lines would run together.
        yield f"\n{part.text}" if number and part.text.startswith("> ") else part.text


def _title(title: str, url: str | None) -> str:
    return _clip(one_line(title), _LABEL, lambda text: discord_link(text, url), room=_TITLE_ROOM)


def label(text: str) -> str:
    """A name or a note, on one line with others."""
    return _clip(one_line(text), _LABEL, lambda short: discord(closed(short)))


def small(pieces: tuple[str, ...]) -> str:
    return f"-# {' · '.join(map(label, pieces))}" if pieces else ""


def _clip(text: str, limit: int, escape: Callable[[str], str], *, room: int = MAX_TEXT) -> str:
    """`escape(text)`, cut after `limit` characters with an ellipsis."""
    short = clipped(text, limit)
    shown = escape(short)
    return shown if size(shown) <= room else discord(short)
