"""The items of the panel: buttons and menus whose whole state is their custom_id, so that they outlive a restart.

nutgraf:settings:<does>:<channel, 0 for the whole server, in base 36>:<name of the setting, or nothing>
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final, Self

import discord
from discord import ui

from bot.chat.actions.ids import short

Interaction = discord.Interaction[Any]
DOES: Final = ("home", "scope", "open", "set", "up", "type", "back", "reset", "clear", "recent")


@dataclass(frozen=True, slots=True)
class Press:
    """Which item was used: what it does, where its setting holds, which setting that is, and what was picked."""

    does: str
    channel_id: int = 0
    name: str = ""
    picked: tuple[str, ...] = ()


def item_id(does: str, channel_id: int, name: str = "") -> str:
    """The custom_id of an item."""
    return f"nutgraf:settings:{does}:{short(channel_id)}:{name}"


def settings_item(act: Callable[[Interaction, Press], Awaitable[None]]) -> type[ui.DynamicItem[Any]]:
    """The class of all items of the panel; `act` gets what was pressed."""

    class SettingsItem(
        ui.DynamicItem[ui.Item[Any]],
        template=rf"nutgraf:settings:(?P<does>{'|'.join(DOES)}):(?P<channel>[0-9a-z]{{1,13}}):(?P<name>\w{{0,40}})",
    ):
        def __init__(self, item: ui.Item[Any], press: Press) -> None:
            super().__init__(item)
            self.press = press

        @classmethod
        async def from_custom_id(
            cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str], /
        ) -> Self:
            data: Any = interaction.data or {}
            picked = tuple(str(value) for value in data.get("values", ()))
            return cls(item, Press(match["does"], int(match["channel"], 36), match["name"], picked))

        async def callback(self, interaction: Interaction) -> None:
            await act(interaction, self.press)

    return SettingsItem
