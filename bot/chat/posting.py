"""Posts digests: to a channel, to a thread of their own, or as a post of a forum; each page once.

Three locks keep a page from being posted twice. Within minutes Discord drops a message whose nonce it has seen.
Later, who tries again looks at the ids that were saved. And should those be lost, `find_posted` reads the channel:
the button under each page carries the delivery's key.

A thread hangs on a short message of ours, which has a nonce, and has its id; so it cannot come twice either. Only
a forum's post has no nonce: there the history alone is asked.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Any, Final

import discord
from discord import ui

from bot.chat.cards import card_view
from bot.chat.wire import Wire
from bot.domain.digest import Digest
from bot.domain.edition import DigestEdition
from bot.domain.errors import DeliveryError
from bot.jobs.ports import Saved, nonce_of
from bot.render.dates import day_label
from bot.render.digest_card import make_digest_card
from bot.render.digest_pages import digest_pages
from bot.render.escape import discord as escaped
from bot.render.escape import one_line
from bot.render.layout import Page
from bot.wording import Phrase, say, say_n

UNKNOWN_CHANNEL: Final = 10003
_THREAD_EXISTS: Final = 160004
_READ_AT_MOST: Final = 2_000  # messages that are looked through for ours, after a crash only
_MARGIN: Final = timedelta(minutes=2)  # two machines' clocks may differ
_LONGEST_NAME: Final = 100  # of a thread
_MARK: Final = re.compile(r"nutgraf:about:(?P<key>digest-\d+-[\w:-]+)#(?P<page>\d+)")

NEEDED: Final = {
    "channel": ("view_channel", "send_messages", "read_message_history"),
    "thread": (
        *("view_channel", "send_messages", "read_message_history"),
        *("create_public_threads", "send_messages_in_threads"),
    ),
    "forum": ("view_channel", "send_messages", "read_message_history", "send_messages_in_threads"),
}
NAMES: Final = {
    "view_channel": Phrase("View Channel"),
    "send_messages": Phrase("Send Messages"),
    "read_message_history": Phrase("Read Message History"),
    "create_public_threads": Phrase("Create Public Threads"),
    "send_messages_in_threads": Phrase("Send Messages in Threads"),
    "mention_everyone": Phrase("Mention @everyone, @here, and All Roles"),
}  # fmt: skip


def about_id(key: str, page: int) -> str:
    """The custom_id of the button under a page: what it tells about, and how the page is found again."""
    return f"nutgraf:about:{key}#{page}"


def take_back_id(key: str) -> str:
    """The custom_id of the button that deletes what the delivery `key` posted."""
    return f"nutgraf:take-back:{key}"


def how_to_grant(permissions: Iterable[str], channel_id: int) -> Phrase:
    """What to do so that we have `permissions` (names of discord.py's) in a channel."""
    return Phrase(
        "In the settings of {channel}, under Permissions, add my role and allow: {permissions}. "
        "Or choose another channel with /digest edit.",
        channel=f"<#{channel_id}>",
        permissions=permission_names(permissions),
    )


def permission_names(permissions: Iterable[str]) -> Phrase:
    """`permissions` (names of discord.py's) as Discord shows them, in a row."""
    first, *others = [NAMES[name] for name in permissions]
    for other in others:
        first = Phrase("{first}, {next}", first=first, next=other)
    return first


class DiscordPoster:
    """`bot.jobs.ports.Poster` over REST alone, so that workers without a gateway can post too."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def post(
        self, digest: Digest, edition: DigestEdition, key: str, already: Sequence[int], saved: Saved
    ) -> tuple[int, ...]:
        """Post what of `edition` does not stand there already; the ids of all its messages.

        Raises DeliveryError for what somebody has to mend, discord.HTTPException and the transport's own errors
        for what may pass.
        """
        pages = await asyncio.to_thread(_posts, digest, edition)
        ids = list(already)
        with _told(digest):
            place = await self._place(digest, edition, ids[0]) if ids else None
            for number, page in enumerate(pages[len(ids) :], len(ids)):
                if number and place is None:
                    place = await self._place(digest, edition, ids[0])
                view = post_view(page, key, number, mention_of(digest) if number == 0 else "")
                if place is None:
                    ids.append(await self._first(digest, edition, key, view))
                else:
                    ids.append((await place.send(view=view, nonce=nonce_of(key, number))).id)
                if len(ids) < len(pages):  # the last is told by what we return
                    await saved(ids[-1])
        return tuple(ids)

    async def find_posted(self, digest: Digest, key: str, since: datetime) -> tuple[int, ...]:
        """The ids of the messages of `key` that stand there since then, in order."""
        found: dict[int, int] = {}
        with _told(digest):
            async for message in self._ours(digest, since - _MARGIN):
                for mark in _marks(message.components):
                    if mark["key"] == key:
                        found.setdefault(int(mark["page"]), message.id)
        ids: list[int] = []
        while len(ids) in found:
            ids.append(found[len(ids)])
        return tuple(ids)

    async def _first(self, digest: Digest, edition: DigestEdition, key: str, view: ui.LayoutView) -> int:
        """Post the first message; its id."""
        mentions = allowed_mentions(digest)
        if digest.placement != "forum":
            channel = await self._wire.messages(digest.channel_id)
            sent = await channel.send(view=view, nonce=nonce_of(key), allowed_mentions=mentions)
            return sent.id
        forum = await self._wire.channel(digest.channel_id)
        if not isinstance(forum, discord.ForumChannel):
            raise DeliveryError(
                Phrase("{channel} is no forum any more.", channel=f"<#{digest.channel_id}>"),
                cure=Phrase("Choose a channel with /digest edit."),
            )
        tags = [tag for tag in forum.available_tags if not tag.moderated][:1] if forum.flags.require_tag else []
        made = await forum.create_thread(
            name=_thread_name(edition), view=view, allowed_mentions=mentions, applied_tags=tags
        )
        return await self._only_one(digest, key, made.message.id)

    async def _only_one(self, digest: Digest, key: str, made: int) -> int:
        """The post of the forum that stays. discord.py asks again after a 5xx, and a forum knows no nonce."""
        posts = [made]
        async for place in self._places(digest, discord.utils.snowflake_time(made) - _MARGIN):
            if place.id != made:
                async for message in place.history(limit=1, oldest_first=True):
                    posts += [place.id for mark in _marks(message.components) if mark["key"] == key]
        first, *others = sorted(posts)
        client = await self._wire.client()
        for other in others:
            try:
                await client.http.delete_channel(other)
            except discord.HTTPException:  # that takes Manage Threads; our own words we may always take back
                with suppress(discord.HTTPException):
                    await client.http.delete_message(other, other)
        return first

    async def _place(self, digest: Digest, edition: DigestEdition, first: int) -> discord.PartialMessageable:
        """Where the messages after the first one go; a thread has the id of the message it hangs on."""
        if digest.placement == "channel":
            return await self._wire.messages(digest.channel_id)
        if digest.placement == "thread":
            await self._open_thread(digest, edition, first)
        return await self._wire.messages(first)

    async def _open_thread(self, digest: Digest, edition: DigestEdition, starter: int) -> None:
        channel = await self._wire.channel(digest.channel_id)
        if not isinstance(channel, discord.TextChannel):
            raise DeliveryError(
                Phrase("{channel} has no threads.", channel=f"<#{digest.channel_id}>"),
                cure=Phrase("Choose another place with /digest edit."),
            )
        try:
            await channel.create_thread(name=_thread_name(edition), message=discord.Object(starter))
        except discord.HTTPException as error:
            if error.code != _THREAD_EXISTS:
                raise

    async def _ours(self, digest: Digest, since: datetime) -> AsyncIterator[discord.Message]:
        """Our messages where the digest is posted, since then, oldest first."""
        client = await self._wire.client()
        me = client.user.id if client.user else 0
        async for place in self._places(digest, since):
            async for message in place.history(after=since, limit=_READ_AT_MOST, oldest_first=True):
                if message.author.id == me:
                    yield message
                    if digest.placement == "thread" and place.id == digest.channel_id:
                        async for inner in _history(await self._wire.messages(message.id), message):
                            yield inner

    async def _places(self, digest: Digest, since: datetime) -> AsyncIterator[discord.PartialMessageable]:
        if digest.placement != "forum":
            yield await self._wire.messages(digest.channel_id)
            return
        client = await self._wire.client()
        threads = await client.http.get_active_threads(digest.guild_id)
        me = str(client.user.id if client.user else 0)
        for thread in threads["threads"]:
            ours = thread.get("owner_id") == me and thread.get("parent_id") == str(digest.channel_id)
            if ours and discord.utils.snowflake_time(int(thread["id"])) >= since:
                yield await self._wire.messages(int(thread["id"]))


async def _history(thread: discord.PartialMessageable, starter: discord.Message) -> AsyncIterator[discord.Message]:
    """Our messages in the thread that hangs on `starter`; none where there is no such thread."""
    if not starter.flags.has_thread:
        return
    async for message in thread.history(limit=_READ_AT_MOST, oldest_first=True):
        if message.author.id == starter.author.id:
            yield message


def _posts(digest: Digest, edition: DigestEdition) -> tuple[Page, ...]:
    """What is posted, a message each."""
    pages = digest_pages(make_digest_card(edition))
    return (_starter(edition), *pages) if digest.placement == "thread" else pages


def _starter(edition: DigestEdition) -> Page:
    """What stands in the channel when the digest has a thread."""
    read = sum(story.unread is None for story in edition.stories)
    stories = [say_n("{count} story", "{count} stories", read)] if read else []
    return Page((" · ".join([f"**{escaped(one_line(edition.name))}**", day_label(edition.day), *stories]),))


def _thread_name(edition: DigestEdition) -> str:
    day = day_label(edition.day)
    name = one_line(edition.name) or say("Digest")
    return f"{name[: _LONGEST_NAME - len(day) - 2]}, {day}"


def post_view(page: Page, key: str, number: int, mention: str) -> ui.LayoutView:
    """Page `number` (from 0) of the delivery `key`, with its buttons; by the first it is found again."""
    about: ui.Button[Any] = ui.Button(
        label=say("About"), style=discord.ButtonStyle.secondary, custom_id=about_id(key, number)
    )
    delete: ui.Button[Any] = ui.Button(
        label=say("Delete"), style=discord.ButtonStyle.secondary, custom_id=take_back_id(key)
    )
    return card_view(page, buttons=[about, delete], above=mention)


def mention_of(digest: Digest) -> str:
    """What stands over the first page: the role to notify; empty where there is none."""
    return f"<@&{digest.role_id}>" if digest.role_id else ""


def allowed_mentions(digest: Digest) -> discord.AllowedMentions:
    """The chosen role, and nobody else whatever the text says."""
    roles = [discord.Object(digest.role_id)] if digest.role_id else False
    return discord.AllowedMentions(everyone=False, users=False, replied_user=False, roles=roles)


def _marks(components: Sequence[Any]) -> Iterator[re.Match[str]]:
    for component in components:
        custom_id = getattr(component, "custom_id", None)
        if custom_id and (match := _MARK.fullmatch(custom_id)):
            yield match
        yield from _marks(getattr(component, "children", ()))


@contextmanager
def _told(digest: Digest) -> Iterator[None]:
    """Discord's refusals as what somebody can mend; what may pass goes through."""
    place = f"<#{digest.channel_id}>"
    try:
        yield
    except discord.Forbidden:
        raise DeliveryError(
            Phrase("I may not post the digest “{name}” in {channel}.", name=digest.name, channel=place),
            cure=how_to_grant(NEEDED[digest.placement], digest.channel_id),
        ) from None
    except discord.HTTPException as error:
        if error.code == UNKNOWN_CHANNEL:
            raise DeliveryError(
                Phrase("The channel of the digest “{name}” is gone.", name=digest.name),
                cure=Phrase("Choose another with /digest edit, or /digest delete it."),
            ) from None
        if 400 <= error.status < 500 and error.status not in {401, 408, 429}:
            raise DeliveryError(
                Phrase(
                    "Discord did not take the digest “{name}” in {channel} (code {code}).",
                    name=digest.name,
                    channel=place,
                    code=error.code,
                ),
                cure=Phrase("Choose another channel or place with /digest edit."),
            ) from None
        raise
