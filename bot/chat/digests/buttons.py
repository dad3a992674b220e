"""Buttons of digests: About and Delete under each post, Back and Next under a preview."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any, Final

from discord import ui

from bot.chat.pressed import Interaction, Item, pressed_item
from bot.wording import say

TellsAbout = Callable[[Interaction, int, str], Awaitable[None]]
TurnsTo = Callable[[Interaction, int, str, int], Awaitable[None]]
_RUN: Final = r"digest-(?P<digest>\d{1,15})-(?P<run>[\w:-]{1,40})"  # as `bot.chat.posting` writes it


def about_button(tell: TellsAbout) -> Item:
    """The class of the buttons under posts; `tell` gets the digest's id and the run's key."""

    async def pressed(interaction: Interaction, read: re.Match[str]) -> None:
        await tell(interaction, int(read["digest"]), read["run"])

    return pressed_item(rf"nutgraf:about:{_RUN}#(?P<page>\d{{1,4}})", pressed)


def delete_button(take_back: TellsAbout) -> Item:
    """The class of the buttons that take a post back; `take_back` gets the digest's id and the run's key."""

    async def pressed(interaction: Interaction, read: re.Match[str]) -> None:
        await take_back(interaction, int(read["digest"]), read["run"])

    return pressed_item(rf"nutgraf:take-back:{_RUN}", pressed)


def preview_id(digest_id: int, token: str, page: int) -> str:
    """The custom_id of a button that shows a page of a preview."""
    return f"nutgraf:preview:{digest_id}:{token}:{page}"


def turning_buttons(digest_id: int, token: str, page: int, pages: int) -> list[ui.Item[Any]]:
    """Back and Next, for page `page` (from 0) of `pages`; none where there is only one."""
    if pages < 2:
        return []
    return [
        ui.Button(label=say("Back"), custom_id=preview_id(digest_id, token, page - 1), disabled=page == 0),
        ui.Button(label=say("Next"), custom_id=preview_id(digest_id, token, page + 1), disabled=page == pages - 1),
    ]


def turning_button(turn: TurnsTo) -> Item:
    """The class of Back and Next; `turn` gets the digest's id, the preview's token and the page."""

    async def pressed(interaction: Interaction, read: re.Match[str]) -> None:
        await turn(interaction, int(read["digest"]), read["token"], int(read["page"]))

    return pressed_item(r"nutgraf:preview:(?P<digest>\d{1,15}):(?P<token>\w{1,20}):(?P<page>-?\d{1,4})", pressed)
