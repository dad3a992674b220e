"""The items of the panel: buttons and menus whose whole state is their custom_id, so that they outlive a restart.

nutgraf:settings:<does>:<channel, 0 for the whole server, in base 36>:<name of the setting, or nothing>
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from bot.chat.actions.ids import short
from bot.chat.pressed import Interaction, Item, picked, pressed_item

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


def settings_item(act: Callable[[Interaction, Press], Awaitable[None]]) -> Item:
    """The class of all items of the panel; `act` gets what was pressed."""

    async def pressed(interaction: Interaction, read: re.Match[str]) -> None:
        await act(interaction, Press(read["does"], int(read["channel"], 36), read["name"], picked(interaction)))

    return pressed_item(
        rf"nutgraf:settings:(?P<does>{'|'.join(DOES)}):(?P<channel>[0-9a-z]{{1,13}}):(?P<name>\w{{0,40}})", pressed
    )
