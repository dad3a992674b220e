"""REST: the application's commands, global and of one guild, checked as Discord checks them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bot.playground.errors import invalid_form, refusal
from bot.playground.offers import LOCALES
from bot.playground.rest import Call, Reply, Route
from bot.playground.rest_guilds import guild_by_id
from bot.playground.state import JsonObject
from bot.playground.world import World

_NAME = re.compile(r"^[-_'\w]{1,32}$")
MOST_COMMANDS = {1: 100, 2: 15, 3: 15}
"""Of each kind (slash, on a person, on a message) in one scope."""
MOST_OPTIONS = 25
MOST_CHARACTERS = 8000
Problem = tuple[str, str, str]


def _scope(world: World, call: Call) -> int | None:
    if call.id("application") != world.bot.id:
        raise refusal("missing_access")
    return guild_by_id(world, call).id if "guild" in call.params else None


def _check_command(at: str, command: JsonObject, *, top: bool = True) -> list[Problem]:
    problems: list[Problem] = []
    name, kind = str(command.get("name") or ""), command.get("type", 1)
    chat = kind == 1 or not top
    if (chat and (not _NAME.match(name) or name != name.lower())) or not 1 <= len(name) <= 32:
        problems.append((f"{at}.name", "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid"))
    if chat and not 1 <= len(command.get("description") or "") <= 100:
        problems.append((f"{at}.description", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length."))
    problems += _check_words(at, command, chat=chat)
    problems += _check_siblings(f"{at}.options", command.get("options") or [])
    if top and _size(command) > MOST_CHARACTERS:
        message = f"Command exceeds maximum size ({MOST_CHARACTERS})"
        problems.append((at, "APPLICATION_COMMAND_TOO_LARGE", message))
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


def _check_words(at: str, node: JsonObject, *, chat: bool) -> Iterator[Problem]:
    """The localised names and descriptions of a node."""
    for locale, name in (node.get("name_localizations") or {}).items():
        path = f"{at}.name_localizations.{locale}"
        if locale not in LOCALES:
            yield path, "BASE_TYPE_CHOICES", "This is no locale of Discord's"
        if (chat and (not _NAME.match(name) or name != name.lower())) or not 1 <= len(name) <= 32:
            yield path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid"
    for locale, words in (node.get("description_localizations") or {}).items():
        if locale not in LOCALES or not 1 <= len(words) <= 100:
            path = f"{at}.description_localizations.{locale}"
            yield path, "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length."


def _check_siblings(at: str, nodes: list[JsonObject]) -> Iterator[Problem]:
    """No two nodes beside each other may have one name, in no language."""
    if len(nodes) > MOST_OPTIONS:
        yield at, "BASE_TYPE_MAX_LENGTH", f"Must be {MOST_OPTIONS} or fewer in length."
    for locale in ("", *LOCALES):
        names = [
            ((n.get("name_localizations") or {}).get(locale) or n.get("name"), n.get("type", 1)) for n in nodes
        ]
        for i, name in enumerate(names):
            if name in names[:i]:
                path = f"{at}.{i}.name" + (f"_localizations.{locale}" if locale else "")
                yield path, "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATE", "Option names must be unique"


def _size(node: JsonObject) -> int:
    """Characters of names, descriptions and values, of each text its longest translation."""
    total = 0
    for key in ("name", "description"):
        words = [node.get(key) or "", *(node.get(f"{key}_localizations") or {}).values()]
        total += max(map(len, words))
    for choice in node.get("choices") or []:
        words = [choice.get("name") or "", *(choice.get("name_localizations") or {}).values()]
        total += max(map(len, words)) + len(str(choice.get("value") or ""))
    return total + sum(_size(option) for option in node.get("options") or [])


def _stored(world: World, scope: int | None, command: JsonObject, have: dict[int, JsonObject]) -> JsonObject:
    same = [c for c in have.values() if c["name"] == command["name"] and c["type"] == command.get("type", 1)]
    full: JsonObject = {
        "type": 1,
        "description": "",
        "default_member_permissions": None,
        "dm_permission": True,
        "nsfw": False,
        "options": [],
        "integration_types": list(world.install_types) if scope is None else [0],
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
    for each, most in MOST_COMMANDS.items():
        if [kind for _, kind in kinds].count(each) > most:
            raise refusal("too_many_commands")
    if problems:
        raise invalid_form(*problems)
    have = world.commands[scope]
    stored = [_stored(world, scope, command, have) for command in listed]
    world.commands[scope] = {int(c["id"]): c for c in stored}
    return 200, stored


def _get_commands(world: World, call: Call) -> Reply:
    listed = world.commands[_scope(world, call)].values()
    if call.query.get("with_localizations") in ("1", "true", "True"):
        return 200, list(listed)
    return 200, [_unlocalised(command) for command in listed]


def _unlocalised(node: JsonObject) -> JsonObject:
    """Discord leaves the dictionaries of translations out of a list, unless asked for them."""
    bare = {key: value for key, value in node.items() if not key.endswith("_localizations")}
    for key in ("options", "choices"):
        if node.get(key):
            bare[key] = [_unlocalised(each) for each in node[key]]
    return bare


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


ROUTES = _command_routes()
