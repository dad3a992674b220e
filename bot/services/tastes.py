"""What a guild cares for: the interests that it named, and what its reactions to earlier stories say."""

from __future__ import annotations

import asyncio

from bot.domain.clock import Clock
from bot.domain.edition import Tastes
from bot.services.books import SettingsBook
from bot.services.votes import LOOKED_BACK, MOST_VOTES, VoteBook, learned


class GuildTastes:
    """Fills `bot.services.digests.KnowsTastes`."""

    def __init__(self, settings: SettingsBook, votes: VoteBook, *, clock: Clock) -> None:
        self._settings = settings
        self._votes = votes
        self._clock = clock

    async def tastes(self, guild_id: int) -> Tastes:
        """Its interests and weights. Raises StorageError."""
        choices = await self._settings.choices(guild_id)
        now = self._clock()
        votes = await self._votes.of_guild(guild_id, now - LOOKED_BACK, MOST_VOTES)
        tastes = await asyncio.to_thread(learned, votes, now) if votes else Tastes()
        return tastes.model_copy(update={"interests": choices.interests or ()})
