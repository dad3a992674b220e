"""Which sentences say most of an article in few words.

Each Candidate's features are weighed, then sentences are taken one by one, those that repeat a taken one losing
weight, until the summary is as long as an article of that length deserves.

The weights were fitted by ridge regression, on 500 news articles with human summaries, to the overlap (ROUGE-1
and -2 F) of each sentence with its summary. In five-fold cross-validation the choice reached R1/R2/RLsum
30.7/11.5/26.9; the first three sentences reach 29.0/11.1/25.8 there. `title_like` and `asks` had nothing to
learn from in that set and were set by hand; `quoted` was lowered by hand, since quotes have their own section.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.engines.extractive.candidates import Candidate
from bot.engines.extractive.features import FEATURES, Likeness, describe

WEIGHTS: Final[dict[str, float]] = {
    "first": 0.043,
    "second": 0.067,
    "third": 0.025,
    "early": 0.108,
    "late": -0.008,
    "central": 0.261,
    "lead_like": 0.199,
    "frequent": 0.508,
    "title_like": 0.100,
    "short": -0.039,
    "long": -0.019,
    "length": 0.122,
    "names": 0.069,
    "figures": 0.020,
    "quoted": -0.250,
    "asks": -0.050,
    "personal": -0.004,
    "pronoun": -0.006,
    "linked": -0.011,
    "attributed": 0.001,
}
SAME_SENTENCE: Final = 0.7  # share of roots in common that makes a sentence a copy
REPEATING: Final = 0.2  # what full likeness to a chosen sentence costs
DANGLING: Final = 0.1  # what it costs to point back to a sentence that is not shown

LEAST_WORDS, MOST_WORDS = 30, 120
BASE_WORDS: Final = 10
WORDS_PER_WORD: Final = 1 / 30  # words of summary for each word of the articles
WORDS_PER_POINT: Final = 350  # a long article has several things to say, however long its first sentence is


class Ranking:
    """The Candidates of all Documents, scored once, chosen from as often as sections ask."""

    def __init__(self, groups: Sequence[Sequence[Candidate]]) -> None:
        self.candidates = [candidate for group in groups for candidate in group]
        self.likeness = Likeness([candidate.stems for candidate in self.candidates])
        self.scores: list[float] = []
        for group in groups:
            rows = describe(group, self.likeness, len(self.scores))
            self.scores += [score(row) for row in rows]

    def choose(self, most: int, *, but: frozenset[int] = frozenset(), scale: float = 1.0) -> list[int]:
        """Up to `most` positions in `candidates`, in reading order, none of them in `but`.

        `scale`: how much more or less is to be told than an article of that length deserves.
        """
        chosen: list[int] = []
        left = [index for index in range(len(self.candidates)) if index not in but]
        nearest = dict.fromkeys(left, 0.0)
        words, (least, budget) = 0, self._size(scale)
        while left and len(chosen) < most and (len(chosen) < least or words < budget):
            best = max(left, key=lambda index: (self._worth(index, nearest[index], chosen), -index))
            chosen.append(best)
            left = [index for index in left if index != best and not self._repeats(index, best)]
            words += len(self.candidates[best].words)
            for index in left:
                nearest[index] = max(nearest[index], self.likeness.between(index, best))
        return sorted(chosen)

    def _repeats(self, index: int, chosen: int) -> bool:
        one, other = self.candidates[index].stems, self.candidates[chosen].stems
        return len(one & other) >= SAME_SENTENCE * len(one | other)

    def _size(self, scale: float) -> tuple[int, float]:
        """How many points, at least, and about how many words the articles deserve."""
        words = sum(len(candidate.words) for candidate in self.candidates)
        deserved = min(MOST_WORDS, max(LEAST_WORDS, BASE_WORDS + words * WORDS_PER_WORD))
        return max(1, int((1 + words // WORDS_PER_POINT) * scale)), deserved * scale

    def _worth(self, index: int, likeness: float, chosen: Sequence[int]) -> float:
        candidate = self.candidates[index]
        dangles = candidate.points_back and index - 1 not in chosen
        return self.scores[index] - REPEATING * likeness - DANGLING * dangles


def score(row: Sequence[float]) -> float:
    """The weighted sum of one row of features."""
    return sum(WEIGHTS[name] * value for name, value in zip(FEATURES, row, strict=True))
