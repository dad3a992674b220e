"""What admins are told without asking: that a digest cannot be posted, that a feed fails. Each once.

Discord has a channel for such notices in community servers; others have one for its own; else it is a direct
message to whoever set the digest up.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Sequence
from typing import Final

import discord

from bot.chat.cards import told_view
from bot.chat.failures import kind
from bot.chat.wire import Wire
from bot.domain.digest import Digest
from bot.domain.errors import DeliveryError
from bot.domain.feed import FeedTrouble
from bot.jobs.ports import nonce_of
from bot.services.books import DeliveryBook, FeedBook

_log = logging.getLogger(__name__)

_NOTICE_PAGE: Final = 900  # no digest has so many pages, so a notice's nonce is nobody else's
_LOOKED_BACK: Final = 10  # runs


class AdminNotices:
    """Tells a guild's admins."""

    def __init__(self, wire: Wire, *, deliveries: DeliveryBook, feeds: FeedBook) -> None:
        self._wire = wire
        self._deliveries = deliveries
        self._feeds = feeds

    async def run_failed(self, digest: Digest, key: str, failure: DeliveryError) -> None:
        """That the run `key` could not be posted; nothing where the run before failed for the same reason."""
        runs = await self._deliveries.history(digest.id, _LOOKED_BACK)
        ended = [run for run in runs if run.key != key and run.state in {"posted", "failed"}]
        if ended and ended[0].state == "failed" and ended[0].reason == str(failure):
            return
        await self._tell(digest, str(failure), nonce_of(key, _NOTICE_PAGE))

    async def feeds_failed(self, digest: Digest, key: str, troubles: Sequence[FeedTrouble]) -> None:
        """That feeds could not be read; each once, until it has worked again."""
        new = [trouble for trouble in troubles if await self._feeds.tell_once(digest.guild_id, trouble.feed)]
        if new:
            said = " ".join(trouble.sentence for trouble in new)
            words = f"Digest “{digest.name}”: {said} The other feeds are not held up by it."
            await self._tell(digest, words, nonce_of(key, _NOTICE_PAGE + 1))

    async def _tell(self, digest: Digest, words: str, nonce: str) -> None:
        """Raises nothing: who cannot be told finds the reason in /digest history."""
        try:
            async for place in self._places(digest):
                try:
                    await place.send(view=told_view(words), nonce=nonce)
                except discord.HTTPException as error:
                    _log.info("notice refused error=%s", kind(error))
                else:
                    return
        except Exception as error:
            _log.warning("notice lost error=%s", kind(error))

    async def _places(self, digest: Digest) -> AsyncIterator[discord.abc.Messageable]:
        client = await self._wire.client()
        guild = await client.http.get_guild(digest.guild_id, with_counts=False)
        for channel in (guild.get("public_updates_channel_id"), guild.get("system_channel_id")):
            if channel:
                yield client.get_partial_messageable(int(channel))
        if digest.created_by:
            yield await client.create_dm(discord.Object(digest.created_by))
