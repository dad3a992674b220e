"""Which quotations are somebody's words, worth quoting, and not the name of a thing.

Marks also stand around titles of works, nicknames, headlines and phrases held at arm's length. Those have no
speaker, or one by accident of the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.domain.value import Span
from bot.text.furniture import furniture
from bot.text.speech.lexicon import words
from bot.text.speech.quotations import Quotation

_WORD: Final = re.compile(r"[^\W\d_][\w’'-]*")
_DOUBLE: Final = frozenset('“„«"»”‟「『`')
_TWO_SENTENCES: Final = re.compile(r"[^\W\d_]{3}[.!] +\w")
# What stands before a title of a work in the middle of a sentence.
_INSIDE: Final = re.compile(r"\b(?:of|on|in|from|with|for|and|the|his|her|their|titled|entitled|called)\s\Z")
# In a title these may stay small.
_SMALL: Final = words(
    "a an the of in on at to for from with by and or but nor as is vs via into over my de la le el les du des & up"
)
# Rules that found a claim beside the quotation: then even words in capitals were said.
_SURE: Final = frozenset({"after", "before", "colon", "comma", "signed", "label"})

# Rules that found only the sentence's subject: a word or two in marks are then a term, not speech.
_LOOSE: Final = frozenset({"subject", "topic", "that", "ahead", "resumed"})


def single_marks_quote(text: str, quotes: Sequence[Quotation]) -> bool:
    """Whether the text quotes with single marks, as British papers do; else they mark words inside a headline."""
    if "''" in text:
        return False
    return not any(text[q.span.start] in _DOUBLE and len(q.words.of(text).split()) > 3 for q in quotes)


def is_key(text: str, quote: Quotation, rule: str, *, single: bool) -> bool:
    """Whether an attributed quotation is speech or writing by its source."""
    if text[quote.span.start] not in _DOUBLE and not single:
        return False
    said = quote.words.of(text)
    if rule in _SURE:
        return not (
            rule == "after"
            and is_title(said)
            and _INSIDE.search(text, max(0, quote.span.start - 12), quote.span.start)
        )
    if rule in _LOOSE and len(said.split()) < 3:
        return False
    return not (_shouts(said) and rule in {"topic", "carried", "resumed"}) and not is_title(said)


class Furnishings:
    """Site furniture of a text, looked for only when a quotation could be a part of it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans: list[Span] | None = None

    def holds(self, quote: Quotation, rule: str) -> bool:
        """Whether the quotation stands in a line that belongs to the page and not to the story."""
        if rule in _SURE:
            return False
        if self.spans is None:
            self.spans = furniture(self.text)
        return any(quote.span.overlaps(span) for span in self.spans)


def is_title(said: str) -> bool:
    """Whether the words are written like the title of a work: every weighty one with a capital."""
    parts = _WORD.findall(said)
    weighty = [word for word in parts if word.lower() not in _SMALL]
    if not 1 <= len(weighty) <= 12 or said.rstrip().endswith(("?", "…")) or _TWO_SENTENCES.search(said):
        return False
    return (
        len(parts) > 1
        and all(word[0].isupper() for word in weighty)
        and not (len(weighty) == 1 and parts[0] in {"I", "We"})
    )


def _shouts(said: str) -> bool:
    letters = [c for c in said if c.isalpha()]
    return len(letters) > 8 and all(c.isupper() for c in letters)
