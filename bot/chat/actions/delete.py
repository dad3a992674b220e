"""Deletes a briefing: its messages, and what is kept of it."""

from __future__ import annotations

import contextlib
import re
from typing import Any, Self

import discord
from discord import ui

from bot.chat.actions.asking import Interaction, desk_of, refused
from bot.chat.actions.ids import KEY, custom_id
from bot.wording import say


class DeleteButton(ui.DynamicItem[ui.Button[Any]], template=rf"nutgraf:delete:{KEY}:(?P<asker>[0-9a-z]{{1,13}})"):
    """`key`: the answer's; `asker`: who asked, known from the button itself, so that it never grows stale."""

    def __init__(self, key: str, asker: int) -> None:
        self.key, self.asker = key, asker
        button: ui.Button[Any] = ui.Button(
            label=say("Delete"), style=discord.ButtonStyle.secondary, custom_id=custom_id("delete", key, asker)
        )
        super().__init__(button)

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """The button as it was when it was sent."""
        return cls(match["key"], int(match["asker"], 36))

    async def callback(self, interaction: Interaction) -> None:
        """Delete, where the person may; else say why not, to that person alone."""
        if await refused(interaction, self.asker):
            return
        await interaction.response.defer()
        book = desk_of(interaction).book
        answered = await book.get(self.key)
        # Each may be gone already, deleted by hand; the others go all the same.
        with contextlib.suppress(discord.HTTPException):
            await interaction.delete_original_response()
        clicked = interaction.message.id if interaction.message else 0
        if answered is None:
            return
        for number, message_id in enumerate(answered.message_ids):
            channel_id = answered.thread_id if number and answered.thread_id else answered.place.channel_id
            if message_id != clicked:
                channel = interaction.client.get_partial_messageable(channel_id)
                with contextlib.suppress(discord.HTTPException):
                    await channel.get_partial_message(message_id).delete()
        await book.delete(self.key)
