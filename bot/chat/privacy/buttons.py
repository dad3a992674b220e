"""The button that confirms: what is forgotten, and of whom, stands in its custom_id.

The class is made for one feature, since discord.py makes an item from its custom_id alone.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any, Final, Self

import discord
from discord import ui

from bot.chat.actions.ids import short
from bot.wording import say

Interaction = discord.Interaction[Any]
Item = type[ui.DynamicItem[Any]]
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

    class ForgetButton(
        ui.DynamicItem[ui.Button[Any]],
        template=rf"nutgraf:forget:(?P<what>{ME}|{CHANNEL}|{SERVER}):(?P<of>[0-9a-z]{{1,13}})",
    ):
        def __init__(self, what: str, of: int) -> None:
            self.what, self.of = what, of
            super().__init__(ui.Button(label=what, custom_id=f"nutgraf:forget:{what}:{short(of)}"))

        @classmethod
        async def from_custom_id(
            cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str], /
        ) -> Self:
            return cls(match["what"], int(match["of"], 36))

        async def callback(self, interaction: Interaction) -> None:
            await confirmed(interaction, self.what, self.of)

    return ForgetButton
