"""More: what else can be done with a briefing, for the person who asks for it, in a message of their own."""

from __future__ import annotations

from typing import Any, Final

from discord import ui

from bot.chat.actions.asking import Interaction, record
from bot.chat.actions.forms import field, form
from bot.chat.actions.item import Press, button, clip, menu
from bot.chat.actions.parts import ActionParts
from bot.chat.actions.reorder import reorder, sections_of, stepped
from bot.chat.cards import notice_view
from bot.chat.languages import OFFERED
from bot.chat.whispers import asked, whispered
from bot.domain.answer import Answered
from bot.domain.languages import OWN_NAMES
from bot.render.card import make_card
from bot.render.timeline_picture import has_timeline
from bot.wording import say

Row = list[ui.Item[Any]]
_OTHER: Final = "other"


async def more(interaction: Interaction, press: Press, _: ActionParts) -> None:
    """Show the panel."""

    async def work() -> list[ui.LayoutView]:
        return [panel(press, await record(interaction, press.key))]

    await whispered(interaction, work)


def panel(press: Press, answered: Answered) -> ui.LayoutView:
    """What can be done with this briefing beyond the buttons under it."""
    length: Row = []
    if stepped(answered.order.length, -1):
        length.append(button(press, "shorter", say("Shorter")))
    if stepped(answered.order.length, +1):
        length.append(button(press, "longer", say("Longer")))
    length.append(button(press, "redo", say("Write it anew")))
    files: Row = [
        button(press, "file", say("Markdown"), emoji="📄", rest="markdown"),
        button(press, "file", say("JSON"), emoji="📄", rest="json"),
    ]
    if answered.brief and has_timeline(make_card(answered.brief)):
        files.append(button(press, "file", say("Timeline picture"), emoji="🖼️", rest="timeline"))
    wrong: Row = [button(press, "report", say("Report an error"), emoji="⚠️")]
    menu_row: Row = [_languages(press, answered.order.language)]
    rows = [length, _parts(press, answered), menu_row, files, wrong]
    return notice_view(say("What else would you like? A new briefing comes below."), rows=rows)


async def language(interaction: Interaction, press: Press, parts: ActionParts) -> None:
    """Order it in the language that was picked or typed; ask which, where the menu does not name it."""
    if press.picked != (_OTHER,):
        await reorder(interaction, press, parts)
        return

    async def code() -> ui.Modal:
        typed: ui.TextInput[Any] = ui.TextInput(custom_id="code", min_length=2, max_length=2)
        about = say("Two letters, as en, sv or de")
        return form(press, "language", say("Another language"), field(say("Its code"), typed, about))

    await asked(interaction, code)


def _parts(press: Press, answered: Answered) -> Row:
    """One section alone, where there are several; all of them, where there were not."""
    row: Row = []
    if answered.brief and len(answered.brief.sections) > 1:
        if sections_of(answered, "quotes"):
            row.append(button(press, "quotes", say("Only quotes")))
        if sections_of(answered, "timeline"):
            row.append(button(press, "timeline", say("Only timeline")))
    if answered.order.sections is not None:
        row.append(button(press, "whole", say("All sections")))
    return row


def _languages(press: Press, present: str) -> ui.Select[Any]:
    which = menu(press, "language", say("In another language"))
    if present != "auto":
        which.add_option(label=clip(say("The article's own language")), value="auto")
    for code in OFFERED:
        if code != present:
            which.add_option(label=clip(OWN_NAMES[code]), value=code)
    which.add_option(label=clip(say("Another language …")), value=_OTHER)
    return which
