"""Buttons whose whole state stands in their custom_id, so that they work after a restart and on every worker."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from typing import Any, Final, Self

import discord
from discord import ui

from bot.chat.cards import notice_view

_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
_MAX_CUSTOM_ID: Final = 100
_NOT_YOURS: Final = (
    "Only the person who asked for this briefing, or someone who may manage messages here, can delete it."
)


class DeleteButton(ui.DynamicItem[ui.Button[Any]], template=r"nutgraf:delete:(?P<asker>\w+):(?P<pages>[\w.]*)"):
    """Deletes a briefing: the message it stands on, and the earlier pages it knows of.

    `asker` is the id of the person who asked, `pages` the ids of the other pages; those that no longer fit the
    custom_id (six do) are left to be deleted by hand.
    """

    def __init__(self, asker: int, pages: Sequence[int] = ()) -> None:
        self.asker, self.pages = asker, tuple(pages)
        custom_id = f"nutgraf:delete:{_short(asker)}:"
        for page in pages:
            longer = f"{custom_id}{'' if custom_id.endswith(':') else '.'}{_short(page)}"
            custom_id = longer if len(longer) <= _MAX_CUSTOM_ID else custom_id
        super().__init__(ui.Button(label="Delete", style=discord.ButtonStyle.secondary, custom_id=custom_id))

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button as it was when it was sent."""
        return cls(int(match["asker"], 36), [int(page, 36) for page in match["pages"].split(".") if page])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Delete, where the person may; else say why not, to that person alone."""
        if interaction.user.id != self.asker and not interaction.permissions.manage_messages:
            await interaction.response.send_message(view=notice_view(_NOT_YOURS), ephemeral=True)
            return
        await interaction.response.defer()
        # Each may be gone already, deleted by hand; the others go all the same.
        with contextlib.suppress(discord.HTTPException):
            await interaction.delete_original_response()
        if isinstance(interaction.channel, discord.abc.Messageable):
            for page in self.pages:
                with contextlib.suppress(discord.HTTPException):
                    await _partial(interaction.channel, page).delete()


def _partial(channel: Any, message_id: int) -> discord.PartialMessage:
    message: discord.PartialMessage = channel.get_partial_message(message_id)
    return message


def _short(number: int) -> str:
    """`number` in base 36."""
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"
