"""Pages as Components V2: a Container of text displays and separators, and rows of buttons below them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

import discord
from discord import ui

from bot.domain.document import Picture
from bot.render.files import BriefFile
from bot.render.layout import ROW, Page, notice
from bot.wording import say

Button = ui.Item[ui.LayoutView]


def card_view(
    page: Page,
    *,
    buttons: Sequence[ui.Item[Any]] = (),
    rows: Sequence[Sequence[ui.Item[Any]]] = (),
    above: str = "",
) -> ui.LayoutView:
    """The view of one page, its link buttons first, then `buttons`, beside them where there is room, then `rows`.

    A page of a Card has room for three rows of five buttons and a row with a select, besides its links.
    `above` is Markdown of ours that stands over the card: a role that is notified.
    """
    container: ui.Container[ui.LayoutView] = ui.Container()
    for number, text in enumerate(page.texts):
        if number:
            container.add_item(ui.Separator())
        container.add_item(
            _with_picture(text, page.picture) if page.picture and not number else ui.TextDisplay(text)
        )
    if page.count > 1:
        place = say("Page {number} of {count}", number=page.number, count=page.count)
        container.add_item(ui.TextDisplay(f"-# {place}"))
    links: list[ui.Item[Any]] = [ui.Button(label=label, url=url) for label, url in page.links]
    first = [[*links, *buttons]] if len(links) + len(buttons) <= ROW else [links, list(buttons)]
    for row in [*first, *rows]:
        if row:
            container.add_item(ui.ActionRow(*row))
    return _sealed(*([ui.TextDisplay(above)] if above else []), container)


def card_views(pages: Iterable[Page]) -> list[ui.LayoutView]:
    """Each page, with nothing but its links below it."""
    return [card_view(page) for page in pages]


def notice_view(text: str, *, rows: Sequence[Sequence[ui.Item[Any]]] = ()) -> ui.LayoutView:
    """One sentence, shown with its characters as they are, and rows of buttons below it."""
    return _notice(notice(text).texts, rows)


def told_view(text: str, *, rows: Sequence[Sequence[ui.Item[Any]]] = ()) -> ui.LayoutView:
    """`notice_view`, but channels named in it as `<#id>` are links: they notify nobody."""
    return _notice([with_channels(part) for part in notice(text).texts], rows)


def _notice(texts: Sequence[str], rows: Sequence[Sequence[ui.Item[Any]]]) -> ui.LayoutView:
    container: ui.Container[ui.LayoutView] = ui.Container(*(ui.TextDisplay(part) for part in texts))
    for row in rows:
        if row:
            container.add_item(ui.ActionRow(*row))
    return _sealed(container)


def file_view(file: BriefFile, words: str = "") -> tuple[ui.LayoutView, discord.File]:
    """A view that shows `file` below a sentence, and the upload that belongs to it: send both in one message.

    In a message of components an upload is seen only where a component shows it. A picture says what is on it.
    """
    address = f"attachment://{file.name}"
    shown: ui.Item[ui.LayoutView] = ui.File(address)
    if file.alt:
        shown = ui.MediaGallery(discord.MediaGalleryItem(address, description=file.alt))
    above = [ui.TextDisplay[ui.LayoutView](part) for part in notice(words).texts] if words else []
    upload = discord.File(BytesIO(file.data), filename=file.name, description=file.alt or None)
    return _sealed(ui.Container(*above, shown)), upload


def upload_view(words: str, name: str, data: bytes) -> tuple[ui.LayoutView, discord.File]:
    """The same for a file of the person's own, plainly below `words` of ours."""
    view = _sealed(ui.TextDisplay(words), ui.File(f"attachment://{name}"))
    return view, discord.File(BytesIO(data), filename=name)


def with_channels(markdown: str) -> str:
    """Escaped Markdown in which references to channels work again."""
    return _CHANNEL.sub(r"<#\1>", markdown)


_CHANNEL = re.compile(r"\\<#(\d{1,20})>")


def _with_picture(text: str, picture: Picture) -> ui.Item[ui.LayoutView]:
    """`text`, the picture small at its side: one as wide as the card would hide the first point on a phone."""
    return ui.Section(ui.TextDisplay(text), accessory=ui.Thumbnail(picture.url, description=picture.alt or None))


def _sealed(*items: ui.Item[Any]) -> ui.LayoutView:
    """A view that discord.py does not keep in memory: our buttons carry their state in their custom_id."""
    view = ui.LayoutView(timeout=None)
    for item in items:
        view.add_item(item)
    view.stop()
    return view
