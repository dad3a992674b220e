"""Where an answer stands in Discord: posts the note, turns it into the outcome, adds what follows.

Works from a Place alone, over REST, so that a worker without a gateway, or the same bot after a restart, goes on
where another stopped. A note that may stand there already is posted again with its nonce, and Discord gives back
the first one; when Discord has forgotten nonces, the channel is read. Refusals
become `Gone` where there is nobody left to tell.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final, TypeVar, cast

import discord
from discord import ui

from bot.chat.cards import notice_view
from bot.chat.failures import Gone, kind, missing_permissions
from bot.chat.wire import Wire
from bot.domain.answer import Place
from bot.jobs.ports import nonce_of

T = TypeVar("T")
_log = logging.getLogger(__name__)

UNKNOWN_CHANNEL: Final = 10003
UNKNOWN_MESSAGE: Final = 10008
_CANNOT_REPLY: Final = 160002  # replying takes the right to read the history
_UNKNOWN_WEBHOOK: Final = 10015  # an interaction that was not acknowledged, or is over
_TOKEN_OVER: Final = frozenset({_UNKNOWN_WEBHOOK, 50027})  # it can be answered for 15 minutes
_ACKNOWLEDGED_WITHIN: Final = timedelta(seconds=4)  # Discord waits for three
_SOON: Final = 0.25
_THREAD_EXISTS: Final = 160004
_READ_AT_MOST: Final = 200
_MARGIN: Final = timedelta(minutes=2)  # two machines' clocks may differ
_LONGEST_NAME: Final = 100  # of a thread
_ORIGINAL: Final = cast("int", "@original")  # the answer to an interaction, as its webhook names it


class Surfaces:
    """Every place that an answer may go to."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def note(self, place: Place, key: str, view: ui.LayoutView) -> int:
        """Post the first message of the answer `key`; its id. For an interaction, edit the deferred answer.

        Posted again, it is the same message. Raises Gone where we may not answer (the person is told what is
        missing in a direct message) and discord.HTTPException.
        """
        if place.kind == "interaction":
            return await self.show(place, key, view, None)
        try:
            return await self._reply(place, key, view)
        except discord.Forbidden:
            await self._tell_missing(place)
            raise Gone from None

    async def show(self, place: Place, key: str, view: ui.LayoutView, note_id: int | None) -> int:
        """Turn the note into `view`; the message's id. Where an interaction is over, a message of its own.

        `note_id`: the note, where it is known. Raises Gone where it was deleted, and discord.HTTPException.
        """
        if place.kind == "interaction":
            while place.token_holds(datetime.now(UTC)):
                try:
                    return await self._edit_original(place, view)
                except discord.HTTPException as error:
                    if error.code == UNKNOWN_MESSAGE:
                        raise Gone from None
                    if error.code not in _TOKEN_OVER:
                        raise
                    if error.code != _UNKNOWN_WEBHOOK or datetime.now(UTC) - place.asked > _ACKNOWLEDGED_WITHIN:
                        break
                await asyncio.sleep(_SOON)  # a worker may be faster than the acknowledgement
            return await self.find(place, key) or await self._after_all(place, key, view)
        if note_id is None:
            note_id = await self.note(place, key, view)
        try:
            channel = await self._wire.messages(place.channel_id)
            return (await surely(lambda: channel.get_partial_message(note_id).edit(view=view))).id
        except discord.HTTPException as error:
            if error.code in {UNKNOWN_MESSAGE, UNKNOWN_CHANNEL}:
                raise Gone from None
            raise

    async def progress(self, place: Place, view: ui.LayoutView, note_id: int | None) -> None:
        """Show how far it is. Raises only Gone, where the note was deleted: a lost edit does no harm."""
        try:
            if place.kind != "interaction" and note_id is not None:
                channel = await self._wire.messages(place.channel_id)
                await channel.get_partial_message(note_id).edit(view=view)
            elif place.token_holds(datetime.now(UTC)):
                await self._edit_original(place, view)
        except discord.NotFound as error:
            if error.code in {UNKNOWN_MESSAGE, UNKNOWN_CHANNEL}:
                raise Gone from None
        except Exception as error:
            _log.info("progress edit lost error=%s", kind(error))

    async def find(self, place: Place, key: str) -> int | None:
        """Our own message for the answer `key` that stands there; asked after a crash, when nonces are forgotten.

        What answers an interaction itself does not count: it is edited as long as its token holds.
        """
        client = await self._wire.client()
        me = client.user.id if client.user else 0
        with contextlib.suppress(discord.HTTPException):
            where = await self._elsewhere(place) if place.kind == "interaction" else await self._there(place)
            since = discord.Object(place.message_id) if place.message_id else place.asked - _MARGIN
            async for message in where.history(after=since, limit=_READ_AT_MOST):
                if message.author.id == me and message.interaction_metadata is None and _is_of(key, message):
                    return message.id
        return None

    async def open_thread(self, place: Place, starter: int, name: str) -> int | None:
        """A thread that hangs on `starter`, made or found: its id. None where there can be none."""
        try:
            channel = await self._wire.channel(place.channel_id)
            if not isinstance(channel, discord.TextChannel):
                return None
            await channel.create_thread(name=name[:_LONGEST_NAME], message=discord.Object(starter))
        except discord.HTTPException as error:
            if error.code != _THREAD_EXISTS:
                return None
        return starter

    async def add(self, channel_id: int, key: str, number: int, view: ui.LayoutView) -> int:
        """Page `number` as a message of its own in that channel or thread; its id. Posted again, it is the one."""
        channel = await self._wire.messages(channel_id)
        return (await surely(lambda: channel.send(view=view, nonce=nonce_of(key, number)))).id

    async def added(self, thread: int) -> list[int]:
        """Our own messages that stand in a thread of ours, oldest first; answers to others there do not count."""
        client, there = await self._wire.client(), await self._wire.messages(thread)
        me, found = client.user.id if client.user else 0, list[int]()
        with contextlib.suppress(discord.HTTPException):
            async for message in there.history(limit=_READ_AT_MOST, oldest_first=True):
                if message.author.id == me and not (message.reference or message.interaction_metadata):
                    found.append(message.id)
        return found

    async def message(self, channel_id: int, message_id: int) -> discord.Message:
        """A message as it stands. Raises discord.HTTPException."""
        channel = await self._wire.channel(channel_id)
        if not isinstance(channel, discord.abc.Messageable):
            channel = await self._wire.messages(channel_id)
        return await channel.fetch_message(message_id)

    async def download(self, url: str) -> bytes:
        """A file that hangs in Discord. Raises discord.HTTPException and the transport's errors."""
        client = await self._wire.client()
        return await surely(lambda: client.http.get_from_cdn(url))

    # --- inside -----------------------------------------------------------------------------------------------

    async def _reply(self, place: Place, key: str, view: ui.LayoutView) -> int:
        channel, nonce = await self._wire.messages(place.channel_id), nonce_of(key)
        if place.message_id is not None:
            to = discord.MessageReference(
                message_id=place.message_id, channel_id=place.channel_id, fail_if_not_exists=False
            )
            try:
                return (await surely(lambda: channel.send(view=view, nonce=nonce, reference=to))).id
            except discord.HTTPException as error:
                if error.code != _CANNOT_REPLY:
                    raise
        return (await surely(lambda: channel.send(view=view, nonce=nonce))).id

    async def _edit_original(self, place: Place, view: ui.LayoutView) -> int:
        client = await self._wire.client()
        webhook = discord.Webhook.partial(
            place.application_id or client.application_id or 0, place.token or "", client=client
        )
        return (await surely(lambda: webhook.edit_message(_ORIGINAL, view=view))).id

    async def _after_all(self, place: Place, key: str, view: ui.LayoutView) -> int:
        """To the channel; to the person alone where the answer is private or the channel is closed to us."""
        if place.member and not place.private:
            channel = await self._wire.messages(place.channel_id)
            try:
                return (await surely(lambda: channel.send(view=view, nonce=nonce_of(key)))).id
            except discord.Forbidden:
                pass
        try:
            person = await self._alone_with(place)
            return (await surely(lambda: person.send(view=view, nonce=nonce_of(key)))).id
        except discord.Forbidden:  # people may refuse direct messages
            raise Gone from None

    async def _there(self, place: Place) -> discord.abc.Messageable:
        return await self._wire.messages(place.channel_id)

    async def _elsewhere(self, place: Place) -> discord.abc.Messageable:
        """Where an answer goes whose interaction is over."""
        if place.member and not place.private:
            return await self._there(place)
        return await self._alone_with(place)

    async def _alone_with(self, place: Place) -> discord.abc.Messageable:
        client = await self._wire.client()
        return await client.create_dm(discord.Object(place.asker_id))

    async def _tell_missing(self, place: Place) -> None:
        with contextlib.suppress(discord.HTTPException):
            client = await self._wire.client()
            channel = client.get_channel(place.channel_id)
            person = await client.create_dm(discord.Object(place.asker_id))
            await person.send(view=notice_view(missing_permissions(channel)))


def _is_of(key: str, message: discord.Message) -> bool:
    """Whether `message` belongs to the answer `key`: what is pressed under it says so."""
    return any(key in custom_id.split(":") for custom_id in _custom_ids(message.components))


def _custom_ids(components: Sequence[Any]) -> Iterator[str]:
    for component in components:
        if custom_id := getattr(component, "custom_id", None):
            yield custom_id
        yield from _custom_ids(getattr(component, "children", ()))


async def surely(call: Callable[[], Awaitable[T]]) -> T:
    """`call`, once more where the connection broke before the answer came. Only for edits and posts with a nonce.

    discord.py tries again after a 429 or a 5xx, but lets the errors of the transport through as they are.
    """
    try:
        return await call()
    except discord.DiscordException:
        raise
    except Exception:
        return await call()
