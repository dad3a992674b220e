"""Whether a text says a word, or another word for the same thing: "was jailed" where it has "a prison term".

Wider than a root and narrower than a subject. Two words of one row may still differ by a shade; what matters here
is the reverse, that what has no word of its rows anywhere in a text was not told by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from typing import Final

from bot.text.meanings import meaning
from bot.text.words import STOPWORDS, stem
from bot.verify.deeds import ALIKE, DEEDS, VAGUE
from bot.verify.opposites import key
from bot.verify.wording import LIGHT

_SHORTEST: Final = 5  # letters of a root that tell its longer kin: "apolog", "apologetic"


@lru_cache(maxsize=65_536)
def root(word: str) -> str:
    """The root of a folded English word, whichever side of the ocean it is spelled on."""
    return stem(key(word)).replace("z", "s").replace("our", "or")


def _bearers(rows: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """By word: the roots of all words that tell the same."""
    found: dict[str, frozenset[str]] = {}
    for row in rows:
        own, _, _ = row.partition("|")
        roots = frozenset(root(word) for word in row.split() if word != "|")
        for word in own.split():
            found[word] = found.get(word, frozenset()) | roots
    return found


_DEEDS: Final = _bearers(DEEDS)
_ALIKE: Final = _bearers(ALIKE)
_BY_ROOT: Final = {root(word): _ALIKE[word] for word in _ALIKE}


def is_deed(word: str) -> bool:
    """Whether a folded word tells a deed all of whose words are known."""
    return word in _DEEDS


def tells(word: str) -> bool:
    """Whether a folded word claims anything by itself."""
    if word in STOPWORDS or word in LIGHT or word in VAGUE or word.endswith("ly"):
        return False
    return len(word) > 1 and word[0].isalpha()


class Words:
    """The words of a stretch of text, ready to be asked whether they tell a thing."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)

    def tell(self, word: str) -> bool:
        """Whether the folded `word`, a form of it, its longer or shorter kin, or a word for it stands here."""
        own = root(word)
        if own in self._roots or meaning(word) in self._meanings:
            return True
        same = _DEEDS.get(word, frozenset()) | _ALIKE.get(word, _BY_ROOT.get(own, frozenset()))
        return not same.isdisjoint(self._roots) or self._holds_kin(own)

    def _holds_kin(self, own: str) -> bool:
        longer = len(own) >= _SHORTEST and own in self._beginnings
        return longer or any(own[:end] in self._roots for end in range(_SHORTEST, len(own)))

    @cached_property
    def _roots(self) -> frozenset[str]:
        return frozenset(map(root, self._words))

    @cached_property
    def _meanings(self) -> frozenset[str]:
        return frozenset(map(meaning, self._words))

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        return frozenset(own[:end] for own in self._roots for end in range(_SHORTEST, len(own) + 1))
