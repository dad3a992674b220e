"""Forms that outlive a restart: discord.py keeps nothing of them, what is sent in is known by its custom_id."""

from __future__ import annotations

from typing import Any, Final

import discord
from discord import ui

from bot.chat.actions.item import Press, clip

_TITLE, _LABEL = 45, 45  # Discord's limits, in characters
Field = ui.Label[Any]
_ABOUT: Final = 100


def form(press: Press, what: str, title: str, *fields: Field) -> ui.Modal:
    """A form that does `what` with what was typed."""
    modal = ui.Modal(title=clip(title, _TITLE), custom_id=press.id(what))
    for field in fields:
        modal.add_item(field)
    modal.stop()
    return modal


def field(label: str, component: ui.TextInput[Any], about: str = "") -> Field:
    """One field of a form."""
    return ui.Label(
        text=clip(label, _LABEL), description=clip(about, _ABOUT) if about else None, component=component
    )


def lines(*, most: int, required: bool = True, least: int | None = None) -> ui.TextInput[Any]:
    """A field of several lines."""
    return ui.TextInput(
        custom_id="words",
        style=discord.TextStyle.paragraph,
        required=required,
        min_length=least,
        max_length=most,
    )
