"""Where sources differ: figures for the same thing that do not agree between two tellings of one event.

No model is asked. A figure is compared only with one for the same thing (the dead, the injured, homes, per cent of
voters ...), and only where it cannot be the same figure told less exactly: "at least 12" allows 14, "about 1.2
million" allows 1,214,000. A telling with two figures for one thing says nothing here, since either might be meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from bot.text.words import STOPWORDS, fold, stem, word_spans
from bot.verify.numbers import Number, numbers
from bot.wording import say

MOST: Final = 3  # differences told of one story
WORDS_BESIDE: Final = 4
ROUND: Final = Decimal("0.05")  # share by which a rounded figure may be off
VAGUE: Final = Decimal("0.15")  # and one that says itself that it is not exact

# What is counted -> the word for it; every row is one thing, however it is called.
THINGS: Final[dict[str, str]] = {
    word: label
    for label, words in {
        "dead": "dead died killed kills kill killing deaths death toll fatalities victims lives",
        "injured": "injured injures injuring injuries hurt wounded wounding wounds",
        "missing": "missing unaccounted",
        "arrested": "arrested arrests detained detains detentions",
        "evacuated": "evacuated evacuees evacuates displaced",
        "homeless": "homeless",
        "magnitude": "magnitude",
        "jobs": "jobs posts layoffs",
        "homes": "homes houses households",
        "votes": "votes",
        "seats": "seats",
    }.items()
    for word in words.split()
}
_VERBS: Final = """
killed kills kill killing injured injures injuring wounded wounding arrested arrests detained detains evacuated
evacuates displaced magnitude toll
"""
_LINKING: Final = """
of the to at is are was were has have had been be more other further now least about some percent per cent
reached reaches rises rose climbs climbed
"""
_PERSONS: Final = "people persons men women children passengers others civilians soldiers workers"
# These follow a number without being what an event is measured by.
_MEASURES: Final = """
am pm hour hours minute minutes second seconds day days week weeks month months year years old time times
january february march april may june july august september october november december
hundred thousand million billion trillion dozen
"""
_BEFORE: Final = frozenset(_VERBS.split())
_LINKS: Final = frozenset(_LINKING.split())
_PEOPLE: Final = frozenset(_PERSONS.split())
_NO_THING: Final = frozenset(_MEASURES.split())
_CLAUSE_END: Final = re.compile(r"[.!?;:,\n(]\s")
_ORDINAL: Final = re.compile(r"(?:\d(?:st|nd|rd|th)|first|second|third|\w+th)$", re.IGNORECASE)
_ORDINAL_END: Final = re.compile(r"(?:st|nd|rd|th)\b", re.IGNORECASE)
_AT_LEAST: Final = re.compile(
    r"(?:at least|more than|over|exceed(?:s|ed|ing)?|upwards of|as many as|minimum of)\s+\W?$", re.I
)
_AT_MOST: Final = re.compile(r"(?:up to|fewer than|less than|under|below|nearly|almost|at most)\s+\W?$", re.I)
_ABOUT: Final = re.compile(
    r"(?:about|around|some|roughly|approximately|an estimated|estimated|circa)\s+\W?$", re.I
)


class Told(NamedTuple):
    """One source's words on an event."""

    outlet: str
    text: str


class Figure(NamedTuple):
    """A number for a thing. `bound` says how it is meant: exact, at least, at most, about."""

    thing: str
    unit: str
    value: Decimal
    bound: str
    written: str

    def may_be(self, other: Figure) -> bool:
        """Whether both can be true of one quantity."""
        if self.value == other.value:
            return True
        low, high = sorted((self, other), key=lambda figure: figure.value)
        if low.bound == "at least" or high.bound == "at most":
            return True
        off = (high.value - low.value) / high.value
        if "about" in {low.bound, high.bound}:
            return off <= VAGUE
        return (_is_round(low.value) or _is_round(high.value)) and high.value >= 100 and off <= ROUND


def differences(tellings: Sequence[Told]) -> tuple[str, ...]:
    """A sentence for each thing on which two sources differ: `sources differ: 12 dead (A), 14 dead (B)`."""
    told: dict[tuple[str, str], dict[str, Figure]] = {}
    for telling in tellings:
        for figure in figures(telling.text):
            told.setdefault((figure.thing, figure.unit), {}).setdefault(telling.outlet, figure)
    found = []
    for (thing, _), by_outlet in told.items():
        shown = {
            outlet: figure for outlet, figure in by_outlet.items() if _contradicted(figure, by_outlet.values())
        }
        values: dict[Decimal, list[str]] = {}
        for outlet, figure in shown.items():
            values.setdefault(figure.value, []).append(outlet)
        if len(values) > 1:
            written = {figure.value: figure.written for figure in shown.values()}
            parts = (
                f"{written[value]} {thing} ({', '.join(outlets)})" for value, outlets in sorted(values.items())
            )
            found.append(say("sources differ: {figures}", figures=", ".join(parts)))
    return tuple(found[:MOST])


def figures(text: str) -> list[Figure]:
    """The figures of one telling; of a thing that has two different ones, none."""
    by_thing: dict[tuple[str, str], list[Figure]] = {}
    for figure in _figures(text):
        by_thing.setdefault((figure.thing, figure.unit), []).append(figure)
    return [group[0] for group in by_thing.values() if all(one.may_be(group[0]) for one in group)]


def _figures(text: str) -> Iterator[Figure]:
    for number in numbers(text):
        if len(number.values) != 1 or _names_a_place(number, text):
            continue
        thing = _thing(number, text)
        if thing is not None:
            before = text[max(0, number.span.start - 20) : number.span.start]
            yield Figure(thing, number.unit, next(iter(number.values)), _bound(before), _written(number, text))


def _names_a_place(number: Number, text: str) -> bool:
    """Whether it says which one, not how many: an ordinal, a year, part of a name or date."""
    said = number.span.of(text)
    if _ORDINAL.search(said) or _ORDINAL_END.match(text, number.span.end):
        return True
    value = next(iter(number.values))
    return not number.unit and said.isdigit() and len(said) == 4 and 1900 <= value <= 2100


def _thing(number: Number, text: str) -> str | None:
    """What is counted: a known thing beside the number, else the noun behind it."""
    after = _words(_CLAUSE_END.split(f"{text[number.span.end : number.span.end + 60]} ")[0])
    before = _words(_CLAUSE_END.split(text[max(0, number.span.start - 40) : number.span.start])[-1])
    for word in reversed(before[-WORDS_BESIDE:]):
        if word in _BEFORE:
            return THINGS[word]
        if word not in _LINKS and word not in _PEOPLE:
            break
    for word in after[:WORDS_BESIDE]:
        if word in THINGS:
            return THINGS[word]
        if word not in _LINKS and word not in _PEOPLE:
            return word if word.isalpha() and len(stem(word)) > 2 and word not in _NO_THING | STOPWORDS else None
    return None


def _words(text: str) -> list[str]:
    return [fold(span.of(text)) for span in word_spans(text)]


def _bound(before: str) -> str:
    for pattern, bound in ((_AT_LEAST, "at least"), (_AT_MOST, "at most"), (_ABOUT, "about")):
        if pattern.search(before):
            return bound
    return "exact"


def _written(number: Number, text: str) -> str:
    said = number.span.of(text)
    tail = re.match(
        r"[\s-]?(?:hundred|thousand|million|billion|trillion|bn|mn|tn|k)\b", text[number.span.end :], re.I
    )
    amount = said + (tail.group() if tail and said[-1:].isdigit() else "")
    return f"{amount}%" if number.unit == "%" else f"{number.unit}{amount}"


def _is_round(value: Decimal) -> bool:
    return len(value.normalize().as_tuple().digits) <= 2


def _contradicted(figure: Figure, others: Iterable[Figure]) -> bool:
    return any(not figure.may_be(other) for other in others)
