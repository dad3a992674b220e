"""Passages: the numbered pieces of a Document that a model may point to, instead of copying from it.

A passage is a paragraph. One that is too long to serve as evidence is cut at sentence ends into pieces of about
the same size, since a last piece of three words would prove nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import ceil
from typing import Final

from bot.domain.value import Span
from bot.text.paragraphs import paragraphs
from bot.text.sentences import sentences_in

MOST_WORDS: Final = 150
MOST_CHARACTERS: Final = 12 * MOST_WORDS  # for scripts that put no blanks between words

WORD: Final = re.compile(r"\S+")


def passages(text: str) -> list[Span]:
    """The passages of `text` in order; a passage's number is its place in the list, from 1."""
    return [passage for paragraph in paragraphs(text) for passage in _pieces(text, paragraph)]


def _weight(text: str, span: Span) -> int:
    """Words, or what as many characters would hold where words stand without blanks."""
    words = sum(1 for _ in WORD.finditer(text, span.start, span.end))
    return max(words, (span.end - span.start) * MOST_WORDS // MOST_CHARACTERS)


def _pieces(text: str, paragraph: Span) -> Iterator[Span]:
    whole = _weight(text, paragraph)
    if whole <= MOST_WORDS:
        yield paragraph
        return
    room = ceil(whole / ceil(whole / MOST_WORDS))
    start = end = -1
    held = 0
    for part in _parts(text, paragraph):
        weight = _weight(text, part)
        full = held + weight > MOST_WORDS or held >= room
        if start >= 0 and full:
            yield Span(start, end)
            start, held = -1, 0
        if start < 0:
            start = part.start
        end, held = part.end, held + weight
    if start >= 0:
        yield Span(start, end)


def _parts(text: str, paragraph: Span) -> Iterator[Span]:
    """Sentences; of a sentence that is itself too long, runs of words; of a word that is, runs of characters."""
    for sentence in sentences_in(text, paragraph):
        if _weight(text, sentence) <= MOST_WORDS:
            yield sentence
        else:
            yield from _words(text, sentence)


def _words(text: str, sentence: Span) -> Iterator[Span]:
    for word in WORD.finditer(text, *sentence):
        for start in range(word.start(), word.end(), MOST_CHARACTERS):
            yield Span(start, min(start + MOST_CHARACTERS, word.end()))
