"""Errors that people report, kept for the operator: how many one person may, and what is asked of storage."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Final, Protocol

from bot.domain.errors import CooldownError
from bot.domain.report import Report
from bot.wording import Phrase

REPORTS_A_DAY: Final = 20  # of one person, by UTC: an operator reads each, and so much nobody fills a table with


class ReportBook(Protocol):
    """Reports. Every method raises StorageError. They go by age with all else (`bot.services.retention`)."""

    async def add(self, report: Report) -> None:
        """Keep it."""
        ...

    async def made_since(self, user_id: int, since: datetime) -> int:
        """How many that person made from that instant on."""
        ...

    async def recent(self, limit: int) -> list[Report]:
        """The latest, newest first."""
        ...


async def take(book: ReportBook, report: Report) -> None:
    """Keep it. Raises CooldownError where that person reported enough today, and StorageError."""
    midnight = datetime.combine(report.made.astimezone(UTC).date(), time(tzinfo=UTC))
    if await book.made_since(report.made_by, midnight) >= REPORTS_A_DAY:
        raise CooldownError(
            Phrase("You have reported {most} errors today, and I keep no more of one person.", most=REPORTS_A_DAY),
            cure=Phrase("Report it after midnight UTC, or tell the person who runs this bot."),
        )
    await book.add(report)
