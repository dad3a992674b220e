"""The sections of a Brief, one maker a kind: check each proposal, drop repeats, stop at the section's limit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from bot.domain.brief import Point, PointsSection, Quote, QuotesSection, TextSection, TimelineSection
from bot.domain.draft import Finding, Proposal, ProposedEvent, ProposedPoint, ProposedQuote
from bot.domain.section import Section
from bot.text.words import content_stems
from bot.verify.events import Dated, check_event
from bot.verify.ground import Grounds
from bot.verify.quotes import check_quote, overlaps
from bot.verify.sameness import merged, tells_the_same
from bot.verify.statements import LONGEST, LONGEST_PARAGRAPH, Statement, prove

SAME_STATEMENT: Final = 0.8  # share of roots in common that makes two statements one

DUPLICATE: Final = Finding(code="duplicate")
TOO_MANY: Final = Finding(code="too-many-items")


class Told:
    """What is told of one section: its Findings, and those that cost a proposal its place, with the proposal."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.rejected: list[tuple[Proposal, Finding]] = []

    def tell(self, *findings: Finding) -> None:
        """What was changed, or what a reader should know."""
        self.findings += findings

    def reject(self, proposal: Proposal, finding: Finding) -> None:
        """Why a proposal was dropped."""
        self.findings.append(finding)
        self.rejected.append((proposal, finding))


def points_section(
    section: Section, proposals: Sequence[ProposedPoint], grounds: Grounds, told: Told
) -> PointsSection:
    """A list of proven statements, as the engine ordered them."""
    items = tuple(_points(section, proposals, grounds, told, longest=LONGEST))
    if not items:
        told.tell(Finding(code="section-empty"))
    return PointsSection(name=section.name, title=section.title, items=items)


def text_section(
    section: Section, proposals: Sequence[ProposedPoint], grounds: Grounds, told: Told
) -> TextSection:
    """Paragraphs of running prose, each proven like a point."""
    items = tuple(_points(section, proposals, grounds, told, longest=LONGEST_PARAGRAPH))
    return TextSection(name=section.name, title=section.title, items=items)


def quotes_section(
    section: Section, proposals: Sequence[ProposedQuote], grounds: Grounds, told: Told
) -> QuotesSection:
    """Verbatim quotes, as the engine ordered them."""
    kept: list[Quote] = []
    for proposal in proposals:
        quote, findings = check_quote(proposal, grounds)
        if quote is None:
            told.reject(proposal, findings[0])
        elif overlaps(quote, kept):
            told.reject(proposal, DUPLICATE)
        elif len(kept) == section.max_items:
            told.reject(proposal, TOO_MANY)
        else:
            kept.append(quote)
            told.tell(*findings)
    return QuotesSection(name=section.name, title=section.title, items=tuple(kept))


def timeline_section(
    section: Section, proposals: Sequence[ProposedEvent], grounds: Grounds, told: Told
) -> TimelineSection:
    """Events in calendar order; the limit is applied before sorting, so that the engine's first choices stay."""
    kept: list[Dated] = []
    for proposal in proposals:
        dated, findings = check_event(proposal, grounds)
        twin = next((at for at, other in enumerate(kept) if dated and tells_the_same(dated, other)), None)
        if dated is None:
            told.reject(proposal, findings[0])
        elif twin is not None:
            kept[twin] = merged(kept[twin], dated)
            told.reject(proposal, DUPLICATE)
        elif len(kept) == section.max_items:
            told.reject(proposal, TOO_MANY)
        else:
            kept.append(dated)
            told.tell(*findings)
    kept.sort(key=lambda dated: dated.order)
    return TimelineSection(name=section.name, title=section.title, items=tuple(dated.event for dated in kept))


def _points(
    section: Section,
    proposals: Sequence[ProposedPoint],
    grounds: Grounds,
    told: Told,
    *,
    longest: int,
) -> Iterator[Point]:
    kept: list[Statement] = []
    for proposal in proposals:
        proof = prove(proposal.text, proposal.evidence, grounds, noun="point", longest=longest)
        if isinstance(proof, Finding):
            told.reject(proposal, proof)
        elif any(_same_words(proof.text, other.text) for other in kept):
            told.reject(proposal, DUPLICATE)
        elif len(kept) == section.max_items:
            told.reject(proposal, TOO_MANY)
        else:
            kept.append(proof)
            yield Point(text=proof.text, evidence=proof.evidence)


def _same_words(one: str, other: str) -> bool:
    first, second = frozenset(content_stems(one)), frozenset(content_stems(other))
    return len(first & second) >= SAME_STATEMENT * max(1, len(first | second))
