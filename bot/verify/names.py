"""The proper names in a statement, and whether a Document knows them.

A capital letter in the middle of a sentence is a name. At a sentence's start it tells nothing, so there an
ordinary word passes when the Document uses it or when it is one of those that news sentences begin with; a name
that the Document never mentions does not pass in either place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from bot.domain.value import Span
from bot.text.words import STOPWORDS, fold, folded_words, stem, word_spans
from bot.verify.numbers import MAGNITUDES, SPELLED

_STARTS: Final = re.compile(r"(?:\A|[.!?:;…]['\"”’»)\]]*\s+|[\"“‘«(\[•–—*]\s*|(?:^|\s)-\s*)$")
_RUN: Final = re.compile(r"[A-Z]\w*(?:[\s-](?:(?:of|and|for|the|on|in)\s)*[A-Z]\w*)+")

# Titles that a writer adds by habit; they claim nothing that the name beside them does not.
_HONORIFICS: Final = frozenset({"mr", "mrs", "ms", "miss", "dr", "sir", "herr", "frau", "monsieur"})
_NO_NAMES: Final = STOPWORDS | _HONORIFICS | SPELLED.keys() | MAGNITUDES.keys() | {"i", "i'm", "i'd"}
# Languages that write every noun with a capital letter: only two capitals in a row tell a name there.
_CAPITAL_NOUNS: Final = frozenset({"de", "lb"})

_STARTER_LIST: Final = """
activists additional additionally advocates aid allies amid analysts angry around attackers attacks authorities
business campaigners children cities citizens civilians clashes colleagues communities companies company concerns
countries coverage critics crowds current currently customers data deaths debate defenders demand despite details
diplomats direct doctors dozens earlier early economists emergency employees engineers ever evidence experts
families fans farmers fears fewer fighters fighting figures final finally financial firefighters firms followers
former fresh friends fuel full further future global government governments growing half health heavy help high
higher hospitals hours hundreds immediate increased indeed industry investigators investors key last lawmakers
lawyers leaders leading least legal local long lower major markets meanwhile media members men military ministers
months national negotiations neighbors neighbours neither never nevertheless new news nobody none nothing numbers
observers officers officials older ongoing opponents opposition organisers organizers overall owners parents
participants passengers past patients people plans players police political politicians power president pressure
previous previously prices prosecutors protesters protests public questions readers recent record refugees
regulators relatives remaining reporters reports representatives rescuers research researchers residents results
rising rivals sales schools scientists security senior separate several shares similar small soldiers some
sources spokespeople staff state statistics stocks students studies supporters survivors talks teachers teams
tens tensions tests thousands times top traders travel travelers travellers troops unions users vehicles victims
villagers violence visitors voters warnings weeks witnesses women workers world years young younger
"""
STARTERS: Final = frozenset(_STARTER_LIST.split())

# Names that stand for each other, and peoples whose name is not their country's with an ending.
_SAME_LIST: Final = (
    "us usa america american americans united-states",
    "uk britain british briton britons united-kingdom",
    "un united-nations",
    "eu european-union",
    "uae emirati united-arab-emirates",
    "france french",
    "netherlands dutch holland",
    "greece greek greeks",
    "spain spanish spaniard",
    "switzerland swiss",
    "denmark danish danes",
    "wales welsh",
    "thailand thai",
    "turkey turkish turkiye turks",
    "poland polish poles",
    "ireland irish",
    "scotland scottish scots",
    "england english",
    "sweden swedish swedes",
    "finland finnish finns",
    "philippines filipino filipinos",
    "china chinese",
    "germany german germans",
    "portugal portuguese",
    "ukraine ukrainian ukrainians",
    "norway norwegian norwegians",
    "iceland icelandic",
    "cyprus cypriot",
    "peru peruvian",
    "czechia czech czechs",
    "hungary hungarian",
    "myanmar burma burmese",
)
_SAME: Final = {
    part: frozenset(group.split()) for group in _SAME_LIST for name in group.split() for part in name.split("-")
}


class Name(NamedTuple):
    """A capitalised word. `leading` says that its place alone would have given it the capital."""

    span: Span
    word: str
    leading: bool


def names(text: str, language: str = "en") -> list[Name]:
    """The words of `text` that are written as names, in order."""
    found = [name for name in _capitalised(text) if fold(name.word) not in _NO_NAMES]
    if language in _CAPITAL_NOUNS:
        ends = {name.span.end for name in found}
        starts = {name.span.start for name in found}
        return [name for name in found if name.span.start - 1 in ends or name.span.end + 1 in starts]
    return found


def _capitalised(text: str) -> Iterator[Name]:
    for span in word_spans(text):
        word = span.of(text)
        if not any(map(str.isupper, word)) or word[0].isdecimal():
            continue
        usual = word[0].isupper() and word[1:] == word[1:].lower()
        yield Name(
            span,
            word,
            usual and bool(_STARTS.search(text[max(0, span.start - 6) : span.start])),
        )


@dataclass(frozen=True)
class KnownWords:
    """Every word of a Document, ready to be asked for a name."""

    text: str

    @cached_property
    def words(self) -> frozenset[str]:
        """All words, folded."""
        return frozenset(folded_words(self.text))

    @cached_property
    def stems(self) -> frozenset[str]:
        """Their roots."""
        return frozenset(map(stem, self.words))

    @cached_property
    def named(self) -> frozenset[str]:
        """The words that the Document writes with a capital letter, folded."""
        return frozenset(fold(name.word) for name in _capitalised(self.text))

    @cached_property
    def relatives(self) -> frozenset[str]:
        """The peoples of the places named, and the places of the peoples: "Afghan" for "Afghanistan"."""
        return frozenset(kin for word in self.named if len(word) > 3 for kin in _kin(word))

    @cached_property
    def initials(self) -> frozenset[str]:
        """Initials of the names of several words: "un" for "United Nations"."""
        found: set[str] = set()
        for run in _RUN.finditer(self.text):
            letters = "".join(word[0] for word in re.split(r"[\s-]+", run[0]) if word[0].isupper()).lower()[:12]
            found |= {letters[i:j] for i in range(len(letters)) for j in range(i + 2, len(letters) + 1)}
        return frozenset(found)

    def knows(self, name: Name) -> bool:
        """Whether the Document mentions the word of `name`, perhaps with another ending."""
        word = fold(name.word)
        if word in self.words or word in self.relatives:
            return True
        if len(word) > 3 and any(kin in self.named for kin in _kin(word)):
            return True
        if any(self._writes(same) for same in _SAME.get(word, ())):
            return True
        if name.word.replace(".", "").isupper() and word in self.initials:
            return True
        return name.leading and (word in STARTERS or stem(word) in self.stems)

    def _writes(self, name: str) -> bool:
        return all(part in self.named for part in name.split("-"))


def _kin(word: str) -> Iterator[str]:
    """Spellings of one place or people: country, people, language, plural."""
    yield from (
        word + ending for ending in ("n", "an", "ian", "i", "ese", "s", "ns", "ans", "ians", "is", "istan")
    )
    if word[-1] in "aeyo" and len(word) > 4:
        yield from (word[:-1] + ending for ending in ("an", "ian", "ese", "ans", "ians"))
    for ending in ("istan", "s"):
        if word.endswith(ending) and len(word) - len(ending) > 3:
            yield word[: -len(ending)]
