"""An answer to a press that is acknowledged before anything is looked up: Discord waits for three seconds only."""

from __future__ import annotations

import contextlib
from typing import Any, Self

import discord
from discord import ui

from bot.chat.answers import InteractionAnswer
from bot.chat.failures import Gone

_TOO_LATE = frozenset({10062, 40060})


class DeferredAnswer(InteractionAnswer):
    """As InteractionAnswer; what follows the acknowledgement takes its place."""

    def __init__(self, interaction: discord.Interaction[Any], *, private: bool) -> None:
        super().__init__(interaction, private=private)
        self._acknowledged: int | None = None

    @classmethod
    async def begun(cls, interaction: discord.Interaction[Any], *, private: bool) -> Self:
        """The answer, acknowledged. Raises Gone where it is too late, and discord.HTTPException."""
        answer = cls(interaction, private=private)
        try:
            deferred = await interaction.response.defer(ephemeral=private, thinking=True)
        except discord.HTTPException as error:
            if error.code in _TOO_LATE:
                raise Gone from None
            raise
        answer._acknowledged = deferred.message_id if deferred else None
        return answer

    async def say(self, view: ui.LayoutView) -> None:
        """Say why there is nothing to show, to the person alone: nobody else asked."""
        if self.place.private:
            await self.finish(view)
            return
        with contextlib.suppress(discord.HTTPException):
            await self._interaction.delete_original_response()
        await self._interaction.followup.send(view=view, ephemeral=True)

    async def open(self, view: ui.LayoutView) -> int | None:
        """Acknowledged already; how far it is takes its place."""
        return self._acknowledged

    async def show(self, view: ui.LayoutView) -> int | None:
        """Answer with a briefing."""
        await self.finish(view)
        return self._acknowledged
