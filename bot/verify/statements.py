"""Points, and the words of events: kept when the text carries them, dropped with the reason when it does not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from bot.domain.draft import Evidence, Finding
from bot.domain.value import Span
from bot.text.words import folded_words
from bot.verify.claims import Claim, Fact, Place
from bot.verify.flips import first_flip
from bot.verify.ground import Ground, Grounds
from bot.verify.sanitise import LONGEST_TOKEN, clean, glimpse, is_safe
from bot.verify.support import resting_places
from bot.verify.unsaid import first_unsaid

LONGEST: Final = 600  # characters of a point or an event
FEWEST_WORDS: Final = 3  # fewer state nothing
LONGEST_PARAGRAPH: Final = 1_500  # of a paragraph of running prose


class Statement(NamedTuple):
    """A proven statement and the sentences it rests on, the strongest first."""

    text: str
    places: tuple[Place, ...]

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Its sentences in reading order; neighbours are joined."""
        return joined(self.places)


def prove(
    text: str,
    evidence: Sequence[Evidence],
    grounds: Grounds,
    *,
    noun: str,
    longest: int = LONGEST,
) -> Statement | Finding:
    """Hold one proposed statement against the Documents; `noun` ("point", "event") names it in Findings."""
    if len(text) > 4 * longest:
        return Finding(code=f"{noun}-too-long")
    if not is_safe(text, grounds.texts):
        return Finding(code=f"{noun}-unsafe")
    said = clean(text)
    if not said:
        return Finding(code=f"{noun}-empty")
    if len(said) > longest:
        return Finding(code=f"{noun}-too-long")
    if len(folded_words(said)) < FEWEST_WORDS:
        return Finding(code=f"{noun}-too-short")
    proposed = grounds.proposed(evidence)
    claim = Claim(said, proposed[0][0] if proposed else next(iter(grounds)), grounds.written)
    places = resting_places(claim, proposed, grounds)
    if not places:
        return Finding(code=f"{noun}-without-evidence", detail=glimpse(said))
    unsupported = first_unsupported(claim, places, [ground for ground, _ in proposed])
    if unsupported is not None:
        return Finding(code=f"{noun}-unsupported", detail=_reason(unsupported))
    unsaid = first_unsaid(claim, places)
    if unsaid is not None:
        return Finding(code=f"{noun}-unsupported", detail=f"word: {glimpse(unsaid)}"[:LONGEST_TOKEN])
    flip = first_flip(claim, places)
    if flip is not None:
        return Finding(code=f"{noun}-{flip}", detail=glimpse(said))
    return Statement(said, tuple(places))


def first_unsupported(claim: Claim, places: Sequence[Place], pointed: Sequence[Ground]) -> Fact | None:
    """The first Fact of `claim` that the text does not hold: near `places`, or in their Documents."""
    grounds = list(dict.fromkeys([*(place.ground for place in places), *pointed]))
    for fact in claim.nearby_facts:
        if not claim.stands_beside(fact, places):
            return fact
    return next((fact for fact in claim.facts_anywhere if not claim.stands_in(fact, grounds)), None)


def joined(places: Sequence[Place]) -> tuple[Evidence, ...]:
    """The sentences as Evidence in reading order; sentences that follow each other make one place."""
    found: list[tuple[Ground, int, Span]] = []
    order: dict[Ground, int] = {}
    for place in places:
        order.setdefault(place.ground, len(order))
    for ground, index in sorted(set(places), key=lambda place: (order[place.ground], place.at)):
        span = ground.sentences[index]
        if found and found[-1][0] is ground and found[-1][1] == index - 1:
            span = Span(found[-1][2].start, span.end)
            found.pop()
        found.append((ground, index, span))
    return tuple(ground.evidence(span) for ground, _, span in found)


def _reason(fact: Fact) -> str:
    token = glimpse(fact.token)
    return f"{fact.kind}: {token}"[:LONGEST_TOKEN] if token else fact.kind
