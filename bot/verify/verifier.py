"""The gate between what an engine proposes and what a reader sees: the only maker of a Brief.

A bad item is dropped and counted as a Finding, never the whole Brief. Findings show at most a few of a model's
words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.brief import Brief, BriefSection, BriefSource
from bot.domain.document import Document
from bot.domain.draft import Draft, Finding, Proposal, ProposedEvent, ProposedPoint, ProposedQuote
from bot.domain.section import Section
from bot.domain.task import Rejected
from bot.verify.ground import Grounds
from bot.verify.locating import located
from bot.verify.making import Told, points_section, quotes_section, text_section, timeline_section
from bot.verify.sanitise import glimpse

ASKED_PER_KEPT: Final = 8  # how many proposals are looked at for each that a section may keep
FEWEST_ASKED: Final = 40

_KINDS: Final[dict[str, type[Proposal]]] = {
    "points": ProposedPoint,
    "text": ProposedPoint,
    "quotes": ProposedQuote,
    "timeline": ProposedEvent,
}


def verify(
    draft: Draft, documents: Sequence[Document], sections: Sequence[Section], *, with_text: bool = False
) -> Brief:
    """Hold `draft` against `documents` (one or more) and keep, section by section, what they bear out.

    Never raises because of what the Draft holds. Sections come in the order of `sections`, empty ones too;
    `with_text` puts each Document's text into its BriefSource.
    """
    return examine(draft, documents, sections, with_text=with_text).brief


@dataclass(frozen=True, slots=True)
class Verdict:
    """The Brief of a Draft, and every proposal that has no place in it, in the Draft's order."""

    brief: Brief
    rejected: tuple[Rejected, ...]


def examine(
    draft: Draft, documents: Sequence[Document], sections: Sequence[Section], *, with_text: bool = False
) -> Verdict:
    """The same as `verify`, with what was dropped beside the Brief, so that an engine may be asked to mend it."""
    grounds = Grounds(documents, draft.language)
    findings = list(draft.findings)
    made: list[BriefSection] = []
    rejected: list[Rejected] = []
    for section in sections:
        told = Told()
        proposals = [item for part in draft.sections if part.name == section.name for item in part.items]
        made.append(located(_section(section, _fitting(section, proposals, told), grounds, told), grounds))
        findings += [finding.model_copy(update={"section": section.name}) for finding in told.findings]
        rejected += [Rejected(section.name, proposal, finding) for proposal, finding in told.rejected]
    known = {section.name for section in sections}
    strange = [part for part in draft.sections if part.name not in known]
    findings += [Finding(code="section-unknown", detail=glimpse(part.name)) for part in strange]
    brief = Brief(
        sources=tuple(_source(ground.document, with_text=with_text) for ground in grounds),
        engine=draft.engine,
        model=draft.model,
        prompts_digest=draft.prompts_digest,
        language=_language(draft, documents),
        sections=tuple(made),
        findings=tuple(findings),
        usage=draft.usage,
    )
    return Verdict(brief, tuple(rejected))


def _language(draft: Draft, documents: Sequence[Document]) -> str | None:
    own = documents[0].language
    return draft.language or (own if own != "und" else None)


def _source(document: Document, *, with_text: bool) -> BriefSource:
    return BriefSource(
        id=document.id,
        title=document.title,
        author=document.author,
        site=document.site,
        url=document.url,
        published=document.published,
        published_from=document.published_from,
        language=document.language,
        words=document.words,
        coverage=document.coverage,
        picture=document.picture,
        text=document.text if with_text else None,
    )


def _fitting(section: Section, proposals: Sequence[Proposal], told: Told) -> list[Proposal]:
    """The proposals of the section's kind, as many as are worth a look; what is left out is told."""
    fitting = [item for item in proposals if isinstance(item, _KINDS[section.kind])]
    most = max(FEWEST_ASKED, ASKED_PER_KEPT * section.max_items)
    if len(fitting) < len(proposals):
        told.tell(Finding(code="wrong-kind", detail=str(len(proposals) - len(fitting))))
    if len(fitting) > most:
        told.tell(Finding(code="too-many-items", detail=str(len(fitting) - most)))
    return fitting[:most]


def _section(section: Section, proposals: Sequence[Proposal], grounds: Grounds, told: Told) -> BriefSection:
    points = [item for item in proposals if isinstance(item, ProposedPoint)]
    match section.kind:
        case "points":
            return points_section(section, points, grounds, told)
        case "text":
            return text_section(section, points, grounds, told)
        case "quotes":
            quotes = [item for item in proposals if isinstance(item, ProposedQuote)]
            return quotes_section(section, quotes, grounds, told)
        case "timeline":
            events = [item for item in proposals if isinstance(item, ProposedEvent)]
            return timeline_section(section, events, grounds, told)
