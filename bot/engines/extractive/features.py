"""What is seen of a sentence when its weight is guessed: the columns of the table in `ranking`.

Every feature is a number of about 0 to 1, so that the weights can be read. The order of `FEATURES` is the order
of the columns.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from math import log, sqrt
from typing import Final

from bot.engines.extractive.candidates import LINKS, POINTS_BACK, Candidate
from bot.text.words import content_stems

FEATURES: Final = (
    "first",  # opens the article
    "second",
    "third",
    "early",  # 1 / (1 + position)
    "late",  # position as a share of the article
    "central",  # mean likeness to the other sentences
    "lead_like",  # likeness to the first two sentences
    "frequent",  # mean share of sentences that hold its roots
    "title_like",  # share of the title's roots that it holds
    "short",  # fewer than ten words
    "long",  # words beyond thirty
    "length",  # words, up to thirty
    "names",  # share of words with a capital letter
    "figures",  # holds a number
    "quoted",  # share of its characters between quotation marks
    "asks",  # a question
    "personal",  # I, we, you outside of marks
    "pronoun",  # opens with a word that points back
    "linked",  # opens with but, and, so, however
    "attributed",  # says who said it
)

_QUOTED: Final = re.compile(r"[“\"][^”\"]*[”\"]")
_FIGURE: Final = re.compile(r"\d")
_PERSONAL: Final = frozenset(
    {"i", "we", "my", "our", "you", "your", "me", "us", "i'm", "we're", "i've", "you're", "let's"}
)
_SAYS: Final = frozenset({"said", "says", "told", "added", "according", "tweeted", "wrote", "explained", "noted"})

Vector = dict[str, float]


class Likeness:
    """Cosine likeness of sentences by their roots, the rarer roots weighing more."""

    def __init__(self, groups: Sequence[frozenset[str]]) -> None:
        self._count = len(groups)
        self._seen = Counter(root for roots in groups for root in roots)
        self.vectors = [self._vector(roots) for roots in groups]
        self._sum: Vector = {}
        for vector in self.vectors:
            for root, weight in vector.items():
                self._sum[root] = self._sum.get(root, 0.0) + weight

    def central(self, index: int) -> float:
        """Mean likeness of one sentence to all others."""
        vector = self.vectors[index]
        whole = sum(weight * self._sum[root] for root, weight in vector.items())
        own = sum(weight * weight for weight in vector.values())
        return (whole - own) / max(1, self._count - 1)

    def between(self, one: int, other: int) -> float:
        """Likeness of two sentences, 0 to 1."""
        return dot(self.vectors[one], self.vectors[other])

    def frequency(self, roots: Iterable[str]) -> float:
        """Mean share of the sentences that hold the roots."""
        shares = [self._seen[root] / self._count for root in roots]
        return sum(shares) / len(shares) if shares else 0.0

    def _vector(self, roots: frozenset[str]) -> Vector:
        raw = {root: log(1 + self._count / self._seen[root]) for root in sorted(roots)}
        norm = sqrt(sum(weight * weight for weight in raw.values())) or 1.0
        return {root: weight / norm for root, weight in raw.items()}


def dot(one: Vector, other: Vector) -> float:
    """Product of two vectors."""
    if len(other) < len(one):
        one, other = other, one
    return sum(weight * other.get(root, 0.0) for root, weight in one.items())


def describe(group: Sequence[Candidate], likeness: Likeness, offset: int) -> list[tuple[float, ...]]:
    """The features of each Candidate of one Document; `offset` is its first row in `likeness`."""
    title = frozenset(content_stems(group[0].document.title or "")) if group else frozenset()
    return [_row(candidate, offset, likeness, title, len(group)) for candidate in group]


def _row(
    candidate: Candidate, offset: int, likeness: Likeness, title: frozenset[str], count: int
) -> tuple[float, ...]:
    position, words, text = candidate.position, candidate.words, candidate.text
    index = offset + position
    outside = _QUOTED.sub(" ", text)
    opening = words[0] if words else ""
    heads = [likeness.between(index, offset + head) for head in range(min(2, count)) if head != position]
    capitals = sum(word[:1].isupper() for word in text.split()[1:])
    return (
        float(position == 0),
        float(position == 1),
        float(position == 2),
        1 / (1 + position),
        position / max(1, count - 1),
        likeness.central(index),
        max(heads, default=0.0),
        likeness.frequency(candidate.stems),
        len(title & candidate.stems) / len(title) if title else 0.0,
        float(len(words) < 10),
        max(0, len(words) - 30) / 30,
        min(len(words), 30) / 30,
        capitals / max(1, len(words)),
        float(bool(_FIGURE.search(text))),
        1 - len(outside.replace(" ", "")) / max(1, len(text.replace(" ", ""))),
        float(text.rstrip("\"'”’)").endswith("?")),
        float(any(word in _PERSONAL for word in outside.casefold().split())),
        float(opening in POINTS_BACK),
        float(opening in LINKS),
        float(any(word in _SAYS for word in words)),
    )
