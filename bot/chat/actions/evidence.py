"""Where does it say that? The items of a briefing to choose from, and the passages that one rests on."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Final

import discord
from discord import ui

from bot.chat.actions.asking import Interaction, record
from bot.chat.actions.item import Press, clip, menu
from bot.chat.actions.parts import ActionParts
from bot.chat.cards import card_view, notice_view
from bot.chat.whispers import turned, whispered
from bot.domain.brief import Brief, BriefSection, Event, Found
from bot.domain.document import Document
from bot.domain.errors import UsageError
from bot.render.dates import date_label
from bot.render.escape import one_line
from bot.render.evidence import Passages, evidence_pages, spot_of
from bot.render.layout import Page
from bot.text.pointing import passages_of
from bot.wording import Phrase, say

_OPTIONS: Final = 25  # of a menu
_MENUS: Final = 10  # in one message, below a page of passages
_CONTROLS: Final = 2 * _MENUS + 2  # a menu stands in a row, and so does a link


async def evidence(interaction: Interaction, press: Press, _: ActionParts) -> None:
    """Offer the items."""

    async def work() -> list[ui.LayoutView]:
        brief = _brief((await record(interaction, press.key)).brief)
        menus = _menus(press, brief)
        if not menus:
            return [notice_view(say("There is nothing in this briefing to look up."))]
        return [notice_view(say("Choose what you want to see in the article."), rows=[[m] for m in menus])]

    await whispered(interaction, work)


async def where(interaction: Interaction, press: Press, parts: ActionParts) -> None:
    """Show the passages of the item that was picked, the menus below it."""

    async def work() -> list[ui.LayoutView]:
        brief = _brief((await record(interaction, press.key)).brief)
        item = _picked(brief, press)
        documents = await parts.documents_of(brief)
        shown = await asyncio.to_thread(_pages, brief, item, documents)
        menus = [[m] for m in _menus(press, brief)]
        return [card_view(page, rows=menus if not number else []) for number, page in enumerate(shown)]

    await turned(interaction, work)


def _brief(brief: Brief | None) -> Brief:
    assert brief is not None  # noqa: S101  `record` gives made ones
    return brief


def _pages(brief: Brief, item: Found, documents: tuple[Document, ...]) -> tuple[Page, ...]:
    titles = {source.id: source.title or source.site or "" for source in brief.sources}
    first = item.evidence[0].source
    found = [
        Passages(
            titles.get(document.id, ""),
            spot_of(item, brief.sources) if document.id == first else None,
            passages_of(document, item),
        )
        for document in documents
    ]
    if not any(of_document.passages for of_document in found):
        raise UsageError(
            Phrase("I no longer keep the text of this article."),
            cure=Phrase("Ask for the briefing again, and I shall have read it anew."),
        )
    return evidence_pages(_words(item), found, controls=_CONTROLS)


def _menus(press: Press, brief: Brief) -> list[ui.Select[ui.LayoutView]]:
    """A menu for each section, several for one that has more items than fit."""
    menus: list[ui.Select[ui.LayoutView]] = []
    for at, section in enumerate(brief.sections):
        items = list(_items(section))
        for start in range(0, len(items), _OPTIONS):
            title = say(one_line(section.title))
            named = f"{title} ({start // _OPTIONS + 1})" if len(items) > _OPTIONS else title
            which = menu(press, "where", named, rest=f"{at}.{start}")
            for number, item in items[start : start + _OPTIONS]:
                which.append_option(discord.SelectOption(label=clip(_words(item)), value=f"{at}.{number}"))
            menus.append(which)
    return menus[:_MENUS]


def _items(section: BriefSection) -> Iterator[tuple[int, Found]]:
    return ((number, item) for number, item in enumerate(section.items) if one_line(item.text))


def _words(item: Found) -> str:
    words = one_line(item.text)
    if isinstance(item, Event):
        return f"{date_label(item.date, item.date_text)} — {words}"
    return words


def _picked(brief: Brief, press: Press) -> Found:
    try:
        section, item = map(int, press.picked[0].split("."))
        return brief.sections[section].items[item]
    except (IndexError, ValueError):
        raise UsageError(
            Phrase("That is no longer in this briefing."), cure=Phrase("Choose something else.")
        ) from None
