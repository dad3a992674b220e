"""Buttons under a draft. All of their state is their custom_id: the prompt's name, and which draft it was."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any, Final

import discord
from discord import ui

from bot.chat.pressed import Interaction, Item, pressed_item
from bot.wording import say

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


def draft_button(presses: Presses) -> Item:
    """The class of those buttons; `presses` gets what it does, the prompt's name and the draft's mark."""

    async def pressed(interaction: Interaction, read: re.Match[str]) -> None:
        await presses(interaction, read["does"], read["name"], read["mark"])

    return pressed_item(
        rf"nutgraf:prompt:(?P<does>{SAVE}|{TRY}|{CHANGE}|{DISCARD}):(?P<name>[a-z][a-z0-9_]{{0,31}})"
        r":(?P<mark>[0-9a-f]{12})",
        pressed,
    )
