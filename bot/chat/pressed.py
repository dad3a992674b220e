"""Buttons and menus whose whole state is their custom_id: they work after a restart, and in every process.

discord.py makes such an item from its custom_id alone, by the class that knows it. What a press does is therefore
given to the class, which is made for one feature.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any, Self

import discord
from discord import ui

Interaction = discord.Interaction[Any]
Item = type[ui.DynamicItem[Any]]
Pressed = Callable[[Interaction, re.Match[str]], Awaitable[None]]  # raises what the net under every press tells


def pressed_item(template: str | re.Pattern[str], pressed: Pressed) -> Item:
    """The class of the items whose custom_id is as `template` says; `pressed` gets what was read there."""

    class PressedItem(ui.DynamicItem[ui.Item[Any]], template=template):
        def __init__(self, item: ui.Item[Any], read: re.Match[str]) -> None:
            super().__init__(item)
            self._read = read

        @classmethod
        async def from_custom_id(
            cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str], /
        ) -> Self:
            return cls(item, match)

        async def callback(self, interaction: Interaction) -> None:
            await pressed(interaction, self._read)

    return PressedItem


def picked(interaction: Interaction) -> tuple[str, ...]:
    """The values of the menu that was used; none of a button."""
    data: Any = interaction.data or {}
    return tuple(str(value) for value in data.get("values") or ())


def fields_of(interaction: Interaction) -> dict[str, str]:
    """What was written or picked in each field of a form that was sent in, by the field's custom_id."""
    data: Any = interaction.data or {}
    fields: dict[str, str] = {}
    for component in data.get("components") or ():
        inner = [component["component"]] if "component" in component else component.get("components", ())
        for field in inner:
            if "custom_id" in field:
                fields[field["custom_id"]] = str(field.get("value") or "".join(field.get("values") or ()))
    return fields
