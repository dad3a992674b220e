"""The options of /digest create and /digest edit, and the changes to a Digest that they ask for.

What was not given changes nothing, which is all the difference between creating and editing.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import time
from typing import Any, Final, Literal

import discord
from discord import app_commands

from bot.chat.digests import places, wishes
from bot.chat.digests.wishes import DAYS, Days
from bot.chat.digests.zones import zone_named
from bot.domain.digest import Digest, Placement
from bot.domain.errors import SourceError, TooLargeError
from bot.domain.order import Length
from bot.domain.schedule import EVERY_DAY, Schedule
from bot.services.digest_desk import DigestDesk
from bot.wording import Phrase, say_all, say_n

Place = Literal["Messages in the channel", "A thread of its own", "A post in the forum"]
PLACES: Final[dict[Place, Placement]] = {
    "Messages in the channel": "channel",
    "A thread of its own": "thread",
    "A post in the forum": "forum",
}
Silence = Literal["Stay silent", "Say so in a line"]
HowLong = Literal["Short: a sentence a story", "Standard: two or three", "Long: four or five"]
LENGTHS: Final[dict[HowLong, Length]] = {
    "Short: a sentence a story": "short",
    "Standard: two or three": "standard",
    "Long: four or five": "long",
}
MOST_BYTES: Final = 1_000_000  # of an OPML file


class TargetTransformer(app_commands.Transformer):
    """A channel of the kinds that a digest can be posted in; the gateway's own record, where there is one."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """A channel."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """Text, announcements, forum."""
        return [discord.ChannelType.text, discord.ChannelType.news, discord.ChannelType.forum]

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> object:
        """Whatever it is: `places` refuses what it cannot use, in words."""
        return value.resolve() or value


Target = app_commands.Transform[object, TargetTransformer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """As Discord handed it over; None: not given."""

    name: str | None = None
    time: str | None = None
    zone: str | None = None
    days: Days | None = None
    channel: object = None
    feeds: str | None = None
    opml: discord.Attachment | None = None
    stories: int | None = None
    language: str | None = None
    length: HowLong | None = None
    sections: str | None = None
    watch: str | None = None
    include: str | None = None
    exclude: str | None = None
    placement: Place | None = None
    role: discord.Role | None = None
    notify_nobody: bool = False
    nothing_new: Silence | None = None


@dataclass(slots=True)
class Changes:
    """What to set, and what the person should know of it."""

    values: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


async def changes(
    given: Given, desk: DigestDesk, guild: discord.Guild, before: Digest | None, here: object
) -> Changes:
    """What `given` asks for. `here` is the channel that the command was used in, the target of a new digest.

    Raises UsageError for the first option that cannot be used; sites are asked last.
    """
    asked = Changes(_plain(given))
    if given.time is not None or given.zone is not None or given.days is not None:
        # In a thread: a zone is looked up in its file.
        known = before.schedule if before else None
        asked.values["schedule"] = await asyncio.to_thread(_schedule, given, known)
    if given.watch is not None:
        watched = wishes.channels(given.watch)
        places.require_readable(guild, watched)
        asked.values["watched_channels"] = watched
    _place(given, asked, guild, before, here)
    places.require_mark_kept(
        guild,
        asked.values.get("watched_channels", before.watched_channels if before else ()),
        asked.values.get("channel_id", before.channel_id if before else 0),
    )
    await _feeds(given, asked, desk)
    return asked


def _plain(given: Given) -> dict[str, Any]:
    """The options that stand for themselves."""
    values: dict[str, Any] = {}
    if given.name is not None:
        values["name"] = wishes.name(given.name)
    if given.stories is not None:
        values["stories"] = given.stories
    if given.language is not None:
        values["language"] = wishes.language(given.language)
    if given.length is not None:
        values["length"] = LENGTHS[given.length]
    if given.sections is not None:
        values["sections"] = wishes.sections(given.sections)
    if given.include is not None:
        values["include"] = wishes.words(given.include)
    if given.exclude is not None:
        values["exclude"] = wishes.words(given.exclude)
    if given.nothing_new is not None:
        values["says_nothing_new"] = given.nothing_new == "Say so in a line"
    return values


def _schedule(given: Given, before: Schedule | None) -> Schedule:
    """The schedule with what was given; the rest as before."""
    times = wishes.times(given.time) if given.time is not None else before.times if before else (time(7),)
    zone = zone_named(given.zone) if given.zone is not None else before.zone if before else "UTC"
    days = DAYS[given.days] if given.days is not None else before.days if before else EVERY_DAY
    return Schedule(zone=zone, times=times, days=days)


def _place(given: Given, asked: Changes, guild: discord.Guild, before: Digest | None, here: object) -> None:
    """Channel, placement and role belong together: what one may depends on the others."""
    if given.notify_nobody:
        asked.values["role_id"] = None
    elif given.role is not None:
        places.require_role(given.role)
        asked.values["role_id"] = given.role.id
    if before and given.channel is None and given.placement is None and given.role is None:
        return
    channel = given.channel or (guild.get_channel(before.channel_id) if before else here)
    wanted = PLACES[given.placement] if given.placement else None
    if wanted is None and before and given.channel is None:
        wanted = before.placement
    if wanted is None and before and before.placement != "forum":
        wanted = before.placement  # another channel, the same manner
    placement = places.placement_in(channel, wanted)
    role = None if given.notify_nobody else given.role
    if role is None and before and before.role_id and not given.notify_nobody:
        role = guild.get_role(before.role_id)
    assert isinstance(channel, discord.abc.GuildChannel)  # noqa: S101  placement_in refuses all else
    places.require_rights(channel, placement, role)
    asked.values |= {"channel_id": channel.id, "placement": placement}


async def _feeds(given: Given, asked: Changes, desk: DigestDesk) -> None:
    found: list[str] = []
    if given.feeds is not None and not wishes.is_nothing(given.feeds):
        found += [link.url for link in await desk.find_feeds(wishes.addresses(given.feeds))]
    if given.opml is not None:
        links, note = await listed(given.opml, desk)
        found += links
        asked.notes.append(note)
    if given.feeds is not None or given.opml is not None:
        asked.values["feeds"] = tuple(dict.fromkeys(found))


async def listed(opml: discord.Attachment, desk: DigestDesk) -> tuple[list[str], str]:
    """The feeds of an attached OPML file, and what to say of it. Raises SourceError leaves."""
    if opml.size > MOST_BYTES:
        raise TooLargeError(
            Phrase("That list of feeds is larger than I read."), cure=Phrase("Split it into several files.")
        )
    try:
        data = await opml.read()
    except (discord.HTTPException, OSError):
        raise SourceError(
            Phrase("I could not download the file from Discord."), cure=Phrase("Attach it once more.")
        ) from None
    links, left_out = await desk.feeds_in(data)
    note = say_n("{count} feed taken from the file.", "{count} feeds taken from the file.", len(links))
    if left_out:
        also = say_n(
            "{count} entry was left out: no address that I read.",
            "{count} entries were left out: no address that I read.",
            left_out,
        )
        note = say_all(note, also)
    return [link.url for link in links], note
