"""The button that confirms: what is forgotten, and of whom, stands in its custom_id."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any, Final

import discord
from discord import ui

from bot.chat.actions.ids import short
from bot.chat.pressed import Interaction, Item, pressed_item
from bot.wording import say

Confirms = Callable[[Interaction, str, int], Awaitable[None]]

ME: Final = "me"
CHANNEL: Final = "channel"
SERVER: Final = "server"


def forget_row(what: str, of: int) -> list[ui.Item[Any]]:
    """The button that has `what` forgotten: the person, channel or server with the id `of`."""
    return [
        ui.Button(
            label=say("Forget it for good"),
            style=discord.ButtonStyle.danger,
            custom_id=f"nutgraf:forget:{what}:{short(of)}",
        )
    ]


def forget_button(confirmed: Confirms) -> Item:
    """The class of those buttons; `confirmed` gets what is to be forgotten, and its id."""

    async def pressed(interaction: Interaction, read: re.Match[str]) -> None:
        await confirmed(interaction, read["what"], int(read["of"], 36))

    return pressed_item(rf"nutgraf:forget:(?P<what>{ME}|{CHANNEL}|{SERVER}):(?P<of>[0-9a-z]{{1,13}})", pressed)
