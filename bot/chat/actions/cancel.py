"""Stops a briefing that is being made."""

from __future__ import annotations

from typing import Any, Final

from discord import ui

from bot.chat.actions.asking import Interaction, desk_of, replace_view, soon
from bot.chat.actions.item import Press, button
from bot.chat.actions.owned import owned_button, owned_item
from bot.chat.cards import notice_view
from bot.wording import say


def cancel_button(key: str, asker: int) -> ui.Item[Any]:
    """Has the order `key` stopped, for `asker`."""
    return owned_button("cancel", say("Cancel"), key, asker)


async def cancel(interaction: Interaction, key: str, asker: int) -> None:
    """Stop the work and say so in its place."""
    await soon(interaction, desk_of(interaction).cancel(key))
    words = say("Cancelled by {person}.", person=interaction.user.display_name)
    private = interaction.message is not None and interaction.message.flags.ephemeral
    again = button(Press(what="again", key=key, asker=asker, private=private), "again", say("Start again"))
    await replace_view(interaction, notice_view(words, rows=[[again]]))


CancelItem: Final = owned_item("cancel", cancel)
