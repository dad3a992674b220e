"""The sections of a Brief, one maker a kind: check each proposal, drop repeats, stop at the section's limit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from bot.domain.brief import Point, PointsSection, Quote, QuotesSection, TextSection, TimelineSection
from bot.domain.draft import Finding, ProposedEvent, ProposedPoint, ProposedQuote
from bot.domain.section import Section
from bot.text.words import content_stems
from bot.verify.events import Dated, check_event
from bot.verify.ground import Grounds
from bot.verify.quotes import check_quote, overlaps
from bot.verify.statements import LONGEST, LONGEST_PARAGRAPH, Statement, prove

SAME_STATEMENT: Final = 0.8  # share of roots in common that makes two statements one

DUPLICATE: Final = Finding(code="duplicate")
TOO_MANY: Final = Finding(code="too-many-items")


def points_section(
    section: Section, proposals: Sequence[ProposedPoint], grounds: Grounds, reasons: list[Finding]
) -> PointsSection:
    """A list of proven statements, as the engine ordered them."""
    items = tuple(_points(section, proposals, grounds, reasons, longest=LONGEST))
    if not items:
        reasons.append(Finding(code="section-empty"))
    return PointsSection(name=section.name, title=section.title, items=items)


def text_section(
    section: Section, proposals: Sequence[ProposedPoint], grounds: Grounds, reasons: list[Finding]
) -> TextSection:
    """Paragraphs of running prose, each proven like a point."""
    items = tuple(_points(section, proposals, grounds, reasons, longest=LONGEST_PARAGRAPH))
    return TextSection(name=section.name, title=section.title, items=items)


def quotes_section(
    section: Section, proposals: Sequence[ProposedQuote], grounds: Grounds, reasons: list[Finding]
) -> QuotesSection:
    """Verbatim quotes, as the engine ordered them."""
    kept: list[Quote] = []
    for proposal in proposals:
        quote, told = check_quote(proposal, grounds)
        if quote is not None and overlaps(quote, kept):
            told = [DUPLICATE]
        elif quote is not None and len(kept) == section.max_items:
            told = [TOO_MANY]
        elif quote is not None:
            kept.append(quote)
        reasons += told
    return QuotesSection(name=section.name, title=section.title, items=tuple(kept))


def timeline_section(
    section: Section, proposals: Sequence[ProposedEvent], grounds: Grounds, reasons: list[Finding]
) -> TimelineSection:
    """Events in calendar order; the limit is applied before sorting, so that the engine's first choices stay."""
    kept: list[Dated] = []
    for proposal in proposals:
        dated, told = check_event(proposal, grounds)
        if dated is not None and any(_same_event(dated, other) for other in kept):
            told = [DUPLICATE]
        elif dated is not None and len(kept) == section.max_items:
            told = [TOO_MANY]
        elif dated is not None:
            kept.append(dated)
        reasons += told
    kept.sort(key=lambda dated: dated.order)
    return TimelineSection(name=section.name, title=section.title, items=tuple(dated.event for dated in kept))


def _points(
    section: Section,
    proposals: Sequence[ProposedPoint],
    grounds: Grounds,
    reasons: list[Finding],
    *,
    longest: int,
) -> Iterator[Point]:
    kept: list[Statement] = []
    for proposal in proposals:
        proof = prove(proposal.text, proposal.evidence, grounds, noun="point", longest=longest)
        if isinstance(proof, Finding):
            reasons.append(proof)
        elif any(_same_words(proof.text, other.text) for other in kept):
            reasons.append(DUPLICATE)
        elif len(kept) == section.max_items:
            reasons.append(TOO_MANY)
        else:
            kept.append(proof)
            yield Point(text=proof.text, evidence=proof.evidence)


def _same_words(one: str, other: str) -> bool:
    first, second = frozenset(content_stems(one)), frozenset(content_stems(other))
    return len(first & second) >= SAME_STATEMENT * max(1, len(first | second))


def _same_event(one: Dated, other: Dated) -> bool:
    """Whether two Events tell one thing: the same sentence and date, or the same words and date."""
    if one.event.date != other.event.date or (
        one.event.date is None and one.event.date_text != other.event.date_text
    ):
        return False
    return one.event.evidence[0] == other.event.evidence[0] or _same_words(one.event.text, other.event.text)
