"""Where a digest can be posted, what we need to be allowed there, and how to allow it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import discord

from bot.chat.askers import restricted
from bot.chat.posting import NEEDED, how_to_grant, permission_names
from bot.domain.digest import Placement
from bot.domain.errors import UsageError
from bot.services.manners import may_pass
from bot.wording import Phrase


def placement_in(channel: object, wanted: Placement | None) -> Placement:
    """The placement that `channel` takes: a forum takes posts, any other channel messages or threads."""
    is_forum = isinstance(channel, discord.ForumChannel)
    if not is_forum and not isinstance(channel, discord.TextChannel):
        raise UsageError(
            Phrase("A digest needs a text channel or a forum."), cure=Phrase("Name one with the option `channel`.")
        )
    if wanted == "forum" and not is_forum:
        raise UsageError(Phrase("That channel is no forum."), cure=Phrase("Choose a forum, or another place."))
    if is_forum:
        return "forum"
    return wanted or "channel"


def require_rights(channel: discord.abc.GuildChannel, placement: Placement, role: discord.Role | None) -> None:
    """That we may post there and notify the role. Raises UsageError saying what is missing and how to grant it."""
    me = channel.guild.me
    granted = channel.permissions_for(me)
    missing = [name for name in NEEDED[placement] if not getattr(granted, name)]
    if missing:
        raise UsageError(
            Phrase(
                "I may not post in {channel}: I lack {permissions}.",
                channel=channel.mention,
                permissions=permission_names(missing),
            ),
            cure=how_to_grant(missing, channel.id),
        )
    if role is not None and not (role.mentionable or granted.mention_everyone):
        raise UsageError(
            Phrase("I may not notify the role {name}.", name=role.name),
            cure=Phrase("In Server Settings, Roles, let anyone mention that role, or choose another."),
        )


def require_role(role: discord.Role) -> None:
    """That it is a role to notify. Raises UsageError."""
    if role.is_default():
        raise UsageError(
            Phrase("I do not notify everyone."),
            cure=Phrase("Make a role for those who want to hear of the digest."),
        )


def require_readable(guild: discord.Guild, channel_ids: Iterable[int]) -> None:
    """That we may look into the channels to watch. Raises UsageError naming those where we may not."""
    closed = list(_closed(guild, channel_ids))
    if closed:
        raise UsageError(
            Phrase("I may not read {channels}.", channels=", ".join(f"<#{channel}>" for channel in closed)),
            cure=Phrase("Allow me View Channel and Read Message History there, or leave it out."),
        )


def require_mark_kept(guild: discord.Guild, watched: Iterable[int], target: int) -> None:
    """That what is posted behind Discord's age restriction is not told outside of it. Raises UsageError."""
    to_restricted = restricted(guild.get_channel(target))
    let_out = [
        channel
        for channel in watched
        if not may_pass(from_restricted=restricted(guild.get_channel(channel)), to_restricted=to_restricted)
    ]
    if let_out:
        named = ", ".join(f"<#{channel}>" for channel in let_out)
        raise UsageError(
            Phrase("{channels}: marked as age-restricted, and where the digest is posted is not.", channels=named),
            cure=Phrase("Leave it out, or post the digest in an age-restricted channel."),
        )


def _closed(guild: discord.Guild, channel_ids: Iterable[int]) -> Iterator[int]:
    for channel_id in channel_ids:
        channel = guild.get_channel(channel_id)
        granted = channel.permissions_for(guild.me) if channel else discord.Permissions.none()
        if not (granted.view_channel and granted.read_message_history):
            yield channel_id
