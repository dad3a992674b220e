"""Events: what happened, when by the text's own words, and the calendar date that code reads out of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from bot.domain.brief import Event
from bot.domain.draft import Finding, ProposedEvent
from bot.domain.value import Span
from bot.text.dates import TimeExpression
from bot.text.words import folded_words
from bot.verify.claims import Place
from bot.verify.ground import Ground, Grounds
from bot.verify.sanitise import LONGEST_TOKEN, clean, glimpse
from bot.verify.statements import Statement, joined, prove


class Dated(NamedTuple):
    """An Event and what it is sorted by: its first and last day where it has any, and its place in the text."""

    event: Event
    start: date | None
    end: date | None
    place: tuple[str, int]

    @property
    def order(self) -> tuple[bool, date, date, str, int]:
        """Calendar order; what has no date comes last, as the text tells it."""
        return (self.start is None, self.start or date.max, self.end or date.max, *self.place)


def check_event(proposed: ProposedEvent, grounds: Grounds) -> tuple[Dated | None, list[Finding]]:
    """The proven Event, or None; and what was changed, or why nothing is left."""
    proof = prove(proposed.text, proposed.evidence, grounds, noun="event")
    if isinstance(proof, Finding):
        return None, [proof]
    asked = clean(proposed.date_text or "")[: 3 * LONGEST_TOKEN]
    if not asked:
        return _dated(proof, None, proof.places), []
    found = _expression(asked, proof, grounds.proposed(proposed.evidence))
    if found is not None:
        place, time = found
        places = proof.places if place in proof.places else (*proof.places, place)
        return _dated(proof, (place.ground, time), places), []
    return _dated(proof, None, proof.places), [Finding(code=_why_undated(asked, grounds), detail=glimpse(asked))]


def _dated(proof: Statement, time: tuple[Ground, TimeExpression] | None, places: Sequence[Place]) -> Dated:
    first = min(place.span.start for place in places if place.ground is places[0].ground)
    position = (places[0].ground.document.id, first)
    evidence = joined(places)
    if time is None:
        return Dated(Event(text=proof.text, evidence=evidence), None, None, position)
    ground, expression = time
    event = Event(
        text=proof.text,
        evidence=evidence,
        date=expression.iso,
        precision=expression.precision if expression.iso else None,
        date_text=expression.span.of(ground.text),
        background=expression.background,
    )
    start = expression.start_day if expression.iso else None
    return Dated(event, start, expression.end_day if start else None, position)


def _expression(
    asked: str, proof: Statement, proposed: Sequence[tuple[Ground, Span]]
) -> tuple[Place, TimeExpression] | None:
    """The time expression that the model means: in the event's own sentences first, then in their paragraphs.

    Of several that fit, the one that says the same words is taken, then the nearest to the strongest sentence.
    """
    words = folded_words(asked)
    for places in (list(proof.places), list(_around(proof, proposed))):
        fitting = [
            (_fit(words, folded_words(time.span.of(place.ground.text))), rank, place, time)
            for rank, place in enumerate(places)
            for time in (*place.ground.ranges_within(place.span), *place.ground.times_within(place.span))
        ]
        best = min(
            (row for row in fitting if row[0] != (0, 0)),
            key=lambda row: (-row[0][0], -row[0][1], row[1], row[3].span),
            default=None,
        )
        if best is not None:
            return best[2], best[3]
    return None


def _around(proof: Statement, proposed: Sequence[tuple[Ground, Span]]) -> Iterator[Place]:
    """The sentences beside the proven ones, nearest first; where the model named places, only those."""
    for place in proof.places:
        beside = sorted(place.ground.beside(place.at), key=lambda index: abs(index - place.at))
        named = [span for ground, span in proposed if ground is place.ground]
        for index in beside:
            if not named or any(span.overlaps(place.ground.sentences[index]) for span in named):
                yield Place(place.ground, index)


def _fit(asked: Sequence[str], expression: Sequence[str]) -> tuple[int, int]:
    """How well a time expression answers: the same words, or one inside the other and in how many words."""
    if not asked or not expression:
        return 0, 0
    if list(asked) == list(expression):
        return 2, len(asked)
    inside = _holds(asked, expression) or _holds(expression, asked)
    return (1, min(len(asked), len(expression))) if inside else (0, 0)


def _holds(longer: Sequence[str], shorter: Sequence[str]) -> bool:
    span = len(shorter)
    return any(list(longer[at : at + span]) == list(shorter) for at in range(len(longer) - span + 1))


def _why_undated(asked: str, grounds: Grounds) -> str:
    """Words that stand nowhere are an invention; words that stand elsewhere belong to something else."""
    words = folded_words(asked)
    stands = bool(words) and any(_holds(folded_words(text), words) for text in grounds.texts)
    return "date-not-near-event" if stands else "date-not-in-text"
