"""Turns the pages of a briefing in its one message."""

from __future__ import annotations

import re
from typing import Any, Final

import discord
from discord import ui

from bot.chat.actions.asking import Interaction, desk_of, kept, replace_view, soon
from bot.chat.actions.ids import KEY, custom_id
from bot.chat.pressed import pressed_item


def turning(key: str, page: int, pages: int) -> list[ui.Item[Any]]:
    """Back and Next around the place where one is."""
    here: ui.Button[Any] = ui.Button(
        label=f"{page + 1} / {pages}", disabled=True, custom_id=custom_id("here", key)
    )
    # Two buttons of a message may not share an id, so that a disabled one names the page beyond the end.
    back = _button(key, page - 1 if page else pages, "◀", disabled=page == 0)
    onward = _button(key, page + 1, "▶", disabled=page == pages - 1)
    return [back, here, onward]


def _button(key: str, page: int, label: str, *, disabled: bool) -> ui.Item[Any]:
    """Shows page `page` (from 0) of the answer `key`."""
    button_id = custom_id("page", key, page)
    return ui.Button(label=label, style=discord.ButtonStyle.secondary, custom_id=button_id, disabled=disabled)


async def _turn(interaction: Interaction, read: re.Match[str]) -> None:
    """Anybody may turn the page: it changes nothing that was said."""
    answered = await kept(interaction, read["key"])
    if answered is not None:
        page = await soon(interaction, desk_of(interaction).page(answered, int(read["page"], 36)))
        await replace_view(interaction, page)


TurnItem: Final = pressed_item(rf"nutgraf:page:{KEY}:(?P<page>[0-9a-z]{{1,4}})", _turn)
