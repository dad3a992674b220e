"""Block quotes: words that a page sets apart instead of putting marks around them.

They are read like a quotation that has its paragraphs to itself. Nobody is guessed to have said them: the speaker
is whom the sentence before hands over to ("Roe wrote:"), or who signs ("— Jane Roe", "Jane Roe (@jane) May 3").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.value import Span
from bot.text.paragraphs import paragraphs, trimmed
from bot.text.speech.quotations import Quotation

_MARKED: Final = 0.6  # share of a block between marks that makes the marks its quotation
_LONGEST_SIGNATURE: Final = 140  # characters
_PARTICLE: Final = "(?:van|von|der|de|da|di|del|la|le|al|bin|el)"
_NAME: Final = rf"[^\W\d_a-z][\w.’'-]*(?:\s(?:{_PARTICLE}\s)*[^\W\d_a-z][\w.’'-]*){{0,5}}"
_HANDLE: Final = r"\s*\(@\w{1,30}\)"
_TAIL: Final = r"(?:\s*,?\s*(?=[^\n]*\d)[\w ,./:·-]{1,40})?"  # a date
_SIGNED: Final = (
    re.compile(rf"(?:^|(?<=\s))(?:—|–|―|--|-)\s*(?P<name>{_NAME}){_HANDLE}{_TAIL}$"),
    re.compile(rf"^(?P<name>{_NAME}){_HANDLE}{_TAIL}$"),
    re.compile(rf"^(?:—|–|―|--|-)\s*(?P<name>{_NAME})(?:,\s*(?P<role>[^\n]{{2,80}}))?$"),
)
_HANDS_OVER: Final = frozenset({"colon", "signed", "label", "transcript"})


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs a block: the name as it stands, and what follows it after a comma."""

    name: Span
    role: str | None


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph of a block, as a quotation without marks; `first` in its block or not."""

    quotation: Quotation
    first: bool
    signature: Signature | None


def pieces_of(text: str, blocks: Sequence[Span], marked: Sequence[Quotation]) -> list[Piece]:
    """The paragraphs of those `blocks` that are not between marks anyway, in order."""
    parts = paragraphs(text) if blocks else []
    found: list[Piece] = []
    for block in sorted(blocks):
        span = trimmed(text, Span(max(0, block.start), min(block.end, len(text))))
        within = [quote.span for quote in marked if span.contains(quote.span)]
        covered = sum(part.end - part.start for part in within)
        if span.end <= span.start or covered >= _MARKED * (span.end - span.start):
            continue
        if not found or found[-1].quotation.span.end <= span.start:
            found += _pieces(text, span, parts)
    return found


def hands_over(rule: str) -> bool:
    """Whether a rule that credited a block found its speaker in the words before or under it."""
    return rule in _HANDS_OVER


def _pieces(text: str, block: Span, parts: Sequence[Span]) -> Iterator[Piece]:
    inner = [
        Span(max(part.start, block.start), min(part.end, block.end)) for part in parts if part.overlaps(block)
    ]
    signed, words = None, inner
    for at in range(len(inner) - 1, -1, -1):
        found = _signature(text, inner[at])
        if found is not None:
            signed, rest = found
            words = [*inner[:at], *([rest] if rest.end > rest.start else [])]
            break
    below = next((part for part in parts if part.start >= block.end), None)
    if (
        signed is None
        and below is not None
        and (found := _signature(text, below))
        and found[1].end <= found[1].start
    ):
        signed = found[0]
    for number, part in enumerate(words):
        more = number < len(words) - 1
        yield Piece(Quotation(part, part, 0, closed=not more, continues=more), number == 0, signed)


def _signature(text: str, part: Span) -> tuple[Signature, Span] | None:
    """Who signs at the end of `part`, and what is left of it for the words."""
    start = max(part.start, part.end - _LONGEST_SIGNATURE)
    for pattern in _SIGNED:
        match = pattern.search(text[start : part.end])
        if match is not None and (match.start() > 0 or start == part.start):
            role = match.groupdict().get("role")
            name = Span(*match.span("name")).shifted(start)
            return Signature(name, role), trimmed(text, Span(part.start, start + match.start()))
    return None
