"""Records to the JSON that Discord sends: optional keys absent, ids as strings, times with their zone."""

from __future__ import annotations

import datetime as dt

from bot.playground.state import (
    FORUM,
    GROUP_DM,
    Channel,
    Guild,
    JsonObject,
    Role,
    User,
)
from bot.playground.world import World

JOINED = "2024-01-15T09:00:00+00:00"


def stamp(at: dt.datetime) -> str:
    """A time as Discord writes it."""
    return at.isoformat(timespec="microseconds")


def user_json(user: User) -> JsonObject:
    """A user object."""
    body: JsonObject = {
        "id": str(user.id),
        "username": user.name,
        "discriminator": "0000" if user.bot else "0",
        "global_name": None if user.bot else user.display_name,
        "avatar": None,
        "public_flags": 0,
    }
    return body | {"bot": True} if user.bot else body


def member_json(world: World, user: User, guild: Guild, *, with_user: bool = True) -> JsonObject:
    """A guild member; `with_user=False` as in message events, where the user stands beside it."""
    own = {role.id for role in guild.roles}
    body: JsonObject = {
        "roles": [str(role) for role in user.roles if role in own],
        "joined_at": JOINED,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "nick": None,
        "avatar": None,
        "premium_since": None,
        "pending": False,
        "communication_disabled_until": None,
    }
    return body | {"user": user_json(user)} if with_user else body


def role_json(role: Role, guild: Guild) -> JsonObject:
    """A role object."""
    return {
        "id": str(role.id),
        "name": role.name,
        "color": role.colour,
        "colors": {"primary_color": role.colour, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "icon": None,
        "unicode_emoji": None,
        "position": guild.roles.index(role),
        "permissions": str(role.permissions),
        "managed": role.managed,
        "mentionable": role.mentionable,
        "flags": 0,
    }


def channel_json(world: World, channel: Channel) -> JsonObject:
    """A channel, thread or direct message."""
    last = channel.last_message_id
    body: JsonObject = {"id": str(channel.id), "type": channel.type, "flags": 0}
    body["last_message_id"] = None if last is None else str(last)
    if channel.is_private:
        return body | _private_part(world, channel)
    body |= {"guild_id": str(channel.guild_id), "name": channel.name, "rate_limit_per_user": 0}
    if channel.is_thread:
        return body | _thread_part(world, channel)
    body |= {
        "position": channel.position,
        "parent_id": None,
        "topic": channel.topic,
        "nsfw": channel.nsfw,
        "permission_overwrites": _overwrites(world, channel),
    }
    if channel.type == FORUM:
        body |= {"available_tags": channel.tags, "default_reaction_emoji": None, "default_sort_order": None}
        body |= {"default_forum_layout": 0, "template": ""}
    return body


def _private_part(world: World, channel: Channel) -> JsonObject:
    body: JsonObject = {"recipients": [user_json(world.users[i]) for i in channel.recipients]}
    if channel.type == GROUP_DM:
        body |= {"name": channel.name or None, "icon": None, "owner_id": str(channel.owner_id)}
    return body


def _overwrites(world: World, channel: Channel) -> list[JsonObject]:
    if not channel.denied:
        return []
    return [{"id": str(world.bot.id), "type": 1, "allow": "0", "deny": str(channel.denied)}]


def _thread_part(world: World, thread: Channel) -> JsonObject:
    count = len(world.messages[thread.id])
    body: JsonObject = {
        "parent_id": str(thread.parent_id),
        "owner_id": str(thread.owner_id),
        "message_count": count,
        "total_message_sent": count,
        "member_count": len(thread.members),
        "thread_metadata": {
            "archived": thread.archived,
            "auto_archive_duration": 1440,
            "archive_timestamp": stamp(thread.created),
            "create_timestamp": stamp(thread.created),
            "locked": thread.locked,
        },
    }
    if thread.applied_tags:
        body["applied_tags"] = [str(tag) for tag in thread.applied_tags]
    if world.bot.id in thread.members:
        body["member"] = thread_member_json(thread, world.bot)
    return body


def thread_member_json(thread: Channel, user: User) -> JsonObject:
    """A member of a thread."""
    return {"id": str(thread.id), "user_id": str(user.id), "join_timestamp": stamp(thread.created), "flags": 0}


def guild_json(world: World, guild: Guild) -> JsonObject:
    """A guild as REST gives it."""
    return {
        "id": str(guild.id),
        "name": guild.name,
        "icon": None,
        "splash": None,
        "discovery_splash": None,
        "description": None,
        "owner_id": str(guild.owner_id),
        "afk_channel_id": None,
        "afk_timeout": 300,
        "verification_level": 0,
        "default_message_notifications": 1,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "premium_progress_bar_enabled": False,
        "preferred_locale": guild.preferred_locale,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "rules_channel_id": None,
        "public_updates_channel_id": None,
        "safety_alerts_channel_id": None,
        "application_id": None,
        "banner": None,
        "vanity_url_code": None,
        "features": guild.features,
        "emojis": [],
        "stickers": [],
        "roles": [role_json(role, guild) for role in guild.roles],
    }


def guild_create_json(world: World, guild: Guild, *, with_members: bool) -> JsonObject:
    """The body of GUILD_CREATE; without the members intent it lists only the bot."""
    channels = [world.channels[i] for i in guild.channels]
    members = guild.members if with_members else [i for i in guild.members if i == world.bot.id]
    return guild_json(world, guild) | {
        "joined_at": JOINED,
        "large": False,
        "unavailable": False,
        "member_count": len(guild.members),
        "members": [member_json(world, world.users[i], guild) for i in members],
        "channels": [channel_json(world, c) for c in channels if not c.is_thread],
        "threads": [channel_json(world, c) for c in channels if c.is_thread and not c.archived],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }
