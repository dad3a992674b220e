"""Buttons under a draft. All of their state is their custom_id: the prompt's name, and which draft it was.

The class is made for one feature, since discord.py makes an item from its custom_id alone.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any, Final, Self

import discord
from discord import ui

from bot.wording import say

Interaction = discord.Interaction[Any]
Item = type[ui.DynamicItem[Any]]
Presses = Callable[[Interaction, str, str, str], Awaitable[None]]

SAVE: Final = "save"
TRY: Final = "try"
CHANGE: Final = "change"
DISCARD: Final = "discard"


def draft_row(name: str, mark: str, *, valid: bool) -> list[ui.Item[Any]]:
    """The buttons for the draft `mark` of the prompt `name`; one that is not valid can only be changed."""
    rows: list[tuple[str, str, discord.ButtonStyle]] = []
    if valid:
        rows.append((SAVE, say("Save"), discord.ButtonStyle.success))
        rows.append((TRY, say("Try again"), discord.ButtonStyle.secondary))
    rows.append((CHANGE, say("Change"), discord.ButtonStyle.secondary))
    rows.append((DISCARD, say("Discard"), discord.ButtonStyle.secondary))
    return [
        ui.Button(label=label, style=style, custom_id=f"nutgraf:prompt:{does}:{name}:{mark}")
        for does, label, style in rows
    ]


def draft_button(pressed: Presses) -> Item:
    """The class of those buttons; `pressed` gets what it does, the prompt's name and the draft's mark."""

    class DraftButton(
        ui.DynamicItem[ui.Button[Any]],
        template=rf"nutgraf:prompt:(?P<does>{SAVE}|{TRY}|{CHANGE}|{DISCARD}):(?P<name>[a-z][a-z0-9_]{{0,31}})"
        r":(?P<mark>[0-9a-f]{12})",
    ):
        def __init__(self, does: str, name: str, mark: str) -> None:
            self.does, self.name, self.mark = does, name, mark
            super().__init__(ui.Button(label=does, custom_id=f"nutgraf:prompt:{does}:{name}:{mark}"))

        @classmethod
        async def from_custom_id(
            cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str], /
        ) -> Self:
            return cls(match["does"], match["name"], match["mark"])

        async def callback(self, interaction: Interaction) -> None:
            await pressed(interaction, self.does, self.name, self.mark)

    return DraftButton
