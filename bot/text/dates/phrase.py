"""One match of a pattern, with the questions a resolver asks of it, and what the text has said before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from bot.text.dates.expression import TimexType
from bot.text.dates.lexicon import NUMBERS, ORDINALS, SCALES, WEEKDAYS
from bot.text.dates.tense import Tense, tense_at
from bot.text.dates.tokens import Token, TokenRow
from bot.text.dates.values import Days, bounds


class Reading(NamedTuple):
    """What a resolver makes of a phrase. `days` only where the value alone does not say them."""

    type: TimexType
    value: str
    days: Days | None = None
    tokens: tuple[int, int] | None = None  # a part of the phrase, where it holds two expressions
    compared: bool = False  # what something else is held against: the text does not go on from there
    assumed: bool = False  # TimeML wants a day in the value; the text names none, so no calendar may show it


_ARTICLES = frozenset({"a", "an", "the", "its", "their", "his", "her"})
NEAR = 40  # tokens within which a time of day belongs to the day just named


@dataclass
class Discourse:
    """What is known so far while a text is read from its start."""

    published: date | None
    day_first: bool = False  # "5/8/2021" is in August
    narrative: bool = False  # tells of a past far from publication: year-less dates follow the story's own year
    last: str = ""  # value of the latest date named
    last_quarter: str = ""
    last_token: int = -1
    last_end: int = -1  # the token behind it
    quarter_token: int = -1
    seen_days: list[date] = field(default_factory=list)

    def near(self, token: int) -> bool:
        """Whether the latest date was named shortly before `token`."""
        return bool(self.last) and token - self.last_token <= NEAR

    def anchor(self) -> date | None:
        """The day that "the following day" starts from: the latest day named, else publication."""
        return self.seen_days[-1] if self.seen_days else self.published

    def note(self, reading: Reading, token: int, end: int) -> None:
        """Remember a date that was just read from the tokens [token, end)."""
        days = bounds(reading.value)
        if reading.type not in ("DATE", "TIME") or not days or reading.compared:
            return
        self.last, self.last_token, self.last_end = reading.value, token, end
        if "-Q" in reading.value:
            self.last_quarter, self.quarter_token = reading.value, token
        if days[0] == days[1]:
            self.seen_days.append(days[0])


class Phrase:
    """A matched pattern: `first` and `end` are token indices, groups are asked for by name."""

    def __init__(self, row: TokenRow, match: re.Match[str]) -> None:
        self._all: Sequence[Token] = row.tokens
        self._places = row.places
        self._match = match
        self._groups = match.re.groupindex
        self.first, self.end = self._range(0)

    def _range(self, group: str | int) -> tuple[int, int]:
        """Token indices of a group; a start below 0 when it took no part."""
        start, end = self._match.span(group)
        return (self._places[start], self._places[end - 1] + 1) if 0 <= start < end else (-1, -1)

    def tokens(self, group: str | None = None) -> Sequence[Token]:
        """Tokens of a named group (of the whole phrase without a name); none when it took no part."""
        if group is None:
            return self._all[self.first : self.end]
        if group not in self._groups:
            return ()
        start, end = self._range(group)
        return self._all[start:end] if start >= 0 else ()

    def words(self, group: str | None = None) -> str:
        """Lower-case words of a group, marks left out, blank between."""
        return " ".join(token.low for token in self.tokens(group) if token.kind != "MARK")

    def text(self, group: str) -> str:
        """The group's tokens written together."""
        return "".join(token.low for token in self.tokens(group))

    def adjective(self) -> tuple[int, int] | None:
        """Token range of a hyphenated phrase ("the two-year") without its article; None for any other phrase."""
        tokens = self.tokens()
        hyphened = any(token.text in "-–" for token in tokens)
        return (self.first + 1, self.end) if hyphened and tokens[0].low in _ARTICLES else None

    def before(self, back: int = 1) -> Token | None:
        """The token `back` places before the phrase."""
        return self._all[self.first - back] if self.first - back >= 0 else None

    def after(self, ahead: int = 0) -> Token | None:
        """The token `ahead` places behind the phrase."""
        return self._all[self.end + ahead] if self.end + ahead < len(self._all) else None

    def continues(self, token: int) -> bool:
        """Whether the paragraph of the token at index `token` still goes on where the phrase stands."""
        return all(between.kind != "BREAK" for between in self._all[max(token, 0) : self.first])

    def preceded_by(self, *words: str) -> bool:
        """Whether one of `words` stands right before the phrase."""
        token = self.before()
        return token is not None and token.low in words

    def start_of(self, group: str) -> tuple[int, int]:
        """Token indices of a group."""
        return self._range(group)

    @cached_property
    def tense(self) -> Tense | None:
        """Tense of the clause around the phrase."""
        return tense_at(self._all, self.first, self.end)


def number_of(tokens: Sequence[Token]) -> Fraction | None:
    """Value of a written-out or figured cardinal, None when the words name no number."""
    total, current, seen = Fraction(0), Fraction(0), False
    scaled = False
    for token in tokens:
        low = token.low
        if (
            low == "and" and seen and not scaled and tokens[-1].low != "half"
        ):  # "three and ten years" are two numbers
            return total + current
        scaled = low in SCALES
        if low[0].isdigit():
            try:
                figure = Fraction(low.replace(",", ""))
            except (ValueError, ZeroDivisionError):
                return None
            current, seen = current + figure, True
        elif low in NUMBERS:
            current, seen = current + NUMBERS[low], True
        elif low in SCALES:
            current, seen = (current or Fraction(1)) * SCALES[low], True
            if SCALES[low] >= 1000:
                total, current = total + current, Fraction(0)
        elif low == "half":
            current, seen = current + Fraction(1, 2), True
    return total + current if seen else None


def spoken_year(tokens: Sequence[Token]) -> int | None:
    """A year said in words: "nineteen ninety-six", "two thousand one", "nineteen hundred"."""
    figures = [token.low for token in tokens if token.kind == "WORD" and token.low != "and"]
    if not figures or any(word not in NUMBERS and word not in SCALES for word in figures):
        return None
    if "thousand" in figures or "hundred" in figures:
        value = number_of(tokens)
        return (
            int(value)
            if value and (1900 <= value < 2000 or 2000 <= value < 2200) and "hundred" not in figures[2:]
            else None
        )
    if any(word not in NUMBERS for word in figures):
        return None
    first = NUMBERS[figures[0]]
    if first not in (*range(13, 20), 20):
        return None
    rest = sum(NUMBERS[word] for word in figures[1:])
    if figures[0] == "twenty" and len(figures) == 2 and rest < 10:
        return None
    valid = len(figures) == 2 or (len(figures) == 3 and NUMBERS[figures[1]] >= 20 and NUMBERS[figures[2]] < 10)
    return first * 100 + rest if valid and 10 <= rest <= 99 else None


def digits_of(text: str) -> int | None:
    """The ASCII figures of a text read as one number; None when it has none."""
    figures = "".join(mark for mark in text if mark.isascii() and mark.isdigit())
    return int(figures) if figures else None


def ordinal_of(tokens: Sequence[Token]) -> int | None:
    """Value of "third", "twenty-first", "3rd"; None for anything else."""
    total = 0
    for token in tokens:
        low = token.low
        if token.kind == "ORDNUM":
            return int(low[:-2])
        if low in ORDINALS:
            return total + ORDINALS[low]
        total += NUMBERS.get(low, 0)
    return None


def weekday_of(tokens: Sequence[Token]) -> int | None:
    """ISO number (Monday 1) of the first weekday among the tokens."""
    return next((WEEKDAYS[token.low] for token in tokens if token.low in WEEKDAYS), None)
