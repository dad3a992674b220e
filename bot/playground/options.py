"""A person's plain arguments to what Discord sends of a command: names checked, types converted, ids resolved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.playground.errors import OptionError, UnknownCommandError
from bot.playground.offers import is_called, localised
from bot.playground.state import Attachment, Channel, JsonObject, Message, Role, User
from bot.playground.wire import channel_json, member_json, role_json, user_json
from bot.playground.wire_messages import attachment_json, message_json
from bot.playground.world import World

SUBCOMMAND, GROUP, STRING, INTEGER, BOOLEAN, USER = 1, 2, 3, 4, 5, 6
CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT = 7, 8, 9, 10, 11


@dataclass
class Resolved:
    """The records behind the ids in an interaction, collected while they are met."""

    world: World
    guild_id: int | None
    locale: str = "en-US"
    data: dict[str, JsonObject] = field(default_factory=dict)

    def add(self, value: User | Channel | Role | Attachment | Message) -> str:
        """Files a record under its kind; its id as a string."""
        key = str(value.id)
        guild = None if self.guild_id is None else self.world.guilds[self.guild_id]
        if isinstance(value, User):
            self._put("users", key, user_json(value))
            if guild is not None and value.id in guild.members:
                channel = self.world.channels[guild.channels[0]]
                rights = {"permissions": str(self.world.permissions_of(value, channel))}
                self._put("members", key, member_json(self.world, value, guild, with_user=False) | rights)
        elif isinstance(value, Channel):
            rights = {"permissions": str(self.world.permissions_of(self.world.bot, value))}
            self._put("channels", key, channel_json(self.world, value) | rights)
        elif isinstance(value, Role):
            self._put("roles", key, role_json(value, guild or self.world.guild))
        elif isinstance(value, Attachment):
            self._put("attachments", key, attachment_json(self.world, value))
        else:
            self._put("messages", key, message_json(self.world, value))
        return key

    def _put(self, kind: str, key: str, body: JsonObject) -> None:
        self.data.setdefault(kind, {})[key] = body


def find_command(world: World, name: str, kind: int, guild_id: int | None, *, locale: str = "en-US") -> JsonObject:
    """The synced command of this kind (1 slash, 2 user, 3 message), the guild's before the global one.

    A name in the person's own language is as good as the command's.
    """
    for scope in (guild_id, None):
        for command in world.commands.get(scope, {}).values():
            if command["type"] == kind and is_called(command, name, locale):
                return command
    known = sorted({c["name"] for cs in world.commands.values() for c in cs.values() if c["type"] == kind})
    raise UnknownCommandError(f"no command {name!r} is synced here; there are: {', '.join(known) or 'none'}")


def descend(command: JsonObject, words: list[str], *, locale: str = "en-US") -> list[JsonObject]:
    """The chain command, group, subcommand that the words after the command's name lead to."""
    chain = [command]
    for word in words:
        inner = [
            o
            for o in chain[-1].get("options") or []
            if o["type"] in (SUBCOMMAND, GROUP) and is_called(o, word, locale)
        ]
        if not inner:
            raise UnknownCommandError(f"{chain[-1]['name']!r} has no subcommand {word!r}")
        chain.append(inner[0])
    if any(o["type"] in (SUBCOMMAND, GROUP) for o in chain[-1].get("options") or []):
        raise UnknownCommandError(f"{chain[-1]['name']!r} needs a subcommand")
    return chain


def build(
    chain: list[JsonObject], given: Mapping[str, Any], resolved: Resolved, *, focused: str | None = None
) -> list[JsonObject]:
    """The nested `options` list of a slash command; OptionError on anything Discord's client would not send.

    With `focused` (autocomplete) nothing is required and the focused value is sent as typed.
    """
    options = {o["name"]: o for o in chain[-1].get("options") or []}
    given = canonical(chain[-1], given, resolved.locale)
    built = []
    for name, option in options.items():
        if given.get(name) is None:
            if option.get("required") and focused is None:
                raise OptionError(f"option {name!r} is required")
            continue
        if name == focused:
            built.append({"name": name, "type": option["type"], "value": str(given[name]), "focused": True})
        else:
            built.append({"name": name, "type": option["type"], "value": convert(option, given[name], resolved)})
    for part in reversed(chain[1:]):
        built = [{"name": part["name"], "type": part["type"], "options": built}]
    return built


def canonical(node: JsonObject, given: Mapping[str, Any], locale: str) -> dict[str, Any]:
    """The given values under the options' own names, whichever language they were named in; OptionError."""
    options = {o["name"]: o for o in node.get("options") or []}
    values = {}
    for typed, value in given.items():
        found = next((name for name, option in options.items() if is_called(option, typed, locale)), None)
        if found is None:
            known = ", ".join(options) or "none"
            raise OptionError(f"{node['name']!r} has no option {typed!r}; it has: {known}")
        values[found] = value
    return values


def convert(option: JsonObject, value: Any, resolved: Resolved) -> Any:
    """One value in the form its option's type asks for."""
    kind, name = option["type"], option["name"]
    try:
        converted = _CONVERT[kind](value, resolved)
    except (TypeError, ValueError, KeyError) as error:
        raise OptionError(f"option {name!r}: {value!r} does not fit its type {kind}") from error
    _check_bounds(option, converted)
    choices = option.get("choices") or []
    if choices and converted not in [c["value"] for c in choices]:
        by_name = {c["name"]: c["value"] for c in choices}
        by_name |= {localised(c, "name", resolved.locale): c["value"] for c in choices}
        if converted not in by_name:
            raise OptionError(f"option {name!r}: {value!r} is not one of {', '.join(map(str, by_name))}")
        return by_name[converted]
    return converted


def _check_bounds(option: JsonObject, value: Any) -> None:
    size = len(value) if isinstance(value, str) else value
    kind = "length" if option["type"] == STRING else "value"
    low, high = option.get(f"min_{kind}"), option.get(f"max_{kind}")
    if option["type"] in (STRING, INTEGER, NUMBER) and (
        (low is not None and size < low) or (high is not None and size > high)
    ):
        raise OptionError(f"option {option['name']!r}: {value!r} is outside {low} to {high}")


def _string(value: Any, _resolved: Resolved) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _boolean(value: Any, _resolved: Resolved) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _record(value: Any, resolved: Resolved, *kinds: type) -> str:
    found: Any = value
    if isinstance(value, int | str):
        world, identity = resolved.world, int(value)
        found = world.users.get(identity) or world.channels.get(identity) or world.role(identity)
    if not isinstance(found, kinds):
        raise TypeError(value)
    record: Any = found
    return resolved.add(record)


_CONVERT: dict[int, Callable[[Any, Resolved], Any]] = {
    STRING: _string,
    INTEGER: lambda value, _r: int(value),
    BOOLEAN: _boolean,
    NUMBER: lambda value, _r: float(value),
    USER: lambda value, r: _record(value, r, User),
    CHANNEL: lambda value, r: _record(value, r, Channel),
    ROLE: lambda value, r: _record(value, r, Role),
    MENTIONABLE: lambda value, r: _record(value, r, User, Role),
    ATTACHMENT: lambda value, r: _record(value, r, Attachment),
}
