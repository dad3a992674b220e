"""Deletes a briefing: its messages, and what is kept of it."""

from __future__ import annotations

import contextlib
from typing import Any, Final

import discord
from discord import ui

from bot.chat.actions.asking import Interaction, desk_of
from bot.chat.actions.owned import owned_button, owned_item
from bot.wording import say


def delete_button(key: str, asker: int) -> ui.Item[Any]:
    """Has the answer `key` deleted, which `asker` asked for."""
    return owned_button("delete", say("Delete"), key, asker)


async def delete(interaction: Interaction, key: str, _: int) -> None:
    """Delete it."""
    await interaction.response.defer()
    book = desk_of(interaction).book
    answered = await book.get(key)
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
    await book.delete(key)


DeleteItem: Final = owned_item("delete", delete)
