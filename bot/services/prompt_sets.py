"""PromptSets: the seam to prompts that a guild wrote itself. The operator's are used where it has none.

What a guild wrote was checked when it was saved (`bot.prompting`), so a set that is found here is valid.
"""

from __future__ import annotations

from typing import Protocol

from bot.domain.task import Prompts


class PromptSets(Protocol):
    """The prompts in force in each guild."""

    async def of_guild(self, guild_id: int) -> Prompts | None:
        """The guild's own set (`bot.prompting.PromptSet` is one); None where it uses the operator's.

        Raises StorageError.
        """
        ...


class OperatorsOnly:
    """PromptSets where no guild has any of its own."""

    async def of_guild(self, guild_id: int) -> Prompts | None:
        """None: the operator's."""
        return None
