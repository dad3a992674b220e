"""The entrances that discord.py has no single door for: buttons and forms.

Each press and each form sent in begins a task with a trace and a locale of its own, and a failure is answered with
a sentence: discord.py would only log it, and the person would read that the application did not respond.
"""

from __future__ import annotations

from typing import Any

import discord
from discord import ui

from bot.chat.answers import apologise
from bot.chat.locales import speak_to
from bot.domain.trace import begin_trace

Interaction = discord.Interaction[Any]
Item = type[ui.DynamicItem[Any]]


def hear(interaction: Interaction) -> None:
    """The task of `interaction` begins here."""
    begin_trace(str(interaction.id))
    speak_to(interaction)


def heard(item: Item) -> Item:
    """`item` with its entrance."""

    class Heard(item, template=item.__discord_ui_compiled_template__):  # type: ignore[valid-type,misc,call-arg]
        async def interaction_check(self, interaction: Interaction, /) -> bool:
            hear(interaction)
            return bool(await super().interaction_check(interaction))

        async def callback(self, interaction: Interaction) -> None:
            try:
                await super().callback(interaction)
            except Exception as error:
                await apologise(interaction, error)

    return Heard


class Form(ui.Modal):
    """A form of ours. Its words are said when it is made; a class's `title=` would be English for everybody."""

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        """The task of the form begins here."""
        hear(interaction)
        return True

    # discord.py gives a form fewer arguments than a view here, and ignores the difference in its own types, too.
    async def on_error(self, interaction: Interaction, error: Exception, /) -> None:  # type: ignore[override]
        """The last net."""
        await apologise(interaction, error)
