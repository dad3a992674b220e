"""The proper names in a statement, and whether a Document knows them.

A capital letter in the middle of a sentence is a name. At a sentence's start it tells nothing, so there an
ordinary word passes when the Document uses it or when it is one of those that news sentences begin with; a name
that the Document never mentions does not pass in either place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final, NamedTuple

from bot.domain.value import Span
from bot.text.speech.lexicon import ORGANISATION_HEADS, TITLES
from bot.text.speech.names import FEMALE, MALE
from bot.text.words import STOPWORDS, fold, folded_words, stem, word_spans
from bot.verify.lexicon import SAME, STARTERS
from bot.verify.numbers import MAGNITUDES, SPELLED

_STARTS: Final = re.compile(r"(?:\A|[.!?:;…]['\"”’»)\]]*\s+|[\"“‘«(\[•–—*]\s*|(?:^|\s)-\s*)$")
_JOINS: Final = re.compile(r"[\s.'’-]{1,3}(?:(?:of|for|the|and|de|la|van|von|bin|al)[\s-]){0,3}")
_BODIES: Final = ORGANISATION_HEADS - {"white", "fox"}  # two that people are called, too
_LONGEST_NAME: Final = 8  # words
_RUN: Final = re.compile(r"[A-Z]\w*(?:[\s-](?:(?:of|and|for|the|on|in)\s)*[A-Z]\w*)+")

# Titles that a writer adds by habit; they claim nothing that the name beside them does not.
_HONORIFICS: Final = frozenset({"mr", "mrs", "ms", "miss", "dr", "sir", "herr", "frau", "monsieur"})
_NO_NAMES: Final = STOPWORDS | _HONORIFICS | SPELLED.keys() | MAGNITUDES.keys() | {"i", "i'm", "i'd"}
# First names that are words, too: before another name they are names, whatever else the Document uses them for.
_GIVEN_LIST: Final = """
amber angel april art autumn bill bob brook carol chase christian cliff crystal daisy dale dawn dean destiny
dick drew earl faith florence frank gene ginger glen grace grant guy hazel heather holly hope hunter iris ivy
jack jade jean jewel jimmy joy june lance lane lily major mark mary max may melody mercy miles olive pat
patience peg penny pierce poppy ray reed rich rob robin rock rose ruby rusty sandy skip sky spike stew sue
summer violet wade ward will willow woody
"""
_GIVEN: Final = frozenset(_GIVEN_LIST.split())
# Last names that were trades: alone before a verb nobody means the trade.
_TRADE_LIST: Final = """
archer baker barker barber bowler butler carpenter carter carver chandler coleman cooper cutler draper dyer
falconer fielding fisher fletcher forester forster foster fowler fuller gardner glover harper hooper hunter
keeler manning marshall mason mercer miller palmer parker piper porter potter reader rider sawyer shearer singer
skinner slater spicer tanner taylor thatcher tucker turner tyler walker waller weaver webster wheeler whistler
"""
_TRADES: Final = frozenset(_TRADE_LIST.split())
# Languages that write every noun with a capital letter: only two capitals in a row tell a name there.
_CAPITAL_NOUNS: Final = frozenset({"de", "lb"})


class Name(NamedTuple):
    """A capitalised word. `leading` says that its place alone would have given it the capital."""

    span: Span
    word: str
    leading: bool


class FullName(NamedTuple):
    """Two names side by side: a first and a last name, a title and a name, two parts of a place."""

    first: Name
    second: Name

    @property
    def span(self) -> Span:
        """Both."""
        return Span(self.first.span.start, self.second.span.end)


def full_names(text: str, found: Sequence[Name]) -> list[FullName]:
    """The names of `found` that stand side by side, two by two."""
    return [
        FullName(first, second)
        for first, second in pairwise(found)
        if text[first.span.end : second.span.start] in {" ", "-"} and not first.word.endswith(("'s", "’s"))
    ]


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
    def _written_large(self) -> Sequence[Name]:
        return list(_capitalised(self.text))

    @cached_property
    def named(self) -> frozenset[str]:
        """The words that the Document writes with a capital letter, folded."""
        return frozenset(fold(name.word) for name in self._written_large)

    @cached_property
    def common(self) -> frozenset[str]:
        """The words that the Document writes in small letters, folded."""
        return frozenset(
            fold(word) for span in word_spans(self.text) if (word := span.of(self.text)) == word.lower()
        )

    @cached_property
    def _common_stems(self) -> frozenset[str]:
        return frozenset(map(stem, self.common))

    def names_only(self, name: Name) -> bool:
        """Whether the Document writes the word of `name`, or its people's or place's, and only as a name."""
        word = fold(name.word)
        return word not in self.common and (word in self.named or word in self.relatives)

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

    @cached_property
    def _neighbours(self) -> tuple[dict[str, set[str]], dict[str, set[str]], frozenset[tuple[str, str]]]:
        """Who is named right after whom, who right before whom, and which two words stand in one long name."""
        found = self._written_large
        after: dict[str, set[str]] = {}
        before: dict[str, set[str]] = {}
        for first, second in full_names(self.text, found):
            after.setdefault(fold(first.word), set()).add(fold(second.word))
            before.setdefault(fold(second.word), set()).add(fold(first.word))
        together: set[tuple[str, str]] = set()
        run: list[str] = []
        end = 0
        for name in found:
            joined = bool(run) and _JOINS.fullmatch(self.text, end, name.span.start)
            run = [*run[-_LONGEST_NAME:], fold(name.word)] if joined else [fold(name.word)]
            end = name.span.end
            together |= {(word, run[-1]) for word in run[:-1]}
        return after, before, frozenset(together)

    @cached_property
    def _people(self) -> dict[str, frozenset[str]]:
        """By each word of a person's full name: all words of the names that it stands in."""
        found: dict[str, frozenset[str]] = {}
        for name in _people_of(self.text, self._written_large):
            for word in name:
                found[word] = found.get(word, frozenset()) | name
        return found

    def person(self, words: Iterable[str]) -> frozenset[str]:
        """All words of the names of the people whom `words` may name; empty where they do not surely name one."""
        own = [word for word in map(fold, words) if len(word) > 1 and word not in TITLES]
        if any(word not in self._people for word in own):
            return frozenset()
        return frozenset[str]().union(*(self._people[word] for word in own))

    def confuses(self, name: FullName) -> bool:
        """Whether the two words of one name belong to two names in the Document.

        "Joe Blinken" is one, where the text has Joe Biden and Antony Blinken; "Rose Biden" is another, where
        prices rose.
        """
        one, other = fold(name.first.word), fold(name.second.word)
        if one in _GIVEN and one not in self.named:
            return True
        after, before, together = self._neighbours
        return (one, other) not in together and bool(after.get(one)) and bool(before.get(other, set()) - {one})

    def knows(self, name: Name) -> bool:
        """Whether the Document mentions the word of `name`, perhaps with another ending."""
        word = fold(name.word)
        if word in self.words or word in self.relatives:
            return True
        if len(word) > 3 and any(kin in self.named for kin in _kin(word)):
            return True
        if any(self._writes(same) for same in SAME.get(word, ())):
            return True
        if name.word.replace(".", "").isupper() and word in self.initials:
            return True
        return name.leading and (word in STARTERS or self._opens_with(word))

    def _opens_with(self, word: str) -> bool:
        """Whether a sentence's first word may be a form of one that the Document writes in small letters.

        Parker is nobody who parks.
        """
        return word not in _TRADES and stem(word) in self._common_stems

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


def _people_of(text: str, found: Sequence[Name]) -> Iterator[frozenset[str]]:
    """The words of each full name that begins with a given name, folded."""
    run: list[str] = []
    end = 0
    for name in found:
        word = fold(name.word)
        gap = text[end : name.span.start]
        joined = gap in {" ", "-"} or (gap == ". " and bool(run) and len(run[-1]) == 1)
        if not joined or (len(run) > 1 and (word in MALE or word in FEMALE)):
            yield from _person(run)
            run = []
        if run or word in MALE or word in FEMALE:
            run.append(word)
        end = name.span.end if not name.word.endswith(("'s", "’s")) else -1
    yield from _person(run)


def _person(run: Sequence[str]) -> Iterator[frozenset[str]]:
    words = frozenset(word for word in run if len(word) > 1)
    if len(words) > 1 and run[-1] not in _BODIES:
        yield words
