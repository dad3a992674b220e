"""PromptBook: what is asked of storage about the prompts that guilds wrote; `bot.store` fills it."""

from __future__ import annotations

from typing import Protocol

from bot.domain.prompt_version import PromptVersion


class PromptBook(Protocol):
    """Versions of guilds' prompts, by guild and name. Every method raises StorageError."""

    async def add(self, wanted: PromptVersion, *, keep: int) -> PromptVersion:
        """Store it as the next version of its name; the returned one has the number.

        The draft of that name is gone then, and so are versions older than the newest `keep`.
        """
        ...

    async def current(self, guild_id: int) -> list[PromptVersion]:
        """The newest version of each name, by name; drafts are none."""
        ...

    async def history(self, guild_id: int, name: str, limit: int) -> list[PromptVersion]:
        """The newest versions of a name, newest first."""
        ...

    async def get(self, guild_id: int, name: str, version: int) -> PromptVersion | None:
        """That version; None where it was never made, or is not kept any more."""
        ...

    async def put_draft(self, draft: PromptVersion) -> None:
        """Keep it in place of the guild's earlier draft of that name."""
        ...

    async def drop_draft(self, guild_id: int, name: str) -> bool:
        """Throw the draft of that name away; False where there was none."""
        ...
