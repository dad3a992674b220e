"""ReportBook: what is asked of storage about errors that people report, kept for the operator."""

from __future__ import annotations

from typing import Protocol

from bot.domain.report import Report


class ReportBook(Protocol):
    """Reports. Every method raises StorageError. They go by age with all else (`bot.services.retention`)."""

    async def add(self, report: Report) -> None:
        """Keep it."""
        ...

    async def recent(self, limit: int) -> list[Report]:
        """The latest, newest first."""
        ...
