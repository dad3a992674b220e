"""Stops a briefing that is being made."""

from __future__ import annotations

import re
from typing import Any, Self

import discord
from discord import ui

from bot.chat.actions.asking import Interaction, desk_of, refused, replace_view, soon
from bot.chat.actions.ids import KEY, custom_id
from bot.chat.actions.item import Press, button
from bot.chat.cards import notice_view
from bot.wording import say


class CancelButton(ui.DynamicItem[ui.Button[Any]], template=rf"nutgraf:cancel:{KEY}:(?P<asker>[0-9a-z]{{1,13}})"):
    """`key`: the order's; `asker`: who asked."""

    def __init__(self, key: str, asker: int) -> None:
        self.key, self.asker = key, asker
        button: ui.Button[Any] = ui.Button(
            label=say("Cancel"), style=discord.ButtonStyle.secondary, custom_id=custom_id("cancel", key, asker)
        )
        super().__init__(button)

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """The button as it was when it was sent."""
        return cls(match["key"], int(match["asker"], 36))

    async def callback(self, interaction: Interaction) -> None:
        """Stop the work and say so in its place, where the person may."""
        if await refused(interaction, self.asker):
            return
        await soon(interaction, desk_of(interaction).cancel(self.key))
        words = say("Cancelled by {person}.", person=interaction.user.display_name)
        private = interaction.message is not None and interaction.message.flags.ephemeral
        cancelled = Press(what="again", key=self.key, asker=self.asker, private=private)
        again = button(cancelled, "again", say("Start again"))
        await replace_view(interaction, notice_view(words, rows=[[again]]))
