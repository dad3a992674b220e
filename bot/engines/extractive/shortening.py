"""Events told shortly: a sentence without the clause that says who told it, or that only adds to it.

Nothing is reworded. What is left is one stretch of the sentence's own characters, still a full clause and still
with its date; where that is not sure, the whole sentence stays. English only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.domain.value import Span
from bot.text.words import folded_words

_FEWEST_WORDS: Final = 6
_LONGEST_TAIL: Final = 14  # words of an attribution behind a statement; a longer one says more than who spoke
# Who told it, in verbs that vouch for it. "Claimed" and "denied" are no ornament: they stay.
_TOLD: Final = r"(?:said|says|told|announced|confirmed|reported|added|noted|wrote)"
_ATTRIBUTION_BEHIND: Final = re.compile(rf",\s(?P<tail>[^,“”\";]*\b{_TOLD}\b[^,“”\";]*)[.]$")
_ATTRIBUTION_BEFORE: Final = re.compile(
    r"^(?:According\sto\s[^,“”\";]{2,60},\s|[A-Z][^,“”\";]{2,60}?\s(?:said|says|announced|confirmed|reported)\sthat\s)(?=[A-Z0-9])"
)
_ADDITION_BEHIND: Final = re.compile(r",\s(?:which|who|whose|where|whereas|while)\s[^“”\";]*[.]$")
_FINITE: Final = re.compile(
    r"\b(?:\w{3,}ed|was|were|is|are|has|have|had|will|would|began|broke|brought|built|came|cut|died|fell|fled|found"
    r"|fought|gave|got|grew|held|hit|kept|killed|led|left|lost|made|met|paid|put|ran|rose|saw|sent|set|shot|shut|sold"
    r"|spent|stood|stole|struck|sank|took|threw|went|won|wrote|opens|closes|begins|ends|starts)\b"
)
_DEPENDENT: Final = re.compile(
    r"^(?:when|while|after|before|because|although|though|as|if|since|once|until|whether|that|which|who)\b",
    re.IGNORECASE,
)
_BEARS_DOUBT: Final = re.compile(
    r"\b(?:not|never|no|deni\w+|accus\w+|alleg\w+|claim\w*|may|might|could|would|if|whether|plan\w*|unless)\b|n['’]t\b",
    re.IGNORECASE,
)


def shortened(text: str, sentence: Span, date: Span) -> Span:
    """The stretch of `sentence` that tells what happened at `date`; the whole sentence where nothing can go."""
    kept = sentence
    for _ in range(2):
        kept = next((cut for cut in _cuts(text, kept) if _is_clause(text, cut, date)), kept)
    return kept


def _cuts(text: str, span: Span) -> Iterator[Span]:
    words = span.of(text)
    behind = _ATTRIBUTION_BEHIND.search(words)
    if behind and len(behind["tail"].split()) <= _LONGEST_TAIL and not _BEARS_DOUBT.search(behind["tail"]):
        yield Span(span.start, span.start + behind.start())
    addition = _ADDITION_BEHIND.search(words)
    if addition and not _BEARS_DOUBT.search(words[addition.start() :]):
        yield Span(span.start, span.start + addition.start())
    before = _ATTRIBUTION_BEFORE.search(words)
    if before and not _BEARS_DOUBT.search(before[0]):
        yield Span(span.start + before.end(), span.end)


def _is_clause(text: str, cut: Span, date: Span) -> bool:
    """Whether `cut` stands by itself: long enough, with a verb and its date, no half of a pair of marks."""
    words = cut.of(text)
    if not cut.contains(date) or len(folded_words(words)) < _FEWEST_WORDS or _DEPENDENT.match(words):
        return False
    marks_paired = (
        words.count("“") == words.count("”") and words.count('"') % 2 == 0 and words.count("(") == words.count(")")
    )
    return marks_paired and _FINITE.search(words) is not None
