"""An article of ours and a Brief that rests on it, place by place: for tests of what looks things up again."""

from __future__ import annotations

from datetime import date

from bot.domain.brief import Brief, Event, Point, PointsSection, Quote, QuotesSection, TimelineSection
from bot.domain.document import Document
from bot.domain.draft import Evidence
from bot.domain.keeping import fingerprint
from tests.support.briefs import brief, source

TEXT = (
    "The harbour of Lund reopened on Monday after nine weeks of work.\n\n"
    "“We are open again,” said harbour master Ola Lind. The repairs *cost* 4 million euros, he said.\n\n"
    "The harbour had been closed on 2 January 2026, when a storm broke the pier. Ferries to Aster left at noon."
)
DOCUMENT = Document(
    text=TEXT,
    title="Harbour reopens after nine weeks",
    site="Lund Courier",
    url="https://courier.example/harbour",
    published=date(2026, 3, 4),
    language="en",
)


def at(words: str) -> tuple[Evidence, ...]:
    """Where `words` stand in the article."""
    start = TEXT.index(words)
    return (Evidence(source=DOCUMENT.id, start=start, end=start + len(words)),)


def harbour(**changes: object) -> Brief:
    """The Brief."""
    summary = PointsSection(
        name="summary",
        title="Summary",
        items=(
            Point(text="The harbour reopened on Monday.", evidence=at("The harbour of Lund reopened on Monday")),
            Point(
                text="The repairs cost 4 million euros.",
                evidence=at("The repairs *cost* 4 million euros"),
                passage=2,
            ),
        ),
    )
    quote = Quote(text="We are open again,", speaker="Ola Lind", evidence=at("We are open again,"), passage=2)
    event = Event(
        text="A storm broke the pier.", date="2026-01-02", date_text="2 January 2026", evidence=at("a storm")
    )
    known: dict[str, object] = {
        "sources": (source(id=DOCUMENT.id),),
        "sections": (
            summary,
            QuotesSection(name="quotes", title="Key quotes", items=(quote,)),
            TimelineSection(name="timeline", title="Timeline", items=(event,)),
        ),
    }
    return brief(**(known | changes))


FINGERPRINT = fingerprint(DOCUMENT)
