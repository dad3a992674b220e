"""What every button asks first: whose briefing this is, and whether it is still kept."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Coroutine
from typing import Any, Final, Protocol, TypeVar, cast

import discord
from discord import ui

from bot.chat.answers import Answer
from bot.chat.behind import Behind, Ordered
from bot.chat.cards import notice_view
from bot.domain.answer import Answered
from bot.domain.errors import UsageError
from bot.services.answers import AnswerBook
from bot.wording import Phrase, say

Interaction = discord.Interaction[Any]
T = TypeVar("T")
_QUICK: Final = 1.5  # seconds: what takes longer is acknowledged first, since Discord waits for three
_OVER: Final = Phrase("I no longer keep this briefing.")
_ASK_AGAIN: Final = Phrase("Ask for it again and its buttons will work.")


class TheDesk(Protocol):
    """What buttons ask of `bot.chat.desk.Desk`, which itself puts them under its answers."""

    book: AnswerBook
    behind: Behind

    async def serve(
        self, answer: Answer, ordered: Ordered, *, said: Collection[str] = (), uninvited: bool = False
    ) -> None:
        """Acknowledge, and see that what is ordered is answered. Raises nothing."""
        ...

    async def page(self, answered: Answered, number: int) -> ui.LayoutView:
        """A page of a briefing."""
        ...

    async def cancel(self, key: str) -> None:
        """Stop the order of that key. Raises StorageError."""
        ...


def desk_of(interaction: Interaction) -> TheDesk:
    """The Desk of the client that heard the button."""
    desk: TheDesk = cast("Any", interaction.client).desk
    return desk


async def whisper(interaction: Interaction, words: str) -> None:
    """Say it to the person alone."""
    if interaction.response.is_done():
        await interaction.followup.send(view=notice_view(words), ephemeral=True)
    else:
        await interaction.response.send_message(view=notice_view(words), ephemeral=True)


async def kept(interaction: Interaction, key: str, *, made: bool = True) -> Answered | None:
    """What is kept under `key`, with its Brief where `made`; else the person is told, and None."""
    try:
        return await soon(interaction, record(interaction, key, made=made))
    except UsageError as over:
        await whisper(interaction, str(over))
        return None


async def record(interaction: Interaction, key: str, *, made: bool = True) -> Answered:
    """The same for those who answer failures elsewhere. Raises UsageError, StorageError."""
    answered = await desk_of(interaction).book.get(key)
    if answered is None or (made and answered.brief is None):
        raise UsageError(_OVER, cure=_ASK_AGAIN)
    return answered


async def soon(interaction: Interaction, work: Coroutine[Any, Any, T]) -> T:
    """The outcome of `work`; where it takes its time, the press is acknowledged meanwhile."""
    task = asyncio.ensure_future(work)
    await asyncio.wait({task}, timeout=_QUICK)
    if not task.done():
        await interaction.response.defer()
    return await task


async def replace_view(interaction: Interaction, view: ui.LayoutView) -> None:
    """The message that was pressed on becomes `view`, acknowledged before or not."""
    if interaction.response.is_done():
        await interaction.edit_original_response(view=view)
    else:
        await interaction.response.edit_message(view=view)


def unknown() -> str:
    """What to say of a button that was posted by another version of us."""
    return say("That button is of another version of me and does nothing any more. Ask for the briefing again.")


def may_change(interaction: Interaction, asker_id: int) -> bool:
    """Whether this person asked for the briefing, or may manage messages here."""
    return interaction.user.id == asker_id or interaction.permissions.manage_messages


async def refused(interaction: Interaction, asker_id: int) -> bool:
    """Whether the person may not change this briefing; they are told."""
    if may_change(interaction, asker_id):
        return False
    await whisper(
        interaction,
        say("Only the person who asked for this briefing, or someone who may manage messages here, can do that."),
    )
    return True
