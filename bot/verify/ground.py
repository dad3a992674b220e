"""A Document as the verifier stands on it: sentences, quotations, times and words, each worked out once and late.

A draft of forty items asks the same questions of the same text forty times. Everything here is kept after the
first answer, so that a long article costs one reading.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import log
from typing import Final

from bot.domain.document import Document
from bot.domain.draft import Evidence
from bot.domain.value import Span
from bot.text.dates import TimeExpression, date_ranges, time_expressions
from bot.text.furniture import furniture
from bot.text.paragraphs import paragraphs
from bot.text.sentences import sentences
from bot.text.speech import AttributedQuote, attributed_quotes
from bot.text.words import content_stems, folded_words
from bot.verify.calendar_words import calendar_words
from bot.verify.names import KnownWords
from bot.verify.numbers import Number, decimal_mark, numbers
from bot.verify.sanitise import clean

NEAR_SENTENCES: Final = 3  # how far a paragraph reaches around a sentence, where a whole article is one paragraph


@dataclass(frozen=True)
class Facts:
    """What a stretch of text states that can be looked up: numbers, and words of the calendar by their key."""

    numbers: tuple[Number, ...]
    calendar: frozenset[str]


@dataclass(frozen=True, eq=False)
class Ground:
    """One Document, asked about."""

    document: Document

    @property
    def text(self) -> str:
        """The canonical text."""
        return self.document.text

    @property
    def language(self) -> str:
        """The language to read the text by: English where nobody knows."""
        return "en" if self.document.language == "und" else self.document.language

    @cached_property
    def sentences(self) -> Sequence[Span]:
        """All sentences, furniture's too: a Span may be narrowed to any of them."""
        return sentences(self.text, language=self.language)

    @cached_property
    def paragraphs(self) -> Sequence[Span]:
        """All paragraphs."""
        return paragraphs(self.text)

    @cached_property
    def furniture(self) -> Sequence[Span]:
        """What belongs to the page and not to the story."""
        return furniture(self.text)

    @cached_property
    def quotes(self) -> Sequence[AttributedQuote]:
        """All quotations with their speakers."""
        return attributed_quotes(self.text, language=self.language, blocks=self.document.block_quotes)

    @cached_property
    def times(self) -> Sequence[TimeExpression]:
        """All time expressions, resolved against the publication date."""
        return time_expressions(self.text, self.document.published, language=self.language)

    @cached_property
    def ranges(self) -> Sequence[TimeExpression]:
        """The stretches that two of the time expressions bound: "from May 3 to June 20"."""
        return date_ranges(self.text, self.times)

    @cached_property
    def known(self) -> KnownWords:
        """The words of text and title, for names."""
        return KnownWords(clean(f"{self.text}\n{self.document.title or ''}"))

    @cached_property
    def stems(self) -> Sequence[frozenset[str]]:
        """The roots of each sentence's meaningful words."""
        return [frozenset(content_stems(clean(sentence.of(self.text)))) for sentence in self.sentences]

    @cached_property
    def _words(self) -> dict[int, frozenset[str]]:
        return {}

    def words(self, index: int) -> frozenset[str]:
        """The words of one sentence, folded."""
        if index not in self._words:
            self._words[index] = frozenset(folded_words(clean(self.sentences[index].of(self.text))))
        return self._words[index]

    @cached_property
    def holders(self) -> dict[str, list[int]]:
        """The sentences that hold each root, by position."""
        found: dict[str, list[int]] = {}
        for index, roots in enumerate(self.stems):
            for root in roots:
                found.setdefault(root, []).append(index)
        return found

    @cached_property
    def _facts(self) -> dict[int, Facts]:
        return {}

    def facts(self, index: int) -> Facts:
        """The numbers and calendar words of one sentence."""
        if index not in self._facts:
            words = clean(self.sentences[index].of(self.text))
            self._facts[index] = Facts(
                tuple(numbers(words, marks=decimal_mark(self.document.language), language=self.language)),
                frozenset(word.key for word in calendar_words(words, self.language)),
            )
        return self._facts[index]

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [paragraph.start for paragraph in self.paragraphs]

    def within(self, span: Span) -> range:
        """The positions of the sentences that share a character with `span`."""
        first = max(0, bisect_right(self._starts, span.start) - 1)
        if first < len(self.sentences) and self.sentences[first].end <= span.start:
            first += 1
        return range(first, max(first, bisect_left(self._starts, span.end)))

    def beside(self, index: int) -> range:
        """The sentence's paragraph, as positions: no further than some sentences to either side."""
        at = max(0, bisect_right(self._paragraph_starts, self.sentences[index].start) - 1)
        around = self.within(self.paragraphs[at])
        return range(max(around.start, index - NEAR_SENTENCES), min(around.stop, index + NEAR_SENTENCES + 1))

    def times_within(self, span: Span) -> list[TimeExpression]:
        """The time expressions that lie wholly in `span`."""
        return [time for time in self.times if span.contains(time.span)]

    def ranges_within(self, span: Span) -> list[TimeExpression]:
        """The stretches of time that lie wholly in `span`."""
        return [time for time in self.ranges if span.contains(time.span)]

    def is_furniture(self, span: Span) -> bool:
        """Whether `span` touches a line of site furniture."""
        return any(line.overlaps(span) for line in self.furniture)

    def evidence(self, span: Span) -> Evidence:
        """`span` as a place in this Document."""
        return Evidence(source=self.document.id, start=span.start, end=span.end)


@lru_cache(maxsize=16)
def ground_of(document: Document) -> Ground:
    """The Ground of a Document; the last few are kept, since an article is often asked about again."""
    return Ground(document)


class Grounds:
    """The Documents of one Draft, by id, in order, and the language that the Draft was asked to be written in."""

    def __init__(self, documents: Iterable[Document], written: str | None = None) -> None:
        self.written = written
        self._by_id = {document.id: ground_of(document) for document in documents}

    def __iter__(self) -> Iterator[Ground]:
        return iter(self._by_id.values())

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The Documents' texts."""
        return tuple(ground.text for ground in self)

    @cached_property
    def weights(self) -> dict[str, float]:
        """How much each root tells: the fewer sentences of all Documents hold it, the more."""
        groups = [roots for ground in self for roots in ground.stems]
        seen = Counter(root for roots in groups for root in roots)
        return {root: log(1 + len(groups) / count) for root, count in seen.items()}

    def proposed(self, evidence: Sequence[Evidence]) -> list[tuple[Ground, Span]]:
        """The proposed places that exist, clipped to their texts; what points elsewhere is left out."""
        found = []
        for place in evidence:
            ground = self._by_id.get(place.source)
            if ground is None:
                continue
            span = Span(max(0, place.start), min(len(ground.text), place.end))
            if span.start < span.end:
                found.append((ground, span))
        return found
