"""The engine that needs no model: it chooses the article's own sentences, quotes and dates.

It is what works on a bare machine and what stands in when a model's endpoint is down. It follows no instructions,
so it fills only the sections that are marked `extractive`, and the same Task always gives the same Draft.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Final

from bot.domain.asking import Inquiry, ProposedReply
from bot.domain.document import Document
from bot.domain.draft import Draft, DraftSection, Finding, Proposal, ProposedPoint
from bot.domain.length import SCALE
from bot.domain.order import Length
from bot.domain.section import Section
from bot.domain.task import Progress, Task
from bot.engines.extractive.answering import propose_answers
from bot.engines.extractive.candidates import Candidate, candidates
from bot.engines.extractive.dating import propose_events
from bot.engines.extractive.quoting import propose_quotes
from bot.engines.extractive.ranking import Ranking
from bot.text.language import detect_language
from bot.wording import Phrase

NOT_WRITTEN: Final = Finding.told(
    "language-not-written",
    Phrase("Points and events stay in the article's language: the built-in engine does not translate."),
)

NOT_UNDERSTOOD: Final = Finding.told(
    "question-not-understood",
    Phrase("The built-in engine looks for a question's own words: ask in the article's language."),
)


class ExtractiveEngine:
    """Implements `bot.domain.task.Engine` and `bot.domain.asking.Replies`; raises nothing."""

    async def write(self, task: Task) -> Draft:
        """Propose the strongest sentences, quotes and dated events for each extractive Section."""
        task.report(Progress("writing", 0, 1))
        sections = await asyncio.to_thread(write_sections, task.documents, task.sections, task.length)
        task.report(Progress("writing", 1, 1))
        return Draft(engine="extractive", sections=sections, findings=(NOT_WRITTEN,) if task.translates else ())

    async def reply(self, inquiry: Inquiry) -> ProposedReply:
        """The article's own sentences that answer; none where nothing is near enough to the question."""
        items = await asyncio.to_thread(propose_answers, inquiry.documents, inquiry.question)
        strange = not items and await asyncio.to_thread(_asked_otherwise, inquiry)
        return ProposedReply(engine="extractive", items=items, findings=(NOT_UNDERSTOOD,) if strange else ())


def _asked_otherwise(inquiry: Inquiry) -> bool:
    """Whether the question seems to be in another language than the Documents."""
    asked = detect_language(inquiry.question)
    return asked != "und" and all(document.language not in {asked, "und"} for document in inquiry.documents)


def write_sections(
    documents: Sequence[Document], sections: Sequence[Section], length: Length = "standard"
) -> tuple[DraftSection, ...]:
    """One DraftSection for each Section, in order; those that this engine must not fill stay empty."""
    groups = [candidates(document) for document in {document.id: document for document in documents}.values()]
    points = _Points(groups, SCALE[length])
    return tuple(
        DraftSection(name=section.name, items=_items(section, documents, groups, points)) for section in sections
    )


def _items(
    section: Section, documents: Sequence[Document], groups: Sequence[Sequence[Candidate]], points: _Points
) -> tuple[Proposal, ...]:
    if not section.extractive:
        return ()
    match section.kind:
        case "points" | "text":
            return points.next(section.max_items)
        case "quotes":
            return propose_quotes(documents, section.max_items)
        case "timeline":
            return propose_events(groups, section.max_items)


class _Points:
    """Chosen sentences; a second section of points gets those that the first one left."""

    def __init__(self, groups: Sequence[Sequence[Candidate]], scale: float) -> None:
        self._groups = groups
        self._scale = scale
        self._ranking: Ranking | None = None
        self._used: frozenset[int] = frozenset()

    def next(self, most: int) -> tuple[ProposedPoint, ...]:
        """Up to `most` points that no section has had."""
        self._ranking = self._ranking or Ranking(self._groups)
        chosen = self._ranking.choose(most, but=self._used, scale=self._scale)
        self._used |= frozenset(chosen)
        taken = [self._ranking.candidates[index] for index in chosen]
        return tuple(ProposedPoint(text=candidate.text, evidence=(candidate.evidence,)) for candidate in taken)
