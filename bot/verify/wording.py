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

from bot.text.words import STOPWORDS, fold, stem, word_spans
from bot.verify.opposites import (
    COMING,
    DENYING,
    NEGATIVE,
    NEGATIVE_PREFIX,
    NEGATORS,
    OPEN,
    PLANNED,
    SOFT,
    TURNING,
    key,
)

_REACH: Final = 6  # words between a cue and what it turns
_SHADE: Final = 5  # words between a "not" and a word that it may be meant for
_FAR: Final = 12  # the same for one that turns its whole sentence
_OF_ALL: Final = frozenset({"no", "none", "neither", "nobody", "nothing", "nor", "few", "never", "without"})
_BEHIND: Final = 2  # and where it stands behind the word: "has seen nothing"
_BREAK: Final = re.compile(r"[.,;:!?—–()“”\"]|\s-\s")
# Empty of meaning of their own: what is denied or left open stands behind them.
_LIGHT_LIST: Final = """
be been being have had having get got go going make made take taken do done doing even yet also just only longer
able immediately long much
"""
LIGHT: Final = frozenset(_LIGHT_LIST.split())

SPEECH: Final = frozenset({"say", "tell"})  # ordinary beside a statement, but they can be denied
_BARE_DENIALS: Final = frozenset({"not", "never"})
_AFFIRMED: Final = {"won't": "will", "can't": "can", "cannot": "can", "shan't": "shall"}
_NO_DENIAL: Final = frozenset({("only",), ("just",), ("doubt",), ("more",), ("less",), ("until",), ("since",)})
_Turns = Callable[[tuple[str, ...], int], int | None]  # where what is turned begins, where a word turns anything


@dataclass(frozen=True)
class Wording:
    """The words of one sentence, folded, and their keys.

    `breaks` are the positions before which a clause ends, `named` those of words that a capital makes a name.
    """

    words: tuple[str, ...]
    keys: tuple[str, ...]
    breaks: frozenset[int]
    named: frozenset[int]

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
        return dict(self._heads(lambda words, at: at + 1 if words[at] in DENYING else None))

    @cached_property
    def open(self) -> dict[int, int]:
        """The same for what may be, is planned, or is said of somebody as an accusation."""
        return dict(self._heads(_leaves_open))

    @cached_property
    def ahead(self) -> dict[int, int]:
        """The same for what may be, is planned, or will be."""
        return dict(self._heads(_lies_ahead))

    @cached_property
    def is_soft(self) -> bool:
        """Whether anything in the sentence leaves its matter open, or gives it an owner."""
        return any(word in SOFT or stem(word) in SOFT for word in self.words)

    @cached_property
    def undenied(self) -> tuple[tuple[str, ...], tuple[int, ...]]:
        """The words without any "not", and before which of them one stood."""
        words: list[str] = []
        denials: list[int] = []
        for word in self.words:
            if word in _BARE_DENIALS or word.endswith("n't"):
                denials.append(len(words))
            if word not in _BARE_DENIALS:
                words.append(_AFFIRMED.get(word, word.removesuffix("n't")))
        return tuple(words), tuple(denials)

    @cached_property
    def negative(self) -> tuple[int, ...]:
        """The positions of all words that may be a way to say "not"."""
        return tuple(at for at in range(len(self.words)) if self._is_negative(at))

    def is_telling(self, at: int) -> bool:
        """Whether the word carries meaning by itself."""
        word = self.words[at]
        return word not in STOPWORDS and word not in LIGHT and (len(word) > 1 or word.isdigit())

    def places(self, sought: str) -> list[int]:
        """Where a key stands."""
        return [at for at, own in enumerate(self.keys) if own == sought]

    def is_shaded(self, at: int) -> bool:
        """Whether a word that may be a way to say "not" stands where it may be meant for the word at `at`."""
        return any(
            -_BEHIND <= at - negative <= (_FAR if self.words[negative] in _OF_ALL else _SHADE)
            for negative in self.negative
        )

    def next_telling(self, at: int) -> str | None:
        """The key of the first telling word behind `at`, inside its clause."""
        for other in range(at + 1, min(len(self.words), at + 1 + _REACH)):
            if other in self.breaks:
                return None
            if self.is_telling(other):
                return self.keys[other]
        return None

    def around(self, at: int, reach: int) -> frozenset[str]:
        """The keys of the telling words within `reach` words of `at`, its own left out."""
        near = range(max(0, at - reach), min(len(self.words), at + reach + 1))
        return frozenset(self.keys[other] for other in near if other != at and self.is_telling(other))

    def _is_head(self, at: int) -> bool:
        return self.is_telling(at) or self.keys[at] in SPEECH

    def _is_negative(self, at: int) -> bool:
        word = self.words[at]
        if word.endswith("n't") or word in NEGATIVE or stem(word) in NEGATIVE:
            return True
        return len(word) > 5 and NEGATIVE_PREFIX.match(word) is not None

    def _heads(self, turns: _Turns) -> Iterator[tuple[int, int]]:
        for at in range(len(self.words)):
            start = turns(self.words, at)
            if start is not None and (head := self._first_told(start, at + 1 + _REACH)) is not None:
                yield head, at

    def _first_told(self, start: int, stop: int) -> int | None:
        for at in range(start, min(len(self.words), stop)):
            if at in self.breaks:
                return None
            if at not in self.named and self._is_head(at) and not self.words[at].endswith("ly"):
                return at
        return None


@lru_cache(maxsize=4_096)
def wording(text: str) -> Wording:
    """The Wording of one cleaned sentence."""
    spans = list(word_spans(text))
    words = tuple(fold(span.of(text)) for span in spans)
    breaks = frozenset(
        at for at in range(1, len(spans)) if _BREAK.search(text, spans[at - 1].end, spans[at].start)
    )
    named = frozenset(at for at in range(1, len(spans)) if at not in breaks and text[spans[at].start].isupper())
    return Wording(words, tuple(map(key, words)), breaks, named)


def _denies(words: tuple[str, ...], at: int) -> int | None:
    word, after = words[at], words[at + 1 : at + 2]
    if word == "no" and after and after[0].isdigit():  # "No. 4"
        return None
    if word in {"not", "no"} and after in _NO_DENIAL:
        return None
    return at + 1 if word in NEGATORS or word.endswith("n't") or word in TURNING else None


def _lies_ahead(words: tuple[str, ...], at: int) -> int | None:
    if words[at] in COMING:
        return at + 1
    return _leaves_open(words, at) if words[at] in PLANNED else None


def _leaves_open(words: tuple[str, ...], at: int) -> int | None:
    after = OPEN.get(words[at])
    if not after:
        return None if after is None else at + 1
    return next((place + 1 for place in range(at + 1, at + 5) if words[place : place + 1] == (after,)), None)
