"""An article of our own and short ways to propose things about it, for tests of the verifier and the engines."""

from __future__ import annotations

from datetime import date

from bot.domain.brief import Brief, Event, Point, Quote
from bot.domain.document import Document
from bot.domain.draft import Draft, DraftSection, Evidence, Proposal, ProposedEvent, ProposedPoint, ProposedQuote
from bot.domain.section import Section
from bot.verify import verify

SUMMARY = Section(name="summary", title="Summary", kind="points", max_items=5, extractive=True)
QUOTES = Section(name="quotes", title="Key quotes", kind="quotes", max_items=4, extractive=True)
TIMELINE = Section(name="timeline", title="Timeline", kind="timeline", max_items=8, extractive=True)
PROSE = Section(name="background", title="Background", kind="text", max_items=3)
SECTIONS = (SUMMARY, QUOTES, TIMELINE, PROSE)

TEXT = """Flood wall holds as river crests at Ostrava Bend

OSTRAVA BEND (Relay) — The new flood wall held on Friday as the river Marn crested at 6.4 metres, sparing some \
3,000 homes that were under water four years ago.

“The wall did what we paid for,” Mayor Hanna Velk told reporters. “Nobody slept, but nobody drowned.”

The wall cost $41 million and was finished in May. About 12 percent of the money came from the European Union, \
according to the finance ministry.

CLICK HERE TO READ MORE FROM THE RELAY

Engineers opened two sluice gates on Wednesday to lower the lake above the town. “We had six hours of warning, \
which is five more than in 2020,” said Piet Aldous, who runs the gates.

Farmers downstream were less happy. Water covered nearly two hundred hectares of wheat. The farmers’ union said \
the “so-called plan” protected the town and drowned the fields, and that it would sue the state.

Velk said she would ask parliament for a second wall by Sept. 30.

Related Content"""

ARTICLE = Document(
    text=TEXT,
    title="Flood wall holds as river crests at Ostrava Bend",
    published=date(2024, 6, 14),  # a Friday
    published_from="given",
    language="en",
)


def place(words: str, document: Document = ARTICLE) -> Evidence:
    """Where `words` stand in the Document; it is an error of the test if they do not."""
    start = document.text.index(words)
    return Evidence(source=document.id, start=start, end=start + len(words))


def passage(words: str, document: Document = ARTICLE) -> Evidence:
    """The whole line that holds `words`: what a model points to."""
    at = document.text.index(words)
    start = document.text.rfind("\n", 0, at) + 1
    end = document.text.find("\n", at)
    return Evidence(source=document.id, start=start, end=len(document.text) if end < 0 else end)


def point(text: str, *evidence: Evidence) -> ProposedPoint:
    """A proposed point."""
    return ProposedPoint(text=text, evidence=evidence)


def quote(text: str, *evidence: Evidence, speaker: str | None = None) -> ProposedQuote:
    """A proposed quote."""
    return ProposedQuote(text=text, speaker=speaker, evidence=evidence)


def event(text: str, date_text: str | None, *evidence: Evidence) -> ProposedEvent:
    """A proposed event."""
    return ProposedEvent(text=text, date_text=date_text, evidence=evidence)


def draft(**sections: tuple[Proposal, ...]) -> Draft:
    """A Draft with the given proposals by section name."""
    return Draft(
        engine="llm", sections=tuple(DraftSection(name=name, items=items) for name, items in sections.items())
    )


def checked(*documents: Document, **sections: tuple[Proposal, ...]) -> Brief:
    """The Brief of such a Draft, over the article where no Documents are given."""
    return verify(draft(**sections), documents or (ARTICLE,), SECTIONS)


def points_of(brief: Brief) -> list[Point]:
    """The proven points."""
    return [item for section in brief.sections if section.kind == "points" for item in section.items]


def quotes_of(brief: Brief) -> list[Quote]:
    """The proven quotes."""
    return [item for section in brief.sections if section.kind == "quotes" for item in section.items]


def events_of(brief: Brief) -> list[Event]:
    """The proven events."""
    return [item for section in brief.sections if section.kind == "timeline" for item in section.items]


def codes(brief: Brief) -> list[str]:
    """The codes of all Findings, in order."""
    return [finding.code for finding in brief.findings]
