"""REST: the bot itself, the gateway's address, guilds, members, roles, channels."""

from __future__ import annotations

from bot.playground.errors import refusal
from bot.playground.rest import Call, Reply, Route
from bot.playground.state import FORUM, TEXT, Channel, Event, Guild, User
from bot.playground.visible import MESSAGE_CONTENT
from bot.playground.wire import channel_json, guild_json, member_json, role_json, user_json
from bot.playground.world import World

MESSAGE_CONTENT_LIMITED = 1 << 19


def _me(world: World, _call: Call) -> Reply:
    me = {"verified": True, "mfa_enabled": True, "email": None, "flags": 0, "locale": "en-US"}
    return 200, user_json(world.bot) | me


def _application(world: World, _call: Call) -> Reply:
    owner = next((u for u in world.users.values() if not u.bot), world.bot)
    return 200, {
        "id": str(world.bot.id),
        "name": world.bot.name,
        "icon": None,
        "description": "Briefings of articles",
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "summary": "",
        "hook": True,
        "team": None,
        "flags": application_flags(world),
        "owner": user_json(owner),
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "integration_types_config": {str(kind): {} for kind in world.install_types},
        "approximate_guild_count": len(_bots_guilds(world)),
        "approximate_user_install_count": sum(user.installed for user in world.users.values()),
    }


def application_flags(world: World) -> int:
    """The application's public flags: whether it may see message content."""
    return MESSAGE_CONTENT_LIMITED if world.privileged_intents & MESSAGE_CONTENT else 0


def _bots_guilds(world: World) -> list[Guild]:
    return [guild for guild in world.guilds.values() if world.has_bot(guild.id)]


def _gateway(world: World, _call: Call) -> Reply:
    return 200, {"url": gateway_url(world)}


def gateway_url(world: World) -> str:
    """The WebSocket address of the gateway."""
    return world.base_url.replace("http", "ws", 1) + "/gateway"


def _gateway_bot(world: World, _call: Call) -> Reply:
    limit = {"total": 1000, "remaining": 999, "reset_after": 14_400_000, "max_concurrency": 16}
    return 200, {"url": gateway_url(world), "shards": 1, "session_start_limit": limit}


def _user(world: World, call: Call) -> Reply:
    user = world.users.get(call.id("user"))
    if user is None:
        raise refusal("unknown_user")
    return 200, user_json(user)


def _own_guilds(world: World, _call: Call) -> Reply:
    keys = ("id", "name", "icon", "features")
    return 200, [
        {k: v for k, v in guild_json(world, g).items() if k in keys} | {"owner": False, "permissions": "0"}
        for g in _bots_guilds(world)
    ]


def _open_dm(world: World, call: Call) -> Reply:
    user = world.users.get(int((call.body or {}).get("recipient_id") or 0))
    if user is None:
        raise refusal("unknown_user")
    return 200, channel_json(world, world.dm_with(user))


def guild_by_id(world: World, call: Call) -> Guild:
    """The guild of a path; 10004 where the bot is no member."""
    guild = world.guilds.get(call.id("guild"))
    if guild is None or not world.has_bot(guild.id):
        raise refusal("unknown_guild")
    return guild


def _guild(world: World, call: Call) -> Reply:
    guild = guild_by_id(world, call)
    counts = {"approximate_member_count": len(guild.members), "approximate_presence_count": len(guild.members)}
    return 200, guild_json(world, guild) | counts


def _guild_channels(world: World, call: Call) -> Reply:
    channels = [world.channels[i] for i in guild_by_id(world, call).channels]
    return 200, [channel_json(world, c) for c in channels if not c.is_thread]


def _active_threads(world: World, call: Call) -> Reply:
    channels = [world.channels[i] for i in guild_by_id(world, call).channels]
    threads = [c for c in channels if c.is_thread and not c.archived]
    return 200, {"threads": [channel_json(world, c) for c in threads], "members": []}


def _roles(world: World, call: Call) -> Reply:
    guild = guild_by_id(world, call)
    return 200, [role_json(role, guild) for role in guild.roles]


def _role(world: World, call: Call) -> Reply:
    guild = guild_by_id(world, call)
    for role in guild.roles:
        if role.id == call.id("role"):
            return 200, role_json(role, guild)
    raise refusal("unknown_role")


def _member_of(world: World, guild: Guild, identity: int) -> User:
    if identity not in guild.members:
        raise refusal("unknown_member")
    return world.users[identity]


def _member(world: World, call: Call) -> Reply:
    guild = guild_by_id(world, call)
    own = call.params["user"] == "@me"
    user = world.bot if own else _member_of(world, guild, call.id("user"))
    return 200, member_json(world, user, guild)


def _members(world: World, call: Call) -> Reply:
    guild = guild_by_id(world, call)
    limit, after = int(call.query.get("limit", 1)), int(call.query.get("after", 0))
    ids = sorted(i for i in guild.members if i > after)[:limit]
    return 200, [member_json(world, world.users[i], guild) for i in ids]


def _visible_channel(world: World, call: Call) -> Channel:
    channel = world.channel(call.id("channel"))
    world.require(channel)
    return channel


def _channel(world: World, call: Call) -> Reply:
    return 200, channel_json(world, _visible_channel(world, call))


def _create_channel(world: World, call: Call) -> Reply:
    guild = guild_by_id(world, call)
    body = call.body or {}
    channel = world.add_channel(body.get("name", ""), kind=body.get("type", TEXT), guild=guild)
    world.publish(Event("CHANNEL_CREATE", channel_json(world, channel), guild.id, channel.id))
    return 201, channel_json(world, channel)


def _edit_channel(world: World, call: Call) -> Reply:
    channel, body = _visible_channel(world, call), call.body or {}
    channel.name = body.get("name", channel.name)
    channel.topic = body.get("topic", channel.topic)
    channel.archived = body.get("archived", channel.archived)
    channel.locked = body.get("locked", channel.locked)
    channel.nsfw = body.get("nsfw", channel.nsfw)
    name = "THREAD_UPDATE" if channel.is_thread else "CHANNEL_UPDATE"
    world.publish(Event(name, channel_json(world, channel), channel.guild_id, channel.id))
    return 200, channel_json(world, channel)


ROUTES = [
    Route("GET", "/users/@me", _me),
    Route("GET", "/oauth2/applications/@me", _application),
    Route("GET", "/applications/@me", _application),
    Route("GET", "/gateway", _gateway),
    Route("GET", "/gateway/bot", _gateway_bot),
    Route("GET", "/users/@me/guilds", _own_guilds),
    Route("POST", "/users/@me/channels", _open_dm),
    Route("GET", "/users/{user}", _user),
    Route("GET", "/guilds/{guild}", _guild),
    Route("GET", "/guilds/{guild}/channels", _guild_channels),
    Route("POST", "/guilds/{guild}/channels", _create_channel),
    Route("GET", "/guilds/{guild}/threads/active", _active_threads),
    Route("GET", "/guilds/{guild}/roles", _roles),
    Route("GET", "/guilds/{guild}/roles/{role}", _role),
    Route("GET", "/guilds/{guild}/members", _members),
    Route("GET", "/guilds/{guild}/members/{user}", _member),
    Route("GET", "/channels/{channel}", _channel),
    Route("PATCH", "/channels/{channel}", _edit_channel),
]

FORUM_KINDS = frozenset({FORUM, 16})
