"""How a person is answered at first: by a reply in the channel, or by the answer to an interaction.

What follows, when the work is done, needs the Place alone (`bot.chat.surfaces`).
"""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable
from datetime import UTC, datetime
from typing import Any, Final, Protocol

import discord
from discord import ui

from bot.chat.askers import asker_of
from bot.chat.cards import notice_view
from bot.chat.failures import Gone, sentence
from bot.chat.locales import locale_of
from bot.chat.surfaces import UNKNOWN_MESSAGE, Surfaces, surely
from bot.domain.answer import Place
from bot.domain.trace import begin_trace, current_trace
from bot.services.manners import Asker
from bot.wording import spoken_locale

_TOO_LATE: Final = frozenset({10062, 40060})  # more than 3 s went by; the event was replayed, or another answered
Callback = discord.InteractionCallbackResponse[Any]


class Answer(Protocol):
    """The first answer to one person: one of its three methods is called, once. All raise Gone, HTTPException."""

    @property
    def key(self) -> str:
        """Names what was asked: the id of the message or the interaction."""
        ...

    @property
    def place(self) -> Place:
        """Where everything else goes."""
        ...

    @property
    def asker(self) -> Asker:
        """Who asks."""
        ...

    async def say(self, view: ui.LayoutView) -> None:
        """Answer for good."""
        ...

    async def open(self, view: ui.LayoutView) -> int | None:
        """Acknowledge; the outcome takes its place. The id of the message, where it is known."""
        ...

    async def show(self, view: ui.LayoutView) -> int | None:
        """Answer with a briefing. The id of the message, where it is known."""
        ...


class MessageAnswer:
    """Replies to a message, for everyone in the channel."""

    def __init__(
        self, asked: discord.Message, surfaces: Surfaces, *, key: str | None = None, asker: Asker | None = None
    ) -> None:
        self._surfaces = surfaces
        self.key = key or str(asked.id)
        self.asker = asker or asker_of(asked)
        self.place = Place(
            kind="reply",
            guild_id=asked.guild.id if asked.guild else 0,
            channel_id=asked.channel.id,
            asker_id=self.asker.user_id,
            asked=asked.created_at if key is None else datetime.now(UTC),
            restricted=self.asker.restricted,
            locale=spoken_locale(),  # set where the message was heard: see `bot.chat.locales`
            message_id=asked.id,
        )

    async def say(self, view: ui.LayoutView) -> None:
        """Reply. Where we may not, the person is told in a direct message what is missing."""
        await self._surfaces.note(self.place, self.key, view)

    async def open(self, view: ui.LayoutView) -> int:
        """Reply."""
        return await self._surfaces.note(self.place, self.key, view)

    async def show(self, view: ui.LayoutView) -> int:
        """Reply."""
        return await self._surfaces.note(self.place, self.key, view)


class InteractionAnswer:
    """Answers a command, a form or a button."""

    def __init__(self, interaction: discord.Interaction[Any], *, private: bool = False) -> None:
        self._interaction = interaction
        self.key = str(interaction.id)
        self.asker = asker_of(interaction)
        self.place = Place(
            kind="interaction",
            guild_id=interaction.guild_id or 0,
            channel_id=interaction.channel_id or 0,
            asker_id=interaction.user.id,
            asked=interaction.created_at,
            locale=locale_of(interaction, private=private),
            private=private,
            restricted=self.asker.restricted,
            application_id=interaction.application_id,
            token=interaction.token,
            member=_is_member(interaction),
        )

    async def say(self, view: ui.LayoutView) -> None:
        """Answer with a message; where that was done already, with one more."""
        if self._interaction.response.is_done():
            await self._interaction.followup.send(view=view, ephemeral=self.place.private)
            return
        await self.show(view)

    async def open(self, view: ui.LayoutView) -> int | None:
        """Defer: Discord itself shows that we are at it, so `view` is not needed."""
        response = self._interaction.response
        return await _acknowledged(response.defer(ephemeral=self.place.private, thinking=True))

    async def show(self, view: ui.LayoutView) -> int | None:
        """Answer with a message."""
        response = self._interaction.response
        return await _acknowledged(response.send_message(view=view, ephemeral=self.place.private))

    # For answers that are made while the person waits, within the life of the interaction.

    async def update(self, view: ui.LayoutView) -> None:
        """Show how far it is; an edit that gets lost does no harm."""
        with contextlib.suppress(discord.HTTPException):
            await self._interaction.edit_original_response(view=view)

    async def finish(self, view: ui.LayoutView) -> None:
        """Show the outcome where it was deferred. Raises Gone where the answer was dismissed."""
        try:
            await surely(lambda: self._interaction.edit_original_response(view=view))
        except discord.HTTPException as error:
            if error.code == UNKNOWN_MESSAGE:
                raise Gone from None
            raise

    async def add(self, view: ui.LayoutView) -> None:
        """One more message below."""
        await self._interaction.followup.send(view=view, ephemeral=self.place.private)


async def apologise(interaction: discord.Interaction[Any], error: BaseException) -> None:
    """The last net under a command, a form or a button: one sentence, to the person alone."""
    if current_trace() is None:  # a button or a form: commands and messages have theirs already
        begin_trace(str(interaction.id))
    view = notice_view(sentence(error))
    with contextlib.suppress(discord.HTTPException):
        if interaction.response.is_done():
            await interaction.followup.send(view=view, ephemeral=True)
        else:
            await interaction.response.send_message(view=view, ephemeral=True)


async def _acknowledged(response: Awaitable[Callback | None]) -> int | None:
    try:
        answered = await response
    except discord.HTTPException as error:
        if error.code in _TOO_LATE:
            raise Gone from None
        raise
    return answered.message_id if answered else None


def _is_member(interaction: discord.Interaction[Any]) -> bool:
    """Whether we may post there without the interaction: in our own servers, and in our direct messages."""
    if interaction.guild_id is not None:
        return interaction.is_guild_integration()
    return interaction.context.dm_channel
