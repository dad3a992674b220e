"""AuditBook: what use cases ask of storage about who changed what."""

from __future__ import annotations

from typing import Protocol

from bot.domain.audit import AuditEntry


class AuditBook(Protocol):
    """The changes that were made in each guild. Every method raises StorageError."""

    async def note(self, *entries: AuditEntry) -> None:
        """Keep them, in that order."""
        ...

    async def recent(self, guild_id: int, limit: int) -> list[AuditEntry]:
        """A guild's latest entries, newest first."""
        ...
