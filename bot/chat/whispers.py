"""Answers for the asker alone, in several messages where one is too small: how settings-like commands answer.

In the person's own language, under a net that turns every failure into a sentence.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

import discord
from discord import ui

from bot.chat.cards import notice_view, told_view
from bot.chat.failures import kind, place_of, sentence
from bot.domain.errors import NutgrafError
from bot.domain.trace import begin_trace, current_trace
from bot.wording import Phrase, in_locale

_log = logging.getLogger(__name__)
Interaction = discord.Interaction[Any]
View = ui.LayoutView
Work = Callable[[], Awaitable[Sequence[View]]]

MANAGERS_ONLY: Final = Phrase(
    "Only people who may manage this server can do that. Ask one of them, or ask for the permission Manage Server."
)


def manages(interaction: Interaction) -> bool:
    """Whether the person manages the server that this was asked in."""
    granted = interaction.permissions
    return interaction.guild_id is not None and (granted.manage_guild or granted.administrator)


async def whispered(interaction: Interaction, work: Work, *, managers: bool = False) -> None:
    """Acknowledge to the asker alone, do the work, show its views one by one, or a sentence. Raises nothing."""
    with in_locale(str(interaction.locale)):
        try:
            if await _refused(interaction, managers=managers):
                return
            await interaction.response.defer(ephemeral=True, thinking=True)
            await show(interaction, await _views(work))
        except Exception as error:  # Discord would not take the answer, so there is no way to tell the person
            _log.warning("answer lost error=%s at=%s", kind(error), place_of(error))


async def turned(interaction: Interaction, work: Work, *, managers: bool = False) -> None:
    """The same for a button: the message it stands on becomes the first view. Raises nothing."""
    with in_locale(str(interaction.locale)):
        try:
            if await _refused(interaction, managers=managers):
                return
            await interaction.response.defer()
            await show(interaction, await _views(work))
        except Exception as error:
            _log.warning("answer lost error=%s at=%s", kind(error), place_of(error))


async def asked(
    interaction: Interaction, form: Callable[[], Awaitable[ui.Modal]], *, managers: bool = False
) -> None:
    """Answer with a form, or a sentence. Raises nothing."""
    with in_locale(str(interaction.locale)):
        try:
            if await _refused(interaction, managers=managers):
                return
            try:
                modal = await form()
            except Exception as error:
                await interaction.response.send_message(view=_failed(error), ephemeral=True)
                return
            await interaction.response.send_modal(modal)
        except Exception as error:
            _log.warning("answer lost error=%s at=%s", kind(error), place_of(error))


async def show(interaction: Interaction, views: Sequence[View]) -> None:
    """The first view in place of what stands there, the others below it."""
    for number, view in enumerate(views):
        if number:
            await interaction.followup.send(view=view, ephemeral=True)
        else:
            await interaction.edit_original_response(view=view)


async def _refused(interaction: Interaction, *, managers: bool) -> bool:
    if current_trace() is None:
        begin_trace(str(interaction.id))
    if not managers or manages(interaction):
        return False
    await interaction.response.send_message(view=notice_view(str(MANAGERS_ONLY)), ephemeral=True)
    return True


async def _views(work: Work) -> Sequence[View]:
    try:
        return await work()
    except Exception as error:  # the last net: whatever it was, the person reads a sentence
        return [_failed(error)]


def _failed(error: Exception) -> View:
    return told_view(str(error)) if isinstance(error, NutgrafError) else notice_view(sentence(error))
