"""Buttons that are the asker's own: who else presses them, and may not manage messages here, is told so.

    nutgraf:<action>:<key of the answer or the order>:<who asked for it>

Who asked is known from the button itself, so that it never grows stale.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any

import discord
from discord import ui

from bot.chat.actions.asking import refused
from bot.chat.actions.ids import KEY, custom_id
from bot.chat.pressed import Interaction, Item, pressed_item

Does = Callable[[Interaction, str, int], Awaitable[None]]


def owned_button(action: str, label: str, key: str, asker: int) -> ui.Item[Any]:
    """The button."""
    button_id = custom_id(action, key, asker)
    return ui.Button(label=label, style=discord.ButtonStyle.secondary, custom_id=button_id)


def owned_item(action: str, does: Does) -> Item:
    """The class of these buttons; `does` gets the key and the asker, once it is known that the person may."""

    async def pressed(interaction: Interaction, read: re.Match[str]) -> None:
        asker = int(read["asker"], 36)
        if not await refused(interaction, asker):
            await does(interaction, read["key"], asker)

    return pressed_item(rf"nutgraf:{action}:{KEY}:(?P<asker>[0-9a-z]{{1,13}})", pressed)
