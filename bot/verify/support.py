"""Which sentences a statement rests on: found by code, whatever places the model pointed to.

A model points to passages. Here they are narrowed to the few sentences that carry the statement's words; where
it pointed nowhere, or to the wrong place, the best sentences of the Documents are sought instead, and have to
agree more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from bot.domain.value import Span
from bot.verify.claims import Claim, Fact, Place, holding
from bot.verify.ground import Ground, Grounds
from bot.verify.senses import Words

MOST_SENTENCES: Final = 4
MOST_WITH_FACTS: Final = 6
FLOOR_POINTED: Final = (
    0.25  # share of the statement's roots that one sentence must hold, where the model named the place
)
FLOOR_SOUGHT: Final = 0.4  # ... where it did not
FLOOR_SAID: Final = 0.2  # share of its roots without the names that all its sentences must hold
FEWEST_ROOTS: Final = 2
WORTH_ADDING: Final = 0.15  # share of the statement's weight that a further sentence must add


def resting_places(claim: Claim, proposed: Sequence[tuple[Ground, Span]], grounds: Grounds) -> list[Place]:
    """The sentences that `claim` rests on, the strongest first; empty where there is no support."""
    pointed = [Place(ground, index) for ground, span in proposed for index in ground.within(span)]
    if claim.is_foreign:
        return _anchored(claim, pointed)
    found = _best(claim, list(dict.fromkeys(pointed)), FLOOR_POINTED, grounds.weights)
    if not _says(claim, found):
        found = _best(claim, _sharing(claim, grounds), FLOOR_SOUGHT, grounds.weights)
    return _with_facts(claim, found, pointed) if _says(claim, found) else []


def _says(claim: Claim, places: Sequence[Place]) -> bool:
    """Whether `places` hold something of what is said, and not only the names of those it is said about."""
    held = frozenset[str]().union(*(place.ground.stems[place.at] for place in places))
    told = claim.stems - claim.named_stems
    if not places or not told or len(told & held) >= FLOOR_SAID * len(told):
        return bool(places)
    around = Words(word for place in places for word in place.words_around)
    reworded = sum(map(around.tell, claim.told)) if claim.is_english else 0
    return reworded > 0 and reworded >= FLOOR_SAID * len(claim.told)


def _best(claim: Claim, candidates: Sequence[Place], floor: float, weights: Mapping[str, float]) -> list[Place]:
    """The fewest sentences that hold most of the statement, taken greedily by what each adds."""
    left = set(claim.stems)
    least = max(floor * len(left), min(FEWEST_ROOTS, len(left)))
    worth = WORTH_ADDING * _weight(left, weights)
    chosen: list[Place] = []
    while left and candidates and len(chosen) < MOST_SENTENCES:
        gains = [_weight(left & place.ground.stems[place.at], weights) for place in candidates]
        best = max(range(len(gains)), key=lambda row: (gains[row], -row))
        held = claim.stems & candidates[best].ground.stems[candidates[best].at]
        if not chosen and len(held) < least:
            return []
        if chosen and gains[best] < worth:
            break
        chosen.append(candidates[best])
        left -= held
    return chosen


def _sharing(claim: Claim, grounds: Iterable[Ground]) -> list[Place]:
    """All sentences that share a root with the statement, furniture left out."""
    return [
        Place(ground, index)
        for ground in grounds
        for index in sorted({index for root in claim.stems for index in ground.holders.get(root, ())})
        if not ground.is_furniture(ground.sentences[index])
    ]


def _with_facts(claim: Claim, found: list[Place], pointed: Sequence[Place]) -> list[Place]:
    """`found` and, for each number or date that does not stand near it, a sentence that tells both."""
    places, named = list(found), frozenset(pointed)
    for fact in claim.nearby_facts:
        if len(places) < MOST_WITH_FACTS and not claim.stands_beside(fact, places):
            extra = _telling(claim, fact, named, found)
            if extra is not None:
                places.append(extra)
    return places


def _telling(claim: Claim, fact: Fact, pointed: frozenset[Place], found: Sequence[Place]) -> Place | None:
    """The sentence that holds `fact` and shares most with the statement; one the model named needs less."""
    grounds = {id(place.ground): place.ground for place in (*pointed, *found)}
    ranked = sorted(
        (
            (place in pointed, len(claim.stems & ground.stems[index]), -index, place)
            for ground in grounds.values()
            for index in holding(fact, ground)
            for place in (Place(ground, index),)
        ),
        key=lambda row: row[:3],
        reverse=True,
    )
    for was_pointed, shared, _, place in ranked:
        if shared >= (FEWEST_ROOTS if was_pointed else FEWEST_ROOTS + 1):
            return place
    return None


def _anchored(claim: Claim, pointed: Sequence[Place]) -> list[Place]:
    """For a statement in another language: the named sentences that share a name or a number with it.

    Where such a language was asked for, most statements share neither: then the named passages themselves serve.
    """
    named = list(dict.fromkeys(pointed))
    held = [place for place in named if claim.stems & place.ground.stems[place.at]][:MOST_SENTENCES]
    found = held or (named[:MOST_SENTENCES] if claim.is_asked_for else [])
    for fact in claim.nearby_facts if found else ():
        if len(found) < MOST_WITH_FACTS and not claim.stands_beside(fact, found):
            found += [place for place in named if claim.stands_beside(fact, [place])][:1]
    return found


def _weight(roots: Iterable[str], weights: Mapping[str, float]) -> float:
    return sum(weights.get(root, 1.0) for root in sorted(roots))
