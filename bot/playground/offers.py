"""Which commands a person is offered where: installs, contexts, permissions, ages; and under which names.

An application is in a place by the guild's installation, by the person's own, or by both; a command says by which
of them (`integration_types`) and where (`contexts`) it may be used.
"""

from __future__ import annotations

from bot.playground import permissions
from bot.playground.errors import UnknownCommandError
from bot.playground.state import DM, Channel, JsonObject, User
from bot.playground.world import World

GUILD_INSTALL, USER_INSTALL = 0, 1
IN_GUILD, BOT_DM, PRIVATE_CHANNEL = 0, 1, 2

_LOCALES = (
    "ar bg cs da de el en-GB en-US es-419 es-ES fi fr he hi hr hu id it ja ko lt nl no pl pt-BR ro ru sv-SE th tr "
    "uk vi zh-CN zh-TW"
)
LOCALES = frozenset(_LOCALES.split())
"""The languages of Discord's client."""
_NEXT_OF_KIN = {"en-US": "en-GB", "en-GB": "en-US", "es-419": "es-ES", "es-ES": "es-419"}


def context_of(world: World, channel: Channel) -> int:
    """Where a channel is, as Discord tells an interaction."""
    if not channel.is_private:
        return IN_GUILD
    return BOT_DM if channel.type == DM and world.is_in(world.bot, channel) else PRIVATE_CHANNEL


def owners_here(world: World, types: list[int], user: User, channel: Channel) -> dict[str, str]:
    """`authorizing_integration_owners`: by whose installation, of those that `types` allow, the app is here."""
    owners: dict[str, str] = {}
    context = context_of(world, channel)
    by_guild = context == BOT_DM or (context == IN_GUILD and world.has_bot(channel.guild_id))
    if GUILD_INSTALL in types and by_guild:
        owners[str(GUILD_INSTALL)] = str(channel.guild_id or 0)
    if USER_INSTALL in types and user.installed:
        owners[str(USER_INSTALL)] = str(user.id)
    return owners


def app_permissions(world: World, user: User, channel: Channel) -> int:
    """What the app may do in a place; where it is no member, what answers by webhook may hold."""
    if not channel.is_private and world.has_bot(channel.guild_id):
        return world.permissions_of(world.bot, channel)
    allowed = permissions.bits(permissions.PRIVATE)
    if channel.is_private:
        own = context_of(world, channel) == BOT_DM
        return allowed | (permissions.bits(["use_external_emojis"]) if own else 0)
    return allowed & world.permissions_of(user, channel)


def offer(world: World, command: JsonObject, user: User, channel: Channel) -> dict[str, str]:
    """The owners under which `user` may use `command` in `channel`; UnknownCommandError says why not."""
    name, context = command["name"], context_of(world, channel)
    own = world.permissions_of(user, channel)
    boss = permissions.allows(own, "administrator")
    if not permissions.allows(own, "view_channel"):
        raise UnknownCommandError(f"{user.name} is not there to use {name!r}")
    contexts = command.get("contexts")
    only_guilds = command.get("guild_id") or command.get("dm_permission") is False
    if (contexts is not None and context not in contexts) or (only_guilds and context != IN_GUILD):
        raise UnknownCommandError(f"{name!r} cannot be used here")
    owners = owners_here(world, _types(world, command), user, channel)
    if not owners:
        raise UnknownCommandError(f"{name!r} is not installed here, nor by {user.name} for this kind of use")
    needed = command.get("default_member_permissions")
    by_guild = context == IN_GUILD and str(GUILD_INSTALL) in owners
    if by_guild and not boss and _lacks(own, needed):
        raise UnknownCommandError(f"{user.name} may not use {name!r}: it needs permissions {needed}")
    if not boss and not channel.is_private and not permissions.allows(own, "use_application_commands"):
        raise UnknownCommandError(f"{user.name} may not use commands in #{channel.name}")
    if command.get("nsfw") and context == IN_GUILD and not world.nsfw(channel):
        raise UnknownCommandError(f"{name!r} can only be used in age-restricted channels")
    return owners


def _lacks(own: int, needed: str | int | None) -> bool:
    """Whether `default_member_permissions` shuts out; 0 leaves a command to administrators."""
    return needed is not None and (int(needed) == 0 or bool(int(needed) & ~own))


def _types(world: World, command: JsonObject) -> list[int]:
    if command.get("guild_id"):
        return [GUILD_INSTALL]
    return command.get("integration_types") or list(world.install_types)


def offered(world: World, user: User, channel: Channel) -> list[JsonObject]:
    """Every command `user` finds in `channel`; a guild's own goes before a global one of the same name."""
    found: dict[tuple[str, int], JsonObject] = {}
    for scope in (channel.guild_id, None):
        for command in world.commands.get(scope, {}).values():
            try:
                offer(world, command, user, channel)
            except UnknownCommandError:
                continue
            found.setdefault((command["name"], command["type"]), command)
    return list(found.values())


def localised(node: JsonObject, key: str, locale: str) -> str:
    """A name or description (`key`) of a command, option or choice as people of `locale` read it."""
    words = node.get(f"{key}_localizations") or {}
    return str(words.get(locale) or words.get(_NEXT_OF_KIN.get(locale, "")) or node.get(key) or "")


def is_called(node: JsonObject, typed: str, locale: str) -> bool:
    """Whether `typed` is a node's own name, or its name in `locale`."""
    return typed in (node["name"], localised(node, "name", locale))
