"""Buttons of digests: About and Delete under each post, Back and Next under a preview.

All of their state is their custom_id. The classes are made for one feature, since discord.py makes an item from
its custom_id alone.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any, Self

import discord
from discord import ui

from bot.chat.posting import about_id, take_back_id
from bot.wording import say

Interaction = discord.Interaction[Any]
Item = type[ui.DynamicItem[Any]]
TellsAbout = Callable[[Interaction, int, str], Awaitable[None]]
TurnsTo = Callable[[Interaction, int, str, int], Awaitable[None]]


def about_button(tell: TellsAbout) -> Item:
    """The class of the buttons under posts; `tell` gets the digest's id and the run's key."""

    class AboutButton(
        ui.DynamicItem[ui.Button[Any]],
        template=r"nutgraf:about:digest-(?P<digest>\d{1,15})-(?P<run>[\w:-]{1,40})#(?P<page>\d{1,4})",
    ):
        def __init__(self, digest_id: int, run_key: str, page: int) -> None:
            self.digest_id, self.run_key = digest_id, run_key
            custom_id = about_id(f"digest-{digest_id}-{run_key}", page)
            super().__init__(ui.Button(label=say("About"), custom_id=custom_id))

        @classmethod
        async def from_custom_id(
            cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str], /
        ) -> Self:
            return cls(int(match["digest"]), match["run"], int(match["page"]))

        async def callback(self, interaction: Interaction) -> None:
            await tell(interaction, self.digest_id, self.run_key)

    return AboutButton


def delete_button(take_back: TellsAbout) -> Item:
    """The class of the buttons that take a post back; `take_back` gets the digest's id and the run's key."""

    class DeleteDigestButton(
        ui.DynamicItem[ui.Button[Any]],
        template=r"nutgraf:take-back:digest-(?P<digest>\d{1,15})-(?P<run>[\w:-]{1,40})",
    ):
        def __init__(self, digest_id: int, run_key: str) -> None:
            self.digest_id, self.run_key = digest_id, run_key
            custom_id = take_back_id(f"digest-{digest_id}-{run_key}")
            super().__init__(ui.Button(label=say("Delete"), custom_id=custom_id))

        @classmethod
        async def from_custom_id(
            cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str], /
        ) -> Self:
            return cls(int(match["digest"]), match["run"])

        async def callback(self, interaction: Interaction) -> None:
            await take_back(interaction, self.digest_id, self.run_key)

    return DeleteDigestButton


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

    class TurningButton(
        ui.DynamicItem[ui.Button[Any]],
        template=r"nutgraf:preview:(?P<digest>\d{1,15}):(?P<token>\w{1,20}):(?P<page>-?\d{1,4})",
    ):
        def __init__(self, digest_id: int, token: str, page: int) -> None:
            self.digest_id, self.token, self.page = digest_id, token, page
            super().__init__(ui.Button(label=say("Page"), custom_id=preview_id(digest_id, token, page)))

        @classmethod
        async def from_custom_id(
            cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str], /
        ) -> Self:
            return cls(int(match["digest"]), match["token"], int(match["page"]))

        async def callback(self, interaction: Interaction) -> None:
            await turn(interaction, self.digest_id, self.token, self.page)

    return TurningButton
