"""The command group /digest: what Discord shows of it. Each callback hands over what was typed, and no more."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands
from discord.app_commands import Choice, Range

from bot.chat.digests.given import Given, HowLong, Place, Silence, Target
from bot.chat.digests.subcommands import Subcommands
from bot.chat.digests.wishes import Days

Interaction = discord.Interaction[Any]
_WHICH = "The digest; pick it from the list"
_OPTIONS = {
    "name": "What it is called, as Harbour news",
    "time": "When to post, as 07:30, or several times as 7:30, 18:00",
    "zone": "Whose time that is: type a city or a country",
    "days": "On which days; left out: every day",
    "channel": "Where to post; left out: here",
    "feeds": "Addresses of sites or feeds, separated by commas",
    "opml": "An OPML file with feeds, as other readers export it",
    "stories": "At most so many stories; left out: 5",
    "language": "The language to write in, as en or sv; left out: each article's own",
    "length": "How much of each story; left out: two or three sentences",
    "sections": "Sections of each story beside its points, as quotes, timeline",
    "watch": "Channels whose links count as stories, as #news #links",
    "include": "Only stories with one of these words, separated by commas",
    "exclude": "No stories with any of these words, separated by commas",
    "placement": "How to post it; left out: as messages, in a forum as a post",
    "role": "A role to notify; left out: nobody is notified",
    "nothing_new": "What to do when there is nothing new; left out: stay silent",
}
_EDIT = {
    **{name: text.partition("; left out")[0] for name, text in _OPTIONS.items()},
    "digest": _WHICH,
    "name": "Another name",
    "feeds": "Other feeds in place of all it has; to add or remove some, use /digest feeds",
    "opml": "An OPML file with feeds, in place of all it has",
    "watch": "Channels whose links count as stories, as #news #links; none: no channel",
    "include": "Only stories with one of these words, separated by commas; none: all stories",
    "exclude": "No stories with any of these words, separated by commas; none: no such words",
    "notify_nobody": "Notify nobody from now on",
}


def digest_group(does: Subcommands) -> app_commands.Group:
    """The group. Discord shows it to those who manage the server; admins may show it to others."""
    group = app_commands.Group(
        name="digest",
        description="Digests: briefings of your feeds, posted on time",
        default_permissions=discord.Permissions(manage_guild=True),
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
    )
    _add_setting_up(group, does)
    _add_stopping(group, does)
    _add_looking(group, does)
    return group


def _add_setting_up(group: app_commands.Group, does: Subcommands) -> None:
    async def digests(interaction: Interaction, typed: str) -> list[Choice[str]]:
        return await does.offer_digests(interaction, typed)

    async def zones(_: Interaction, typed: str) -> list[Choice[str]]:
        return await does.offer_zones(typed)

    # Discord's form of it: one parameter an option.
    @group.command(description="Set up a digest")
    @app_commands.describe(**_OPTIONS)
    @app_commands.autocomplete(zone=zones)
    async def create(  # noqa: PLR0913, PLR0917
        interaction: Interaction,
        name: Range[str, 1, 80],
        time: Range[str, 1, 200],
        zone: Range[str, 1, 100],
        feeds: str | None = None,
        channel: Target | None = None,
        days: Days | None = None,
        stories: Range[int, 1, 15] | None = None,
        language: Range[str, 1, 10] | None = None,
        length: HowLong | None = None,
        sections: str | None = None,
        watch: str | None = None,
        include: str | None = None,
        exclude: str | None = None,
        placement: Place | None = None,
        role: discord.Role | None = None,
        nothing_new: Silence | None = None,
        opml: discord.Attachment | None = None,
    ) -> None:
        given = Given(
            name=name,
            time=time,
            zone=zone,
            feeds=feeds,
            channel=channel,
            days=days,
            stories=stories,
            language=language,
            length=length,
            sections=sections,
            watch=watch,
            include=include,
            exclude=exclude,
            placement=placement,
            role=role,
            nothing_new=nothing_new,
            opml=opml,
        )
        await does.create(interaction, given)

    @group.command(description="Change a digest: only what you fill in changes")
    @app_commands.describe(**_EDIT)
    @app_commands.autocomplete(zone=zones, digest=digests)
    async def edit(  # noqa: PLR0913, PLR0917
        interaction: Interaction,
        digest: str,
        name: Range[str, 1, 80] | None = None,
        time: Range[str, 1, 200] | None = None,
        zone: Range[str, 1, 100] | None = None,
        feeds: str | None = None,
        channel: Target | None = None,
        days: Days | None = None,
        stories: Range[int, 1, 15] | None = None,
        language: Range[str, 1, 10] | None = None,
        length: HowLong | None = None,
        sections: str | None = None,
        watch: str | None = None,
        include: str | None = None,
        exclude: str | None = None,
        placement: Place | None = None,
        role: discord.Role | None = None,
        notify_nobody: bool = False,
        nothing_new: Silence | None = None,
        opml: discord.Attachment | None = None,
    ) -> None:
        given = Given(
            name=name,
            time=time,
            zone=zone,
            feeds=feeds,
            channel=channel,
            days=days,
            stories=stories,
            language=language,
            length=length,
            sections=sections,
            watch=watch,
            include=include,
            exclude=exclude,
            placement=placement,
            role=role,
            notify_nobody=notify_nobody,
            nothing_new=nothing_new,
            opml=opml,
        )
        await does.edit(interaction, digest, given)

    @group.command(
        description="A digest's feeds and how they do; add or remove some, take or hand out an OPML file"
    )
    @app_commands.describe(
        digest=_WHICH,
        add="Addresses of sites or feeds to add, separated by commas",
        remove="Feeds to leave out from now on, by their address or a part of it",
        opml="An OPML file with feeds to add",
        export="Hand the feeds out as an OPML file",
    )
    @app_commands.autocomplete(digest=digests)
    async def feeds(
        interaction: Interaction,
        digest: str,
        add: str | None = None,
        remove: str | None = None,
        opml: discord.Attachment | None = None,
        export: bool = False,
    ) -> None:
        await does.feeds(interaction, digest, add=add, remove=remove, opml=opml, export=export)


def _add_stopping(group: app_commands.Group, does: Subcommands) -> None:
    async def digests(interaction: Interaction, typed: str) -> list[Choice[str]]:
        return await does.offer_digests(interaction, typed)

    @group.command(description="Stop a digest until it is resumed")
    @app_commands.describe(digest=_WHICH)
    @app_commands.autocomplete(digest=digests)
    async def pause(interaction: Interaction, digest: str) -> None:
        await does.pause(interaction, digest, paused=True)

    @group.command(description="Let a paused digest go on")
    @app_commands.describe(digest=_WHICH)
    @app_commands.autocomplete(digest=digests)
    async def resume(interaction: Interaction, digest: str) -> None:
        await does.pause(interaction, digest, paused=False)

    @group.command(description="Remove a digest with its history; what it posted stays")
    @app_commands.describe(digest=_WHICH)
    @app_commands.autocomplete(digest=digests)
    async def delete(interaction: Interaction, digest: str) -> None:
        await does.delete(interaction, digest)


def _add_looking(group: app_commands.Group, does: Subcommands) -> None:
    async def digests(interaction: Interaction, typed: str) -> list[Choice[str]]:
        return await does.offer_digests(interaction, typed)

    # `show`, since `list` would hide Python's own.
    @group.command(name="list", description="The digests of this server, or all that one is set to")
    @app_commands.describe(digest=f"{_WHICH}; left out: all of them")
    @app_commands.autocomplete(digest=digests)
    async def show(interaction: Interaction, digest: str | None = None) -> None:
        await does.show(interaction, digest)

    @group.command(name="run-now", description="Post a digest at once, beside its schedule")
    @app_commands.describe(digest=_WHICH)
    @app_commands.autocomplete(digest=digests)
    async def run_now(interaction: Interaction, digest: str) -> None:
        await does.run_now(interaction, digest)

    @group.command(description="See what a digest would post now, and why each story is in or out")
    @app_commands.describe(digest=_WHICH)
    @app_commands.autocomplete(digest=digests)
    async def preview(interaction: Interaction, digest: str) -> None:
        await does.preview(interaction, digest)

    @group.command(description="How a digest's latest runs ended")
    @app_commands.describe(digest=_WHICH)
    @app_commands.autocomplete(digest=digests)
    async def history(interaction: Interaction, digest: str) -> None:
        await does.history(interaction, digest)
