"""Which items tell the same event: tf-idf over titles and summaries, found through an inverted index.

Comparing all pairs of 3,000 items would be 4.5 million comparisons. Only items that share two of their weightiest
words are compared, which news of one event always do. Names and numbers weigh more than other words, and items
that each name somebody but nobody in common are two events, however alike their sentences are ("Quake shakes
Chile", "Quake shakes Peru").
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations
from typing import Final

from bot.domain.feed import FeedItem
from bot.text.stories.terms import Terms, terms_of

SAME_EVENT: Final = 0.30  # cosine of two items, or of two groups of items
SAME_OUTLET: Final = 0.62  # of two items of one feed: it seldom tells a story twice, and often a similar one
NEIGHBOUR: Final = 0.16  # of two stories on one subject
APART: Final = timedelta(hours=72)
INDEX_TERMS: Final = 10  # of an item, its weightiest
COMMON: Final = 60  # items that share a word; a commoner one finds no pairs
IDF_PRIOR: Final = 200  # as if that many other items were known: keeps few items from making every word rare

Vector = dict[str, float]


@dataclass(frozen=True, slots=True)
class Clustering:
    """`groups` hold indexes of the items given, each group and the groups themselves in the items' order."""

    groups: tuple[tuple[int, ...], ...]
    vectors: tuple[Vector, ...]  # one a group, of length 1

    def likeness(self, first: int, second: int) -> float:
        """How near two groups are in subject, 0 to 1; from NEIGHBOUR on a reader would say "that again"."""
        return _cosine(self.vectors[first], self.vectors[second])


def clustered(items: Sequence[FeedItem]) -> Clustering:
    """The items grouped by event. 3,000 items take some 0.3 s."""
    terms = [terms_of(item.title, item.summary) for item in items]
    vectors = _vectors(terms)
    pairs = []
    for first, second in _candidates(terms, vectors):
        likeness = _same_event(items, terms, vectors, first, second)
        if likeness:
            pairs.append((-likeness, first, second))
    return _merged(sorted(pairs), vectors)


def _vectors(terms: Sequence[Terms]) -> list[Vector]:
    spread = Counter(term for each in terms for term in each.weights)
    total = len(terms) + IDF_PRIOR
    return [
        _unit({term: weight * math.log(total / (1 + spread[term])) for term, weight in each.weights.items()})
        for each in terms
    ]


def _candidates(terms: Sequence[Terms], vectors: Sequence[Vector]) -> Iterator[tuple[int, int]]:
    """Pairs that share at least two weighty words, or a title."""
    index: dict[str, list[int]] = defaultdict(list)
    titles: dict[frozenset[str], list[int]] = defaultdict(list)
    for number, vector in enumerate(vectors):
        for term in sorted(vector, key=lambda term: (-vector[term], term))[:INDEX_TERMS]:
            index[term].append(number)
        titles[terms[number].title].append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in index.values():
        if len(numbers) <= COMMON:
            shared.update(combinations(numbers, 2))
    found = {pair for pair, count in shared.items() if count >= 2}
    for numbers in titles.values():  # the same headline many times: each with the first is enough
        found |= {(numbers[0], other) for other in numbers[1:]}
    yield from sorted(found)


def _same_event(
    items: Sequence[FeedItem], terms: Sequence[Terms], vectors: Sequence[Vector], first: int, second: int
) -> float:
    """How alike the two are where they tell one event, else 0."""
    one, other = terms[first], terms[second]
    if _apart(items[first], items[second]):
        return 0.0
    if one.has_headline_of(other):
        return 1.0
    if one.names and other.names and not one.names & other.names:
        return 0.0
    likeness = _cosine(vectors[first], vectors[second])
    least = SAME_OUTLET if items[first].feed == items[second].feed else SAME_EVENT
    return likeness if likeness >= least else 0.0


def _apart(first: FeedItem, second: FeedItem) -> bool:
    one, other = first.moment, second.moment
    return one is not None and other is not None and abs(one - other) > APART


def _merged(pairs: Sequence[tuple[float, int, int]], vectors: Sequence[Vector]) -> Clustering:
    """Likest first; groups join only where they are alike as wholes, so that no chain runs from event to event."""
    group_of = list(range(len(vectors)))
    members = {number: [number] for number in range(len(vectors))}
    sums: dict[int, Vector] = dict(enumerate(vectors))
    for likeness, first, second in pairs:
        one, other = sorted((group_of[first], group_of[second]))
        if one == other:
            continue
        if likeness > -1.0 and _cosine(_unit(sums[one]), _unit(sums[other])) < SAME_EVENT:
            continue
        sums[one] = _sum(sums[one], sums.pop(other))
        moved = members.pop(other)
        members[one] += moved
        for number in moved:
            group_of[number] = one
    order = sorted(members)
    return Clustering(
        groups=tuple(tuple(sorted(members[number])) for number in order),
        vectors=tuple(_unit(sums[number]) for number in order),
    )


def _sum(one: Vector, other: Vector) -> Vector:
    total = dict(one)
    for term, weight in other.items():
        total[term] = total.get(term, 0.0) + weight
    return total


def _unit(vector: Vector) -> Vector:
    length = math.sqrt(sum(weight * weight for weight in vector.values()))
    return {term: weight / length for term, weight in vector.items()} if length else {}


def _cosine(one: Vector, other: Vector) -> float:
    if len(one) > len(other):
        one, other = other, one
    return sum(weight * other[term] for term, weight in one.items() if term in other)
