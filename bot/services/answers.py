"""AnswerBook: what use cases and buttons ask of storage about briefings that stand in Discord."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.domain.answer import Answered


class AnswerBook(Protocol):
    """Briefings that were answered, by the key of their order. Every method raises StorageError."""

    async def put(self, answered: Answered) -> None:
        """Keep it as it is now; an earlier one with that key is replaced, its token forgotten once it is over."""
        ...

    async def note(self, key: str, message_id: int) -> None:
        """Write down where its first message stands, unless that is known already."""
        ...

    async def get(self, key: str) -> Answered | None:
        """The one with that key; None where it was never made or is forgotten."""
        ...

    async def of_message(self, message_id: int) -> Answered | None:
        """The one that stands in that message."""
        ...

    async def held(self, since: datetime) -> list[Answered]:
        """Those asked for since then that no job has, oldest first, with their tokens."""
        ...

    async def of_asker(self, asker_id: int) -> list[str]:
        """The keys of all that a person asked for."""
        ...

    async def of_guild(self, guild_id: int, channel_id: int | None = None) -> list[str]:
        """The keys of all in a guild, or in one of its channels."""
        ...

    async def delete(self, key: str) -> bool:
        """Forget it; False where it was gone already."""
        ...

    async def prune(self, before: datetime) -> int:
        """Forget those asked for before that instant; how many."""
        ...
