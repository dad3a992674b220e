"""Where does it say that? The passages that an item rests on, with the very words marked in them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from bot.domain.brief import Found
from bot.domain.document import Document
from bot.domain.value import Span
from bot.text.passages import passages


class Pointed(NamedTuple):
    """A passage of a Document: its number from 1, its text as it stands, and the marked stretches of that text."""

    number: int
    text: str
    marked: tuple[Span, ...]


def passages_of(document: Document, item: Found) -> tuple[Pointed, ...]:
    """The passages of `document` that hold the evidence of `item`, in the text's order.

    Evidence that lies in another Document, or beyond the text, is left out; touching marks are one.
    """
    pieces = passages(document.text)
    places = sorted(place.span for place in item.evidence if place.source == document.id)
    found: dict[int, list[Span]] = {}
    for place in places:
        first = max(0, bisect_right(pieces, (place.start, len(document.text))) - 1)
        for at in range(first, len(pieces)):
            if pieces[at].start >= place.end:
                break
            if pieces[at].overlaps(place):
                found.setdefault(at, []).append(_inside(place, pieces[at]))
    return tuple(
        Pointed(at + 1, pieces[at].of(document.text), tuple(_joined(marks))) for at, marks in sorted(found.items())
    )


def passage_of(document: Document, item: Found) -> Pointed | None:
    """The passage in which the first evidence of `item` begins; None where none lies in `document`."""
    held = passages_of(document, item)
    own = [place.start for place in item.evidence if place.source == document.id]
    if not held or not own:
        return None
    starts = [piece.start for piece in passages(document.text)]
    number = max(1, bisect_right(starts, own[0]))
    return next((pointed for pointed in held if pointed.number == number), held[0])


def _inside(place: Span, piece: Span) -> Span:
    """The part of `place` that lies in `piece`, counted from its beginning."""
    return Span(max(place.start, piece.start), min(place.end, piece.end)).shifted(-piece.start)


def _joined(marks: Iterable[Span]) -> Iterable[Span]:
    last: Span | None = None
    for mark in sorted(marks):
        if last is not None and mark.start <= last.end:
            last = Span(last.start, max(last.end, mark.end))
            continue
        if last is not None:
            yield last
        last = mark
    if last is not None:
        yield last
