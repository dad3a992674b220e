"""What a guild cares for, as far as it has said so: the interests among its choices."""

from __future__ import annotations

from bot.domain.edition import Tastes
from bot.services.books import SettingsBook


class ChosenInterests:
    """Fills `bot.services.digests.KnowsTastes` from the settings; reactions to stories are not counted yet."""

    def __init__(self, settings: SettingsBook) -> None:
        self._settings = settings

    async def tastes(self, guild_id: int) -> Tastes:
        """The guild's interests."""
        choices = await self._settings.choices(guild_id)
        return Tastes(interests=choices.interests or ())
