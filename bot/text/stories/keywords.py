"""Words that a guild asks for or will not have: whole words, whatever their case and accents.

`strike` finds "Strike" and "strike's", not "strikes" or "airstrike"; `strike*` finds "strikes"; several words are
found as they follow each other. In scripts without blanks between words the characters themselves are looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from bot.domain.words import UNSPACED
from bot.text.words import fold

_UNSPACED: Final = re.compile(f"[{UNSPACED}]")
_WORD: Final = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")


class _Word(NamedTuple):
    asked: str  # as the person wrote it
    pattern: re.Pattern[str]


class Keywords:
    """A list of words to look for."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = tuple(_compiled(word) for word in words if _WORD.search(word))

    def __bool__(self) -> bool:
        return bool(self._words)

    def first_in(self, text: str) -> str | None:
        """The first of the words, as it was asked for, that stands in `text`."""
        if not self._words:
            return None
        folded = _folded(text)
        return next((word.asked for word in self._words if word.pattern.search(folded)), None)

    def all_in(self, text: str) -> tuple[str, ...]:
        """All of the words, as they were asked for, that stand in `text`."""
        if not self._words:
            return ()
        folded = _folded(text)
        return tuple(word.asked for word in self._words if word.pattern.search(folded))


@lru_cache(maxsize=4_096)
def _compiled(word: str) -> _Word:
    asked = " ".join(word.split())
    folded = re.escape(_folded(asked.rstrip("*")).strip())
    if _UNSPACED.search(asked):
        return _Word(asked, re.compile(folded))
    return _Word(asked, re.compile(rf"(?<!\S){folded}" + ("" if asked.endswith("*") else r"(?!\S)")))


@lru_cache(maxsize=1_024)
def _folded(text: str) -> str:
    """The folded words of `text` with a blank between each two."""
    return " ".join(fold(match.group()) for match in _WORD.finditer(text))
