"""A sentence as a row of words, and what of it stands under a "not" or a "may".

No grammar is parsed. A word that turns what follows reaches as far as the first telling word behind it, inside
its clause: in "did not, officials said, sign the treaty" nobody finds it, and then nobody is accused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from bot.text.words import STOPWORDS, fold, word_spans
from bot.verify.opposites import DENYING, NEGATIVE, NEGATIVE_PREFIXES, NEGATORS, OPEN, SOFT, TURNING, key

_REACH: Final = 6  # words between a cue and what it turns
_BREAK: Final = re.compile(r"[.,;:!?—–()“”\"]|\s-\s")
# Empty of meaning of their own: what is denied or left open stands behind them.
_LIGHT_LIST: Final = """
be been being have had having get got go going make made take taken do done doing even yet also just only longer
able immediately long much
"""
_LIGHT: Final = frozenset(_LIGHT_LIST.split())

_Turns = Callable[[tuple[str, ...], int], bool]


@dataclass(frozen=True)
class Wording:
    """The words of one sentence, folded, and their keys; `breaks` are the positions before which a clause ends."""

    words: tuple[str, ...]
    keys: tuple[str, ...]
    breaks: frozenset[int]

    @cached_property
    def told(self) -> frozenset[str]:
        """The keys of all telling words."""
        return frozenset(self.keys[at] for at in range(len(self.words)) if self.is_telling(at))

    @cached_property
    def denied(self) -> dict[int, int]:
        """The positions of the words that the sentence says are not so, each with that of what denies it."""
        return dict(self._heads(_denies))

    @cached_property
    def disowned(self) -> dict[int, int]:
        """The same for what somebody denies."""
        return dict(self._heads(lambda words, at: words[at] in DENYING))

    @cached_property
    def open(self) -> dict[int, int]:
        """The same for what may be, is planned, or is said of somebody as an accusation."""
        return dict(self._heads(_leaves_open))

    @cached_property
    def is_soft(self) -> bool:
        """Whether anything in the sentence leaves its matter open, or gives it an owner."""
        return any(key in SOFT or word in SOFT for key, word in zip(self.keys, self.words, strict=True))

    @cached_property
    def negative(self) -> tuple[int, ...]:
        """The positions of all words that may be a way to say "not"."""
        return tuple(at for at in range(len(self.words)) if self._is_negative(at))

    def is_telling(self, at: int) -> bool:
        """Whether the word carries meaning by itself."""
        word = self.words[at]
        return word not in STOPWORDS and word not in _LIGHT and (len(word) > 1 or word.isdigit())

    def places(self, sought: str) -> list[int]:
        """Where a key stands."""
        return [at for at, own in enumerate(self.keys) if own == sought]

    def around(self, at: int, reach: int) -> frozenset[str]:
        """The keys of the telling words within `reach` words of `at`, its own left out."""
        near = range(max(0, at - reach), min(len(self.words), at + reach + 1))
        return frozenset(self.keys[other] for other in near if other != at and self.is_telling(other))

    def _is_negative(self, at: int) -> bool:
        word = self.words[at]
        if word.endswith("n't") or word in NEGATIVE or self.keys[at] in NEGATIVE:
            return True
        return len(word) > 5 and word.startswith(NEGATIVE_PREFIXES)

    def _heads(self, turns: _Turns) -> Iterator[tuple[int, int]]:
        for at in range(len(self.words)):
            if turns(self.words, at):
                for head in range(at + 1, min(len(self.words), at + 1 + _REACH)):
                    if head in self.breaks:
                        break
                    if self.is_telling(head) and not self.words[head].endswith("ly"):
                        yield head, at
                        break


@lru_cache(maxsize=4_096)
def wording(text: str) -> Wording:
    """The Wording of one cleaned sentence."""
    spans = list(word_spans(text))
    words = tuple(fold(span.of(text)) for span in spans)
    breaks = frozenset(
        at for at in range(1, len(spans)) if _BREAK.search(text, spans[at - 1].end, spans[at].start)
    )
    return Wording(words, tuple(map(key, words)), breaks)


def _denies(words: tuple[str, ...], at: int) -> bool:
    word = words[at]
    if word == "no" and words[at + 1 : at + 2] and words[at + 1].isdigit():  # "No. 4"
        return False
    if word in {"not", "no"} and words[at + 1 : at + 2] in {("only",), ("just",), ("doubt",)}:
        return False
    return word in NEGATORS or word.endswith("n't") or word in TURNING


def _leaves_open(words: tuple[str, ...], at: int) -> bool:
    after = OPEN.get(words[at])
    return after is not None and (not after or after in words[at + 1 : at + 3])
