"""Passages: the numbered pieces of a Document that a model may point to, instead of copying from it.

A passage is a paragraph. One that is too long to serve as evidence is cut into chunks of about the same size,
since a last piece of three words would prove nothing.
"""

from __future__ import annotations

import re
from math import ceil
from typing import Final

from bot.domain.value import Span
from bot.text.chunks import chunks
from bot.text.paragraphs import paragraphs

MOST_WORDS: Final = 150
MOST_CHARACTERS: Final = 12 * MOST_WORDS  # for scripts that put no blanks between words
EVEN: Final = 1.1  # how far above an even share a piece may go, so that it can end with a sentence

WORD: Final = re.compile(r"\S+")


def passages(text: str) -> list[Span]:
    """The passages of `text` in order; a passage's number is its place in the list, from 1."""
    return [passage for paragraph in paragraphs(text) for passage in _pieces(text, paragraph)]


def _weight(text: str) -> int:
    """Words, or what as many characters would hold where words stand without blanks."""
    return max(sum(1 for _ in WORD.finditer(text)), len(text) * MOST_WORDS // MOST_CHARACTERS)


def _pieces(text: str, paragraph: Span) -> list[Span]:
    whole = _weight(paragraph.of(text))
    if whole <= MOST_WORDS:
        return [paragraph]
    fullest = chunks(text, max_tokens=MOST_WORDS, count=_weight, within=paragraph)
    share = ceil(whole / len(fullest) * EVEN)
    even = chunks(text, max_tokens=min(share, MOST_WORDS), count=_weight, within=paragraph)
    return even if len(even) == len(fullest) else fullest
