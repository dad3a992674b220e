"""Chunks: a text in parts that each fit a token budget, cut where a reader would pause.

The counts of sentences do not add up to the count of what they make together. So a cut is guessed, the packed
chunk is counted as it stands, and the guess is corrected: what is returned was counted, and is within its budget.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from bot.domain.value import Span
from bot.text.paragraphs import paragraphs, trimmed
from bot.text.rulers import Count, Ruler, ruler_for
from bot.text.sentences import sentences_in
from bot.text.tokens import count_tokens

ENOUGH: Final = 0.92  # of the budget: fuller than this a chunk is not worth another count
WORD: Final = re.compile(r"\S+")


def chunks(
    text: str,
    *,
    max_tokens: int,
    overlap: int = 0,
    count: Count = count_tokens,
    within: Span | None = None,
) -> list[Span]:
    """Parts of `text` (of its stretch `within`) in order, none above `max_tokens` as `count` counts them.

    A part ends with a paragraph, else with a sentence, and only where a single sentence is above the budget with a
    word or a character. Without overlap the parts hold every character that is not blank exactly once; with it, a
    part begins with whole sentences of up to `overlap` tokens from the end of the part before. A single character
    that is above the budget makes a part of its own. Raises ValueError where the budget cannot hold the overlap.
    """
    if max_tokens < 1 or not 0 <= overlap < max_tokens:
        raise ValueError("max_tokens must be at least 1, and overlap at least 0 and less than max_tokens")
    packer = _Packer(text, _clipped(text, within), max_tokens, ruler_for(text, count))
    found: list[Span] = []
    while (start := packer.next_start(found[-1].end if found else 0)) is not None:
        repeated = packer.repeated(found[-1], overlap) if found and overlap else start
        found.append(packer.pack(repeated, start))
    return found


def _clipped(text: str, within: Span | None) -> list[Span]:
    """The paragraphs, or what of them lies inside `within`."""
    if within is None:
        return paragraphs(text)
    inside = (
        trimmed(text, Span(max(paragraph.start, within.start), min(paragraph.end, within.end)))
        for paragraph in paragraphs(text)
        if paragraph.overlaps(within)
    )
    return [span for span in inside if span.start < span.end]


@dataclass
class _Packer:
    """The text with its paragraphs, and the budget to pack them under."""

    text: str
    paragraphs: Sequence[Span]
    max_tokens: int
    ruler: Ruler
    sentences: dict[int, list[int]] = field(default_factory=dict)  # ends, by the paragraph's number

    @cached_property
    def paragraph_ends(self) -> list[int]:
        return [paragraph.end for paragraph in self.paragraphs]

    def next_start(self, after: int) -> int | None:
        """The first character at or behind `after` that has to go into a chunk."""
        number = bisect_right(self.paragraph_ends, after)
        if number == len(self.paragraphs):
            return None
        paragraph = self.paragraphs[number]
        return trimmed(self.text, Span(max(after, paragraph.start), paragraph.end)).start

    def pack(self, repeated: int, start: int) -> Span:
        """The chunk whose own text begins at `start`, after what stands from `repeated` on if there is room."""
        for first in dict.fromkeys((repeated, start)):
            if end := self._fill(first, start):
                return Span(first, end)
        sentence_end = self._sentence_end_behind(start)
        words = [match.end() for match in WORD.finditer(self.text, start, sentence_end)]
        if end := self._search(start, words):
            return Span(start, end)
        characters = range(start + 1, min(words[0], start + 8 * self.max_tokens) + 1)
        return Span(start, self._search(start, characters) or start + 1)

    def repeated(self, before: Span, overlap: int) -> int:
        """Where the last whole sentences of `before` begin that count no more than `overlap` together."""
        begin = before.end
        for sentence in reversed(list(self._sentences_of(before))):
            if self.ruler.count(sentence.start, before.end) > overlap:
                break
            begin = sentence.start
        return begin if begin < before.end else (self.next_start(before.end) or before.end)

    def _fill(self, first: int, start: int) -> int:
        """The end of the fullest chunk from `first` with whole sentences behind `start`; 0 where none fits."""
        fits, over = 0, self.paragraph_ends[-1] + 1
        for _ in range(12):
            end = self._guess(first, max(start, fits), over)
            if not max(start, fits) < end < over:
                break
            tokens = self.ruler.count(first, end)
            if tokens > self.max_tokens:
                over = end
            else:
                fits = end
                if tokens >= ENOUGH * self.max_tokens:
                    break
        return fits or self._search(first, [self._sentence_end_behind(start)])

    def _guess(self, first: int, low: int, over: int) -> int:
        """An end worth counting, above `low` and below `over`: a full paragraph's, else a sentence's."""
        aim = min(self.ruler.reach(first, self.max_tokens), over - 1)
        number = bisect_right(self.paragraph_ends, aim) - 1
        if number >= 0 and self.paragraph_ends[number] > low:
            end = self.paragraph_ends[number]
            if number == len(self.paragraphs) - 1 or end >= self.ruler.reach(first, int(self.max_tokens * ENOUGH)):
                return end
        return self._last_sentence_end(low, aim) or self._sentence_end_behind(low)

    def _last_sentence_end(self, low: int, aim: int) -> int:
        """The last end of a sentence above `low` and up to `aim`, 0 for none."""
        number = min(bisect_right(self.paragraph_ends, aim), len(self.paragraphs) - 1)
        while number >= 0 and self.paragraph_ends[number] > low:
            ends = self._sentence_ends(number)
            at = bisect_right(ends, aim) - 1
            if at >= 0:
                return ends[at] if ends[at] > low else 0
            number -= 1
        return 0

    def _sentence_end_behind(self, at: int) -> int:
        """The end of the sentence that holds the first character behind `at`; `at` itself behind the last."""
        number = bisect_right(self.paragraph_ends, at)
        if number == len(self.paragraphs):
            return at
        ends = self._sentence_ends(number)
        return ends[bisect_right(ends, at)]

    def _sentence_ends(self, number: int) -> list[int]:
        if number not in self.sentences:
            self.sentences[number] = [end for _, end in sentences_in(self.text, self.paragraphs[number])]
        return self.sentences[number]

    def _sentences_of(self, span: Span) -> Iterator[Span]:
        """The whole sentences inside `span`."""
        for number in range(bisect_right(self.paragraph_ends, span.start), len(self.paragraphs)):
            if self.paragraphs[number].start >= span.end:
                return
            for sentence in sentences_in(self.text, self.paragraphs[number]):
                if span.contains(sentence):
                    yield sentence

    def _search(self, start: int, ends: Sequence[int]) -> int:
        """The last of `ends` that fits, found by halving; 0 where none does."""
        low, high = -1, len(ends)
        while high - low > 1:
            middle = (low + high) // 2
            if self.ruler.count(start, ends[middle]) <= self.max_tokens:
                low = middle
            else:
                high = middle
        return ends[low] if low >= 0 else 0
