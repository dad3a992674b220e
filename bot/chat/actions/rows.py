"""Which buttons stand where."""

from __future__ import annotations

from typing import Any, Final

from discord import ui

from bot.chat.actions.cancel import CancelButton
from bot.chat.actions.delete import DeleteButton
from bot.chat.actions.turn import TurnButton, turning
from bot.domain.answer import Answered

BUTTONS: Final[tuple[type[ui.DynamicItem[Any]], ...]] = (CancelButton, DeleteButton, TurnButton)
Row = list[ui.Item[Any]]


def buttons_of(answered: Answered, page: int, pages: int) -> list[Row]:
    """The rows under page `page` (from 0) of `pages`."""
    rows: list[Row] = []
    if pages > 1:
        rows.append(turning(answered.key, page, pages))
    if not answered.place.private:
        rows.append([DeleteButton(answered.key, answered.place.asker_id)])
    return rows


def buttons_while_working(key: str, asker_id: int) -> Row:
    """Under a note that says how far it is."""
    return [CancelButton(key, asker_id)]


def buttons_after_failure(answered: Answered) -> Row:
    """Under the sentence that says why there is no briefing."""
    return []
