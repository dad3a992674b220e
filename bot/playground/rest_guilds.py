"""REST: the bot itself, the gateway's address, guilds, members, roles, channels, commands."""

from __future__ import annotations

import re
from typing import Any

from bot.playground.errors import invalid_form, refusal
from bot.playground.rest import Call, Reply, Route
from bot.playground.state import FORUM, TEXT, Channel, Event, Guild, JsonObject, User
from bot.playground.wire import channel_json, guild_json, member_json, role_json, user_json
from bot.playground.world import World

MESSAGE_CONTENT_LIMITED = 1 << 19
_NAME = re.compile(r"^[-_'\w]{1,32}$")


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
        "flags": MESSAGE_CONTENT_LIMITED if world.privileged_intents & (1 << 15) else 0,
        "owner": user_json(owner),
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "integration_types_config": {"0": {}},
        "approximate_guild_count": len(world.guilds),
    }


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
        for g in world.guilds.values()
    ]


def _open_dm(world: World, call: Call) -> Reply:
    user = world.users.get(int((call.body or {}).get("recipient_id") or 0))
    if user is None:
        raise refusal("unknown_user")
    return 200, channel_json(world, world.dm_with(user))


def _guild_by_id(world: World, call: Call) -> Guild:
    guild = world.guilds.get(call.id("guild"))
    if guild is None:
        raise refusal("unknown_guild")
    return guild


def _guild(world: World, call: Call) -> Reply:
    guild = _guild_by_id(world, call)
    counts = {"approximate_member_count": len(guild.members), "approximate_presence_count": len(guild.members)}
    return 200, guild_json(world, guild) | counts


def _guild_channels(world: World, call: Call) -> Reply:
    channels = [world.channels[i] for i in _guild_by_id(world, call).channels]
    return 200, [channel_json(world, c) for c in channels if not c.is_thread]


def _active_threads(world: World, call: Call) -> Reply:
    channels = [world.channels[i] for i in _guild_by_id(world, call).channels]
    threads = [c for c in channels if c.is_thread and not c.archived]
    return 200, {"threads": [channel_json(world, c) for c in threads], "members": []}


def _roles(world: World, call: Call) -> Reply:
    guild = _guild_by_id(world, call)
    return 200, [role_json(role, guild) for role in guild.roles]


def _role(world: World, call: Call) -> Reply:
    guild = _guild_by_id(world, call)
    for role in guild.roles:
        if role.id == call.id("role"):
            return 200, role_json(role, guild)
    raise refusal("unknown_role")


def _member_of(world: World, guild: Guild, identity: int) -> User:
    if identity not in guild.members:
        raise refusal("unknown_member")
    return world.users[identity]


def _member(world: World, call: Call) -> Reply:
    guild = _guild_by_id(world, call)
    own = call.params["user"] == "@me"
    user = world.bot if own else _member_of(world, guild, call.id("user"))
    return 200, member_json(world, user, guild)


def _members(world: World, call: Call) -> Reply:
    guild = _guild_by_id(world, call)
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
    guild = _guild_by_id(world, call)
    body = call.body or {}
    channel = world.add_channel(body.get("name", ""), kind=body.get("type", TEXT), guild=guild)
    world.publish(Event("CHANNEL_CREATE", channel_json(world, channel), guild.id, channel.id))
    return 201, channel_json(world, channel)


def _edit_channel(world: World, call: Call) -> Reply:
    channel, body = _visible_channel(world, call), call.body or {}
    channel.name = body.get("name", channel.name)
    channel.topic = body.get("topic", channel.topic)
    channel.archived = body.get("archived", channel.archived)
    name = "THREAD_UPDATE" if channel.is_thread else "CHANNEL_UPDATE"
    world.publish(Event(name, channel_json(world, channel), channel.guild_id, channel.id))
    return 200, channel_json(world, channel)


# --- commands -------------------------------------------------------------------------------------------------


def _scope(world: World, call: Call) -> int | None:
    if call.id("application") != world.bot.id:
        raise refusal("missing_access")
    return _guild_by_id(world, call).id if "guild" in call.params else None


def _check_command(at: str, command: JsonObject, *, top: bool = True) -> list[tuple[str, str, str]]:
    problems = []
    name, kind = str(command.get("name") or ""), command.get("type", 1)
    chat = kind == 1 or not top
    if (chat and (not _NAME.match(name) or name != name.lower())) or not 1 <= len(name) <= 32:
        problems.append((f"{at}.name", "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid"))
    if chat and not 1 <= len(command.get("description") or "") <= 100:
        problems.append((f"{at}.description", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length."))
    optional = False
    for i, option in enumerate(command.get("options") or []):
        if option.get("required") and optional:
            message = "Required options must be placed before non-required options"
            problems.append((f"{at}.options.{i}", "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message))
        optional = optional or (option.get("type") not in (1, 2) and not option.get("required"))
        if len(option.get("choices") or []) > 25:
            problems.append(
                (f"{at}.options.{i}.choices", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
            )
        problems += _check_command(f"{at}.options.{i}", option, top=False)
    return problems


def _stored(world: World, scope: int | None, command: JsonObject, have: dict[int, JsonObject]) -> JsonObject:
    same = [c for c in have.values() if c["name"] == command["name"] and c["type"] == command.get("type", 1)]
    full: JsonObject = {
        "type": 1,
        "description": "",
        "default_member_permissions": None,
        "dm_permission": True,
        "nsfw": False,
        "options": [],
        "integration_types": [0],
        "contexts": None,
    }
    full |= {k: v for k, v in command.items() if v is not None}
    full |= {"id": same[0]["id"] if same else str(world.mint())}
    full |= {"application_id": str(world.bot.id), "version": str(world.mint())}
    return full if scope is None else full | {"guild_id": str(scope)}


def _put_commands(world: World, call: Call) -> Reply:
    scope, listed = _scope(world, call), call.body or []
    problems = [p for i, c in enumerate(listed) for p in _check_command(str(i), c)]
    kinds = [(c.get("name"), c.get("type", 1)) for c in listed]
    for i, kind in enumerate(kinds):
        if kind in kinds[:i]:
            problems.append((f"{i}.name", "APPLICATION_COMMANDS_DUPLICATE_NAME", "Command names must be unique"))
    if problems:
        raise invalid_form(*problems)
    have = world.commands[scope]
    stored = [_stored(world, scope, command, have) for command in listed]
    world.commands[scope] = {int(c["id"]): c for c in stored}
    return 200, stored


def _get_commands(world: World, call: Call) -> Reply:
    return 200, list(world.commands[_scope(world, call)].values())


def _post_command(world: World, call: Call) -> Reply:
    scope = _scope(world, call)
    problems = _check_command("", call.body or {})
    if problems:
        raise invalid_form(*problems)
    have = world.commands[scope]
    stored = _stored(world, scope, call.body, have)
    new = int(stored["id"]) not in have
    have[int(stored["id"])] = stored
    return 201 if new else 200, stored


def _one_command(world: World, call: Call) -> tuple[dict[int, Any], JsonObject]:
    have = world.commands[_scope(world, call)]
    found = have.get(call.id("command"))
    if found is None:
        raise refusal("unknown_command")
    return have, found


def _get_command(world: World, call: Call) -> Reply:
    return 200, _one_command(world, call)[1]


def _patch_command(world: World, call: Call) -> Reply:
    _have, found = _one_command(world, call)
    found |= call.body or {}
    return 200, found


def _delete_command(world: World, call: Call) -> Reply:
    have, found = _one_command(world, call)
    del have[int(found["id"])]
    return 204, None


def _command_routes() -> list[Route]:
    routes = []
    for scope in ("/applications/{application}", "/applications/{application}/guilds/{guild}"):
        routes += [
            Route("PUT", f"{scope}/commands", _put_commands),
            Route("GET", f"{scope}/commands", _get_commands),
            Route("POST", f"{scope}/commands", _post_command),
            Route("GET", f"{scope}/commands/{{command}}", _get_command),
            Route("PATCH", f"{scope}/commands/{{command}}", _patch_command),
            Route("DELETE", f"{scope}/commands/{{command}}", _delete_command),
        ]
    return routes


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
    *_command_routes(),
]

FORUM_KINDS = frozenset({FORUM, 16})
