"""What every button asks first: whose briefing this is, and whether it is still kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import discord

from bot.chat.cards import notice_view
from bot.domain.answer import Answered
from bot.wording import say

if TYPE_CHECKING:
    from bot.chat.client import NutgrafClient
    from bot.chat.desk import Desk

Interaction = discord.Interaction[Any]


def desk_of(interaction: Interaction) -> Desk:
    """The Desk of the client that heard the button."""
    return cast("NutgrafClient", interaction.client).desk


async def whisper(interaction: Interaction, words: str) -> None:
    """Say it to the person alone."""
    if interaction.response.is_done():
        await interaction.followup.send(view=notice_view(words), ephemeral=True)
    else:
        await interaction.response.send_message(view=notice_view(words), ephemeral=True)


async def kept(interaction: Interaction, key: str, *, made: bool = True) -> Answered | None:
    """What is kept under `key`, with its Brief where `made`; else the person is told, and None."""
    answered = await desk_of(interaction).book.get(key)
    if answered is None or (made and answered.brief is None):
        await whisper(
            interaction, say("I no longer keep this briefing. Ask for it again and its buttons will work.")
        )
        return None
    return answered


def may_change(interaction: Interaction, asker_id: int) -> bool:
    """Whether this person asked for the briefing, or may manage messages here."""
    return interaction.user.id == asker_id or interaction.permissions.manage_messages


async def refused(interaction: Interaction, asker_id: int) -> bool:
    """Whether the person may not change this briefing; they are told."""
    if may_change(interaction, asker_id):
        return False
    await whisper(
        interaction,
        say("Only the person who asked for this briefing, or someone who may manage messages here, can do that."),
    )
    return True
