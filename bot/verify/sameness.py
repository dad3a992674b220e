"""Two events that are one: the same date, and the same thing told, by one source or by several.

Names and numbers tell events apart: who met and who was dismissed on Monday are two events of the same people, and
three dead in one report and five in another are two reports that a reader should see.
"""

from __future__ import annotations

from typing import Final

from bot.text.words import content_stems
from bot.verify.calendar_words import calendar_words
from bot.verify.events import Dated
from bot.verify.names import names
from bot.verify.numbers import numbers

SAME: Final = 0.6  # share of the shorter event's roots, names left out, that the other one must hold


def tells_the_same(one: Dated, other: Dated) -> bool:
    """Whether two Events tell one thing."""
    first, second = one.event, other.event
    if first.date != second.date or (first.date is None and first.date_text != second.date_text):
        return False
    told, retold = _told(first.text), _told(second.text)
    if not told or not retold:
        return frozenset(content_stems(first.text)) == frozenset(content_stems(second.text))
    if len(told & retold) < SAME * min(len(told), len(retold)):
        return False
    return not _conflict(first.text, second.text)


def merged(kept: Dated, other: Dated) -> Dated:
    """`kept` with the places of both, its own first."""
    places = list(kept.event.evidence)
    for place in other.event.evidence:
        if not any(known.source == place.source and known.span.overlaps(place.span) for known in places):
            places.append(place)
    return kept._replace(event=kept.event.model_copy(update={"evidence": tuple(places)}))


def _told(text: str) -> frozenset[str]:
    """The roots of what is told, without the names of those it is told of and without its time."""
    named = {root for name in names(text) if not name.leading for root in content_stems(name.word)}
    timed = {root for word in calendar_words(text) for root in content_stems(word.span.of(text))}
    return frozenset(content_stems(text)) - named - timed


def _conflict(one: str, other: str) -> bool:
    """Whether both give numbers, and neither holds all of the other's."""
    first, second = numbers(one), numbers(other)
    mine = all(any(a.agrees(b) for b in second) for a in first)
    theirs = all(any(b.agrees(a) for a in first) for b in second)
    return not mine and not theirs
