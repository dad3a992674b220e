"""What an answer looks like: its pages with their buttons, its failure with a way on.

All of it speaks the locale of its place, whoever pressed the button that has it shown again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from discord import ui

from bot.chat.actions import buttons_after_failure, buttons_of
from bot.chat.cards import card_view, notice_view
from bot.domain.answer import Answered
from bot.domain.brief import Brief
from bot.domain.errors import NutgrafError
from bot.domain.newest import Newest
from bot.render.card import make_card
from bot.render.escape import discord as escaped
from bot.render.layout import Page, pages
from bot.wording import in_locale

# Many ask for the same article at once, and get the same Brief, the very object; it is kept with its pages, so
# that no other can have its id.
_laid_out: Newest[tuple[int, str], tuple[Brief, tuple[Page, ...]]] = Newest(64)


async def pages_of(answered: Answered) -> tuple[Page, ...]:
    """The pages of its Brief, at least one. A long one takes a while to lay out, and runs in a thread."""
    brief = answered.brief
    assert brief is not None  # noqa: S101  asked for after it was made
    key = (id(brief), answered.place.locale)
    if known := _laid_out.get(key):
        return known[1]
    with in_locale(answered.place.locale):
        made = await asyncio.to_thread(lambda: pages(make_card(brief)))
    _laid_out.put(key, (brief, made))
    return made


def page_view(answered: Answered, all_pages: Sequence[Page], number: int, *, alone: bool = False) -> ui.LayoutView:
    """Page `number` (from 0) with its buttons; `alone`: the others stand below it, not behind buttons."""
    last = number == len(all_pages) - 1
    page = all_pages[number] if answered.place.pictures else replace(all_pages[number], picture=None)
    notice = answered.place.notice if number == 0 else None
    with in_locale(answered.place.locale):
        rows = buttons_of(answered, number, 1 if alone else len(all_pages)) if last or not alone else []
        return card_view(page, rows=rows, above=f"-# {escaped(notice)}" if notice else "")


def failed_view(answered: Answered, failure: NutgrafError) -> ui.LayoutView:
    """Why there is no briefing, and what one can do about it."""
    with in_locale(answered.place.locale):
        return notice_view(str(failure), rows=[buttons_after_failure(answered)])
