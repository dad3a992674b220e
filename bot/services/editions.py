"""What a run says, put together from its parts: pure, so that the same parts give the same Edition again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.brief import Brief, PointsSection, QuotesSection, TextSection, TimelineSection
from bot.domain.digest import Digest
from bot.domain.draft import Usage
from bot.domain.edition import Choice, ChosenStory, DigestEdition, StoryBrief, Telling
from bot.domain.order import Length
from bot.services.shelf import Shelved
from bot.wording import say, told

POINTS: Final[dict[Length, tuple[int, int]]] = {"short": (1, 1), "standard": (3, 2), "long": (5, 4)}  # few, many
MANY: Final = 7  # stories
QUOTES: Final = 1  # a story, where the digest names such a section
EVENTS: Final = 2


def compose(
    digest: Digest, choice: Choice, briefs: Sequence[StoryBrief], *, now: datetime, notice: str | None = None
) -> DigestEdition:
    """The Edition of a run. Read stories come first, in rank order; the unread are listed below."""
    read = [brief for brief in briefs if brief.unread is None]
    unread = [brief for brief in briefs if brief.unread is not None]
    return DigestEdition(
        digest_id=digest.id,
        name=digest.name,
        day=now.astimezone(ZoneInfo(digest.schedule.zone)).date(),
        prepared=now,
        stories=(*read, *unread),
        line=say("Nothing new since the last digest.") if not briefs and digest.says_nothing_new else None,
        notice=told(notice) if notice else None,
        left_out=choice.left_out,
        counted_out=choice.counted_out,
        troubles=choice.troubles,
    )


def story_brief(chosen: ChosenStory, telling: Telling, shelved: Shelved, digest: Digest) -> StoryBrief:
    """What a digest tells of a Brief: points by its length, quotes and events only where asked by name."""
    brief = shelved.brief
    source = brief.sources[0]
    sections = brief.sections
    named = digest.sections is not None
    points = next((s.items for s in sections if isinstance(s, PointsSection | TextSection)), ())
    quotes = next((s.items for s in sections if isinstance(s, QuotesSection)), ()) if named else ()
    events = next((s.items for s in sections if isinstance(s, TimelineSection)), ()) if named else ()
    return StoryBrief(
        chosen=chosen,
        points=points[: POINTS[digest.length][digest.stories >= MANY]],
        quotes=quotes[:QUOTES],
        events=events[:EVENTS],
        url=telling.url,
        title=source.title or telling.title,
        outlet=telling.outlet or source.site or "",
        engine=brief.engine,
        notes=_notes(brief),
        usage=brief.usage if shelved.paid else Usage(),
    )


def _notes(brief: Brief) -> tuple[str, ...]:
    """What a reader of this story should know: that another engine wrote it, that not everything was read."""
    fallback = any(finding.code.startswith("fallback") for finding in brief.findings)
    notes = [say("The model failed; the built-in engine wrote this.")] if fallback else []
    coverage = min(source.coverage for source in brief.sources)
    if coverage < 0.995:
        notes.append(say("Only about {share:.0%} of the article was read.", share=coverage))
    return tuple(notes)
