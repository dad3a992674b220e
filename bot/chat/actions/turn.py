"""Turns the pages of a briefing in its one message."""

from __future__ import annotations

import re
from typing import Any, Self

import discord
from discord import ui

from bot.chat.actions.asking import Interaction, desk_of, kept, replace_view, soon
from bot.chat.actions.ids import KEY, custom_id


class TurnButton(ui.DynamicItem[ui.Button[Any]], template=rf"nutgraf:page:{KEY}:(?P<page>[0-9a-z]{{1,4}})"):
    """Shows page `page` (from 0) of the answer `key`."""

    def __init__(self, key: str, page: int, label: str = "▶", *, disabled: bool = False) -> None:
        self.key, self.page = key, page
        button: ui.Button[Any] = ui.Button(
            label=label,
            style=discord.ButtonStyle.secondary,
            custom_id=custom_id("page", key, page),
            disabled=disabled,
        )
        super().__init__(button)

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """The button as it was when it was sent."""
        return cls(match["key"], int(match["page"], 36))

    async def callback(self, interaction: Interaction) -> None:
        """Anybody may turn the page: it changes nothing that was said."""
        answered = await kept(interaction, self.key)
        if answered is not None:
            page = await soon(interaction, desk_of(interaction).page(answered, self.page))
            await replace_view(interaction, page)


def turning(key: str, page: int, pages: int) -> list[ui.Item[Any]]:
    """Back and Next around the place where one is."""
    here: ui.Button[Any] = ui.Button(
        label=f"{page + 1} / {pages}", disabled=True, custom_id=custom_id("here", key)
    )
    # Two buttons of a message may not share an id, so that a disabled one names the page beyond the end.
    back = TurnButton(key, page - 1 if page else pages, "◀", disabled=page == 0)
    onward = TurnButton(key, page + 1, "▶", disabled=page == pages - 1)
    return [back, here, onward]
