"""Where to paste an article, when /brief came without anything."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Final

import discord
from discord import ui

from bot.chat.entrances import Form
from bot.wording import say

Interaction = discord.Interaction[Any]
Sent = Callable[[Interaction, str, str], Awaitable[None]]

_MAX_TEXT_FIELD: Final = 4_000  # Discord's own limit for a form's field
_FORM_SECONDS: Final = 3_600.0  # how long a form may stay open before its text is not taken any more


class PasteForm(Form):
    """`sent` gets the text, and the day as it was typed."""

    def __init__(self, sent: Sent) -> None:
        super().__init__(title=say("Brief a text"), timeout=_FORM_SECONDS)
        self._sent = sent
        self._words: ui.TextInput[Any] = ui.TextInput(
            style=discord.TextStyle.paragraph, max_length=_MAX_TEXT_FIELD, custom_id="text"
        )
        self._day: ui.TextInput[Any] = ui.TextInput(required=False, max_length=10, custom_id="published")
        self.add_item(
            ui.Label(
                text=say("The article"), description=say("Its text, or links to articles"), component=self._words
            )
        )
        self.add_item(
            ui.Label(
                text=say("Published on"),
                description=say("As 2026-03-31, so that “Friday” finds its date"),
                component=self._day,
            )
        )

    async def on_submit(self, interaction: Interaction, /) -> None:
        """Hand over what was pasted."""
        await self._sent(interaction, self._words.value.strip(), self._day.value.strip())
