"""What a statement claims that can be looked up: numbers, names, calendar words and quoted words.

Each is a Fact with a question to the text. Numbers and dates must stand near the evidence, since an article has
many; names and quoted words must stand somewhere in the Document. Whether a sentence is denied
or affirmed is asked in `bot.verify.flips`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, NamedTuple

from bot.domain.value import Span
from bot.text.align import align
from bot.text.dates import TimeExpression, time_expressions
from bot.text.speech import quotations
from bot.text.words import content_stems, fold, folded_words, word_spans
from bot.verify.calendar_words import CalendarWord, calendar_words
from bot.verify.foreign import one_script, people
from bot.verify.ground import Ground
from bot.verify.names import FullName, Name, full_names, names
from bot.verify.numbers import ANY_FORM, Number, decimal_mark, numbers
from bot.verify.senses import tells

FactKind = Literal["number", "name", "date", "quote"]
_FOREIGN_SHARE: Final = (
    0.25  # a statement that shares fewer of its words than this with a text may be in another language
)


class Place(NamedTuple):
    """One sentence of a Document, by its position."""

    ground: Ground
    at: int

    @property
    def span(self) -> Span:
        """The sentence's characters."""
        return self.ground.sentences[self.at]

    @property
    def words_around(self) -> Iterator[str]:
        """The folded words of the sentence's paragraph."""
        return (word for index in self.ground.beside(self.at) for word in self.ground.words(index))


class Fact(NamedTuple):
    """Something a statement says that must stand in the text."""

    kind: FactKind
    token: str
    value: Number | Name | FullName | CalendarWord | Span


@dataclass(frozen=True)
class Claim:
    """A statement, already cleaned, read for what it claims."""

    text: str
    ground: Ground  # the Document it speaks of; of several, the first one it points to
    written: str | None = None  # the language that was asked for, ISO 639-1

    @cached_property
    def stems(self) -> frozenset[str]:
        """The roots of its meaningful words."""
        return frozenset(content_stems(self.text))

    @cached_property
    def named(self) -> frozenset[Span]:
        """Where its names stand; the first word of a sentence is one where the Document writes it as one."""
        found = names(self.text)
        full = {pair.first.span for pair in full_names(self.text, found) if not pair.second.leading}
        return frozenset(
            name.span
            for name in found
            if not name.leading or name.span in full or self.ground.known.names_only(name)
        )

    @cached_property
    def named_stems(self) -> frozenset[str]:
        """The roots of its names."""
        return frozenset(root for span in self.named for root in content_stems(span.of(self.text)))

    @cached_property
    def subject(self) -> frozenset[str]:
        """The words of the first name, folded: whom it most likely speaks of."""
        spans = sorted(self.named)
        first = 1
        while first < len(spans) and self.text[spans[first - 1].end : spans[first].start] in {" ", "-", ". "}:
            first += 1
        return frozenset(fold(span.of(self.text)) for span in spans[:first])

    @cached_property
    def told(self) -> tuple[str, ...]:
        """The words that tell something, folded: no names, numbers, days or words of habit."""
        dated = [fact.value.span for fact in self.nearby_facts if not isinstance(fact.value, Span)]
        return tuple(
            word
            for span in word_spans(self.text)
            if span not in self.named
            and tells(word := fold(span.of(self.text)))
            and self.text[span.start - 1 : span.start] != "-"  # half of "long-lost"
            and not any(other.overlaps(span) for other in dated)
        )

    @cached_property
    def is_english(self) -> bool:
        """Whether it and its Document are in English, so that the tables of English words may be asked."""
        return self.ground.language == "en" and not self.is_foreign

    @cached_property
    def is_foreign(self) -> bool:
        """Whether it is written in another language than the Document."""
        return self.language != self.ground.language

    @property
    def is_asked_for(self) -> bool:
        """Whether another language than the Document's was asked for: then few of its words can stand there."""
        return self.written is not None and self.ground.document.language not in {"und", self.written}

    @cached_property
    def language(self) -> str:
        """What it is written in; the Document's language where nothing speaks against that."""
        own = self.ground.language
        if self.written is not None and self.is_asked_for:
            return own if _detected(self.text) == own else self.written
        words = folded_words(self.text)
        known = self.ground.known.words
        if len(words) < 4 or sum(word in known for word in words) >= _FOREIGN_SHARE * len(words):
            return own
        found = _detected(self.text)
        return own if found == "und" else found

    @cached_property
    def times(self) -> Sequence[TimeExpression]:
        """Its own time expressions, resolved as the Document's are."""
        return time_expressions(self.text, self.ground.document.published, language=self.language)

    @cached_property
    def nearby_facts(self) -> tuple[Fact, ...]:
        """Numbers and calendar words: they must stand near the evidence."""
        return (*self._calendar(), *self._numbers())

    @cached_property
    def facts_anywhere(self) -> tuple[Fact, ...]:
        """Names and quoted words: they must stand in the Document."""
        return (*self._names(), *self._quotes())

    def _calendar(self) -> Iterator[Fact]:
        for word in calendar_words(self.text, self.language):
            yield Fact("date", word.span.of(self.text), word)

    def _numbers(self) -> Iterator[Fact]:
        dated = [word.span for word in calendar_words(self.text, self.language)]
        marks = decimal_mark(self.ground.document.language) if not self.is_foreign else ANY_FORM
        for number in numbers(self.text, marks=marks, language=self.language):
            if not any(span.overlaps(number.span) for span in dated):
                yield Fact("number", number.span.of(self.text), number)

    def _names(self) -> Iterator[Fact]:
        if self.is_foreign:  # many names are spelled otherwise in another language
            if one_script(self.text, self.ground.text):
                yield from (Fact("name", name.word, name) for name in people(self.text, self.ground))
            return
        dated = [word.span for word in calendar_words(self.text, self.language)]
        found = names(self.text, self.ground.language)
        found = [name for name in found if not any(span.overlaps(name.span) for span in dated)]
        for name in found:
            yield Fact("name", name.word, name)
        for full in full_names(self.text, found):
            yield Fact("name", full.span.of(self.text), full)

    def _quotes(self) -> Iterator[Fact]:
        for quotation in quotations(self.text):
            yield Fact("quote", quotation.words.of(self.text), quotation.words)

    def _time_of(self, fact: Fact) -> TimeExpression | None:
        span = fact.value if isinstance(fact.value, Span) else fact.value.span
        return next((time for time in self.times if time.span.overlaps(span)), None)

    def stands_beside(self, fact: Fact, places: Sequence[Place]) -> bool:
        """Whether a nearby Fact stands in the sentences of `places` or in their paragraphs."""
        around = [(place.ground, index) for place in places for index in place.ground.beside(place.at)]
        if any(_holds(ground, index, fact.value) for ground, index in around):
            return True
        if isinstance(fact.value, Number) and fact.value.unit == "clock":
            return False  # the same day is not the same minute
        time = self._time_of(fact)
        return time is not None and any(_same_time(time, ground, index) for ground, index in around)

    def stands_in(self, fact: Fact, grounds: Sequence[Ground]) -> bool:
        """Whether a Fact that may stand anywhere stands in one of the Documents."""
        if isinstance(fact.value, Name):
            return any(ground.known.knows(fact.value) for ground in grounds)
        if isinstance(fact.value, FullName):
            return not all(ground.known.confuses(fact.value) for ground in grounds)
        words = fact.token
        if len(words.split()) == 1:
            return any(ground.known.words.issuperset(folded_words(words)) for ground in grounds)
        return any(align(words, ground.text) is not None for ground in grounds)


def _detected(text: str) -> str:
    from bot.text.language import detect_language  # noqa: PLC0415  loads a model, and is seldom asked

    return detect_language(text)


def holding(fact: Fact, ground: Ground) -> Iterator[int]:
    """The positions of the sentences in which a nearby Fact stands word for word."""
    return (index for index in range(len(ground.sentences)) if _holds(ground, index, fact.value))


def _holds(ground: Ground, index: int, value: Number | Name | FullName | CalendarWord | Span) -> bool:
    facts = ground.facts(index)
    if isinstance(value, CalendarWord):
        return value.key in facts.calendar
    return isinstance(value, Number) and any(value.agrees(other) for other in facts.numbers)


def _same_time(time: TimeExpression, ground: Ground, index: int) -> bool:
    """Whether a sentence names the same day or period in other words: "Aug. 13" for "Friday"."""
    if time.start_day is None or time.end_day is None:
        return False
    return any(
        other.start_day is not None
        and other.end_day is not None
        and time.start_day <= other.start_day
        and other.end_day <= time.end_day
        for other in ground.times_within(ground.sentences[index])
    )
