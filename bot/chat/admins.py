"""What admins are told without asking: that a run failed for good, that a feed fails. Each once.

Discord has a channel for such notices in community servers; others have one for its own; else it is a direct
message to whoever set the digest up.

A notice is written down as told only after Discord has taken it: a process that dies in between tells it again,
and the nonce, the same for the same notice, has Discord drop the double within minutes. Told twice after a longer
outage is possible; never told is not.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from typing import Final
from weakref import WeakValueDictionary

import discord

from bot.chat.cards import told_view
from bot.chat.failures import kind
from bot.chat.wire import Wire
from bot.domain.digest import Digest
from bot.domain.errors import DeliveryError, NutgrafError
from bot.domain.feed import FeedTrouble
from bot.jobs.ports import nonce_of
from bot.services.books import DeliveryBook, FeedBook
from bot.wording import say, say_all, told

_log = logging.getLogger(__name__)

_NOTICE_PAGE: Final = 900  # no digest has so many pages, so a notice's nonce is nobody else's
_LOOKED_BACK: Final = 10  # runs


class AdminNotices:
    """Tells a guild's admins. Raises StorageError where the books cannot be asked, and nothing else."""

    def __init__(self, wire: Wire, *, deliveries: DeliveryBook, feeds: FeedBook) -> None:
        self._wire = wire
        self._deliveries = deliveries
        self._feeds = feeds
        # Two digests of a guild with one failing feed, due in the same minute, are one notice.
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def run_failed(self, digest: Digest, key: str, failure: NutgrafError) -> None:
        """That the run `key` failed for good; nothing where the run before failed for the same reason."""
        runs = await self._deliveries.history(digest.id, _LOOKED_BACK)
        ended = [run for run in runs if run.key != key and run.state in {"posted", "failed"}]
        if ended and ended[0].state == "failed" and told(ended[0].reason or "") == str(failure):
            return
        # What could not be posted names the digest itself.
        words = str(failure)
        if not isinstance(failure, DeliveryError):
            words = say("Digest “{name}”: {failure}", name=digest.name, failure=words)
        await self._tell(digest, words, nonce_of(key, _NOTICE_PAGE))

    async def feeds_failed(self, digest: Digest, troubles: Sequence[FeedTrouble]) -> None:
        """That feeds could not be read; each once, until it has worked again."""
        turn = self._turns.setdefault(digest.guild_id, asyncio.Lock())
        async with turn:
            known = await self._feeds.told_of(digest.guild_id, [trouble.feed for trouble in troubles])
            new = [trouble for trouble in troubles if trouble.feed not in known]
            if not new:
                return
            words = say(
                "Digest “{name}”: {troubles} The other feeds are not held up by it.",
                name=digest.name,
                troubles=say_all(*(trouble.sentence for trouble in new)),
            )
            urls = [trouble.feed for trouble in new]
            # Of the guild and the feeds, not of the run: the next run to try tells the same.
            nonce = nonce_of(f"feeds {digest.guild_id} {' '.join(sorted(urls))}", _NOTICE_PAGE + 1)
            if await self._tell(digest, words, nonce):
                await self._feeds.note_told(digest.guild_id, urls)

    async def _tell(self, digest: Digest, words: str, nonce: str) -> bool:
        """Whether that is all that can be done: told, or refused wherever it could be told.

        Who cannot be told finds the reason in /digest history and /digest feeds.
        """
        try:
            async for place in self._places(digest):
                try:
                    await place.send(view=told_view(words), nonce=nonce)
                except discord.HTTPException as error:
                    if error.status >= 500 or error.status == 429:
                        raise
                    _log.info("notice refused error=%s", kind(error))
                else:
                    return True
        except Exception as error:
            _log.warning("notice lost error=%s", kind(error))
            return False
        return True

    async def _places(self, digest: Digest) -> AsyncIterator[discord.abc.Messageable]:
        client = await self._wire.client()
        guild = await client.http.get_guild(digest.guild_id, with_counts=False)
        for channel in (guild.get("public_updates_channel_id"), guild.get("system_channel_id")):
            if channel:
                yield client.get_partial_messageable(int(channel))
        if digest.created_by:
            yield await client.create_dm(discord.Object(digest.created_by))
