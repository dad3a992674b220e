"""How long each kind of row is kept, as the operator set it."""

from __future__ import annotations

from math import ceil

from bot.domain.keeping import Retention
from bot.settings import Settings


def answers_days(settings: Settings) -> int:
    """Answers are kept as long as jobs: whoever wants theirs forgotten is found by the answers."""
    return max(settings.keep_answers_days, ceil(settings.jobs_keep_days))


def retention_of(settings: Settings) -> Retention:
    """The Retention of `settings`."""
    return Retention(
        documents=settings.keep_documents_days,
        briefs=settings.keep_briefs_days,
        deliveries=settings.keep_deliveries_days,
        answers=answers_days(settings),
        reactions=settings.keep_reactions_days,
        reports=settings.keep_reports_days,
        audit=settings.keep_audit_days,
    )
