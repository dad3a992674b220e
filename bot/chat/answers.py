"""Where an answer goes: a reply in the channel, or the answer to an interaction; both look the same to the Desk.

An answer is one message that shows progress and then the first page, and further messages for further pages.
Discord's refusals are turned into `Gone` here where there is nobody left to tell.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from typing import Any, Final, Protocol, TypeVar

import discord
from discord import ui

from bot.chat.cards import notice_view
from bot.chat.failures import Gone, kind, missing_permissions, sentence
from bot.domain.trace import begin_trace, current_trace

T = TypeVar("T")
_log = logging.getLogger(__name__)

_UNKNOWN_MESSAGE: Final = 10008
_CANNOT_REPLY: Final = 160002  # replying takes the right to read the history
_TOO_LATE: Final = frozenset({10062, 40060})  # more than 3 s went by; the event was replayed, or another answered
_TOKEN_OVER: Final = frozenset({10015, 50027})  # an interaction can be answered for 15 minutes


class Answer(Protocol):
    """One answer to one person. All methods but `update` raise Gone or discord.HTTPException."""

    @property
    def asker_id(self) -> int:
        """Who asked."""
        ...

    @property
    def private(self) -> bool:
        """Whether only the asker sees it."""
        ...

    async def say(self, view: ui.LayoutView) -> None:
        """Answer at once and for good; nothing else is called before or after."""
        ...

    async def open(self, view: ui.LayoutView) -> None:
        """Acknowledge at once; the outcome follows."""
        ...

    async def update(self, view: ui.LayoutView) -> None:
        """Show how far it is. Raises only Gone: a lost edit does no harm."""
        ...

    async def finish(self, view: ui.LayoutView) -> int:
        """Show the outcome; the message's id."""
        ...

    async def add(self, view: ui.LayoutView) -> int:
        """One more message below; its id."""
        ...

    def close(self) -> None:
        """Nothing more comes; always called last."""
        ...


class MessageAnswer:
    """Replies to a message. A nonce on each post keeps a repeated request from posting twice."""

    def __init__(self, asked: discord.Message) -> None:
        self._asked = asked
        self._posted: list[discord.Message] = []
        self._typing: asyncio.Task[None] | None = None

    @property
    def asker_id(self) -> int:
        """The author of the message."""
        return self._asked.author.id

    @property
    def private(self) -> bool:
        """Never: a reply is for everyone in the channel."""
        return False

    async def open(self, view: ui.LayoutView) -> None:
        """Reply, and show that we are typing."""
        await self.say(view)
        self._typing = asyncio.create_task(_type(self._asked.channel))

    async def say(self, view: ui.LayoutView) -> None:
        """Reply. Where we may not, tell the person in a direct message what is missing."""
        try:
            await self._post(view, self._asked)
        except discord.Forbidden:
            with contextlib.suppress(discord.HTTPException):  # people may refuse direct messages
                await self._asked.author.send(view=notice_view(missing_permissions(self._asked.channel)))
            raise Gone from None

    async def update(self, view: ui.LayoutView) -> None:
        """Edit the reply."""
        await _harmless(self._posted[0].edit(view=view))

    async def finish(self, view: ui.LayoutView) -> int:
        """Edit the reply."""
        try:
            return (await _surely(lambda: self._posted[0].edit(view=view))).id
        except discord.HTTPException as error:
            if error.code == _UNKNOWN_MESSAGE:
                raise Gone from None
            raise

    async def add(self, view: ui.LayoutView) -> int:
        """Reply to the page before."""
        return await self._post(view, self._posted[-1])

    def close(self) -> None:
        """Stop typing."""
        if self._typing is not None:
            self._typing.cancel()

    async def _post(self, view: ui.LayoutView, to: discord.Message) -> int:
        nonce = f"{self._asked.id}-{len(self._posted)}"
        channel, reference = self._asked.channel, to.to_reference(fail_if_not_exists=False)
        try:
            message = await _surely(lambda: channel.send(view=view, nonce=nonce, reference=reference))
        except discord.HTTPException as error:
            if error.code != _CANNOT_REPLY:
                raise
            message = await _surely(lambda: channel.send(view=view, nonce=nonce))
        self._posted.append(message)
        return message.id


class InteractionAnswer:
    """Answers a command. After 15 minutes, when Discord takes no more answers to it, posts ordinary messages."""

    def __init__(self, interaction: discord.Interaction[Any], *, private: bool = False) -> None:
        self._interaction = interaction
        self._private = private
        self._posted: list[discord.Message] = []

    @property
    def asker_id(self) -> int:
        """The user of the command."""
        return self._interaction.user.id

    @property
    def private(self) -> bool:
        """As the person asked for."""
        return self._private

    async def open(self, view: ui.LayoutView) -> None:
        """Defer: Discord itself shows that we are at it, so `view` is not needed."""
        await self._acknowledge(self._interaction.response.defer(ephemeral=self._private, thinking=True))

    async def say(self, view: ui.LayoutView) -> None:
        """Answer with a message."""
        await self._acknowledge(self._interaction.response.send_message(view=view, ephemeral=self._private))

    async def update(self, view: ui.LayoutView) -> None:
        """Edit the answer."""
        await _harmless(self._interaction.edit_original_response(view=view))

    async def finish(self, view: ui.LayoutView) -> int:
        """Edit the answer, or post it as a message of its own."""
        try:
            return (await _surely(lambda: self._interaction.edit_original_response(view=view))).id
        except discord.HTTPException as error:
            if error.code == _UNKNOWN_MESSAGE:
                raise Gone from None
            if error.code not in _TOKEN_OVER:
                raise
        return await self._post(view)

    async def add(self, view: ui.LayoutView) -> int:
        """A follow-up, or a message of its own."""
        if not self._posted:
            try:
                return (await self._interaction.followup.send(view=view, ephemeral=self._private, wait=True)).id
            except discord.HTTPException as error:
                if error.code not in _TOKEN_OVER:
                    raise
        return await self._post(view)

    def close(self) -> None:
        """Nothing to let go of."""

    async def _acknowledge(self, response: Awaitable[object]) -> None:
        try:
            await response
        except discord.HTTPException as error:
            if error.code in _TOO_LATE:
                raise Gone from None
            raise

    async def _post(self, view: ui.LayoutView) -> int:
        """To the channel; to the person alone where the answer is private or the channel is closed to us."""
        nonce = f"{self._interaction.id}-{len(self._posted)}"
        person, channel = self._interaction.user, self._interaction.channel
        if self._private or not isinstance(channel, discord.abc.Messageable):
            message = await _surely(lambda: person.send(view=view, nonce=nonce))
        else:
            try:
                message = await _surely(lambda: channel.send(view=view, nonce=nonce))
            except discord.Forbidden:
                message = await _surely(lambda: person.send(view=view, nonce=nonce))
        self._posted.append(message)
        return message.id


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


async def _surely(call: Callable[[], Awaitable[T]]) -> T:
    """`call`, once more where the connection broke before the answer came. Only for edits and posts with a nonce.

    discord.py tries again after a 429 or a 5xx, but lets the errors of the transport through as they are.
    """
    try:
        return await call()
    except discord.DiscordException:
        raise
    except Exception:
        return await call()


async def _harmless(edit: Awaitable[object]) -> None:
    """An edit that may get lost. Raises Gone where the message was deleted."""
    try:
        await edit
    except discord.NotFound as error:
        if error.code == _UNKNOWN_MESSAGE:
            raise Gone from None
    except Exception as error:
        _log.info("progress edit lost error=%s", kind(error))


async def _type(channel: discord.abc.Messageable) -> None:
    """Show that we are typing, until cancelled. Nobody misses it where Discord refuses."""
    with contextlib.suppress(discord.HTTPException):
        async with channel.typing():
            await asyncio.Event().wait()
