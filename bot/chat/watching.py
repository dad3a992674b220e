"""Links that people posted in channels that a digest watches.

Discord shows a bot the words of a message where the operator switched the Message Content intent on, and always
those that mention the bot. So without the intent, links in messages that mention us are what counts.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final
from urllib.parse import unquote, urlsplit

import discord

from bot.chat.failures import kind
from bot.chat.heard import links
from bot.chat.wire import Wire
from bot.domain.feed import FeedItem
from bot.text.links import normalised

_log = logging.getLogger(__name__)
_READ_AT_MOST: Final = 300  # messages a channel and run
_LONGEST_TITLE: Final = 200


class WatchedChannels:
    """`bot.services.digests.WatchesChannels` over Discord's history."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def links(self, channel_id: int, since: datetime) -> tuple[FeedItem, ...]:
        """The links posted there since then, each once; none where we may not look."""
        client = await self._wire.client()
        me = client.user.id if client.user else 0
        found: dict[str, FeedItem] = {}
        try:
            place = client.get_partial_messageable(channel_id)
            async for message in place.history(after=since, limit=_READ_AT_MOST, oldest_first=True):
                if message.author.id != me:
                    for item in _items(message, channel_id):
                        found.setdefault(item.url, item)
        except (discord.Forbidden, discord.NotFound) as error:
            _log.info("watched channel closed error=%s", kind(error))
        return tuple(found.values())


async def reads_words(client: discord.Client) -> bool:
    """Whether Discord shows us the words of messages that do not mention us."""
    flags = (await client.application_info()).flags
    return flags.gateway_message_content or flags.gateway_message_content_limited


def _items(message: discord.Message, channel_id: int) -> Iterator[FeedItem]:
    titles = {embed.url: embed.title or "" for embed in message.embeds if embed.url}
    summaries = {embed.url: embed.description or "" for embed in message.embeds if embed.url}
    for link in links(message.content):
        url = normalised(link)
        if url is not None:
            yield FeedItem(
                url=url,
                title=titles.get(link, "")[:_LONGEST_TITLE],
                # Without an embed, the address is all that tells what it is about.
                summary=summaries.get(link) or _words_of(url),
                published=None,
                first_seen=message.created_at,
                guid=url,
                feed=f"channel:{channel_id}",
            )


def _words_of(url: str) -> str:
    """`.../2026/swing-bridge-closure.html` -> `swing bridge closure`."""
    last = unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2].partition(".")[0]
    return " ".join(re.findall(r"[^\W\d_]{2,}", last))
