"""Who asks, as `bot.services.manners` wants to know it, read off a message or an interaction."""

from __future__ import annotations

from typing import Any

import discord

from bot.services.manners import Asker

Interaction = discord.Interaction[Any]


def asker_of(asked: discord.Message | Interaction) -> Asker:
    """The author of a message, or whoever used a command, a button or a form.

    Where the bot itself is no member, a server has no settings: it counts as a direct message.
    """
    if isinstance(asked, discord.Message):
        return _asker(asked.author, asked.channel, asked.guild, _granted(asked.author))
    guild = asked.guild if asked.is_guild_integration() else None
    return _asker(asked.user, asked.channel, guild, asked.permissions)


def guild_of(interaction: Interaction) -> int:
    """The server's id; 0 where there is none."""
    return interaction.guild_id or 0


def restricted(channel: object) -> bool:
    """Whether Discord marks the channel, or that of a thread, as age-restricted."""
    is_nsfw = getattr(channel, "is_nsfw", None)
    return bool(is_nsfw()) if is_nsfw else False


def _asker(
    person: discord.abc.User, channel: object, guild: discord.Guild | None, granted: discord.Permissions
) -> Asker:
    if guild is None:
        return Asker(user_id=person.id, restricted=restricted(channel))
    within = channel.parent if isinstance(channel, discord.Thread) else channel
    channel_id = channel.parent_id if isinstance(channel, discord.Thread) else getattr(channel, "id", 0)
    return Asker(
        user_id=person.id,
        guild_id=guild.id,
        channel_id=channel_id,
        category_id=getattr(within, "category_id", None) or 0,
        role_ids=frozenset(role.id for role in getattr(person, "roles", ())),
        manages=granted.manage_guild or granted.administrator,
        restricted=restricted(channel),
    )


def _granted(person: object) -> discord.Permissions:
    """In the server as a whole: the author of a message is a member of it, or a person in direct messages."""
    return person.guild_permissions if isinstance(person, discord.Member) else discord.Permissions.none()
