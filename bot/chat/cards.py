"""Pages as Components V2: a Container of text displays and separators, and rows of buttons below them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from discord import ui

from bot.render.layout import Page, notice

Button = ui.Item[ui.LayoutView]


def card_view(page: Page, *, buttons: Sequence[ui.Item[Any]] = (), above: str = "") -> ui.LayoutView:
    """The view of one page, its link buttons first, then `buttons` in a row of their own.

    `above` is Markdown of ours that stands over the card: a role that is notified.
    """
    container: ui.Container[ui.LayoutView] = ui.Container()
    for number, text in enumerate(page.texts):
        if number:
            container.add_item(ui.Separator())
        container.add_item(ui.TextDisplay(text))
    links: list[ui.Item[Any]] = [ui.Button(label=label, url=url) for label, url in page.links]
    rows = [[*links, *buttons]] if len(links) + len(buttons) <= _ROW else [links, list(buttons)]
    for row in rows:
        if row:
            container.add_item(ui.ActionRow(*row))
    return _sealed(*([ui.TextDisplay(above)] if above else []), container)


def notice_view(text: str) -> ui.LayoutView:
    """One sentence, shown with its characters as they are."""
    return _sealed(ui.Container(*(ui.TextDisplay(part) for part in notice(text).texts)))


def told_view(text: str) -> ui.LayoutView:
    """`notice_view`, but channels named in it as `<#id>` are links: they notify nobody."""
    return _sealed(ui.Container(*(ui.TextDisplay(with_channels(part)) for part in notice(text).texts)))


def with_channels(markdown: str) -> str:
    """Escaped Markdown in which references to channels work again."""
    return _CHANNEL.sub(r"<#\1>", markdown)


_CHANNEL = re.compile(r"\\<#(\d{1,20})>")
_ROW = 5  # buttons in an action row


def _sealed(*items: ui.Item[Any]) -> ui.LayoutView:
    """A view that discord.py does not keep in memory: our buttons carry their state in their custom_id."""
    view = ui.LayoutView(timeout=None)
    for item in items:
        view.add_item(item)
    view.stop()
    return view
