"""Which buttons stand where."""

from __future__ import annotations

from typing import Any, Final

from discord import ui

from bot.chat.actions.cancel import CancelItem, cancel_button
from bot.chat.actions.delete import DeleteItem, delete_button
from bot.chat.actions.item import Press, ask_button, button
from bot.chat.actions.turn import TurnItem, turning
from bot.chat.pressed import Item
from bot.domain.answer import Answered
from bot.wording import say

BUTTONS: Final[tuple[Item, ...]] = (CancelItem, DeleteItem, TurnItem)
Row = list[ui.Item[Any]]


def buttons_of(answered: Answered, page: int, pages: int) -> list[Row]:
    """The rows under page `page` (from 0) of `pages`."""
    press, place = Press.on(answered), answered.place
    rows: list[Row] = []
    if pages > 1:
        rows.append(turning(answered.key, page, pages))
    row: Row = [
        ask_button(press),
        button(press, "evidence", say("Evidence"), emoji="🔎"),
        button(press, "more", say("More …")),
    ]
    if not place.private:
        row.append(delete_button(answered.key, place.asker_id))
    elif place.guild_id and place.member:
        row.append(button(press, "share", say("Share")))
    return [*rows, row]


def buttons_while_working(key: str, asker_id: int) -> Row:
    """Under a note that says how far it is."""
    return [cancel_button(key, asker_id)]


def buttons_after_failure(answered: Answered) -> Row:
    """Under the sentence that says why there is no briefing."""
    return [button(Press.on(answered), "again", say("Try again"))]
