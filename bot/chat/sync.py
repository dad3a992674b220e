"""Registers the commands with Discord where they differ from those registered: the route is tightly limited."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterable, Mapping
from typing import Any, Final

from discord import app_commands
from discord.http import Route

_log = logging.getLogger(__name__)
Command = app_commands.Command[Any, ..., Any] | app_commands.Group | app_commands.ContextMenu

_WORDS: Final = ("name", "description", "name_localizations", "description_localizations")
_COMMAND_KEYS: Final = (
    "type", *_WORDS, "contexts", "integration_types", "default_member_permissions", "nsfw", "options",
)  # fmt: skip
_OPTION_KEYS: Final = (
    "type", *_WORDS, "required", "choices", "min_value", "max_value", "min_length", "max_length", "autocomplete",
    "channel_types", "options",
)  # fmt: skip
_CHOICE_KEYS: Final = (*_WORDS, "value")


async def sync_commands(tree: app_commands.CommandTree[Any], application_id: int) -> bool:
    """Register the commands of `tree` for all guilds; False where nothing had changed."""
    ours = fingerprint([await _sent(command, tree) for command in tree.get_commands()])
    # Not tree.fetch_commands(): the contexts in its records do not survive (discord.py 2.7.1 reads them as bits).
    # Without asking for the localisations Discord leaves them out of its answer.
    route = Route("GET", "/applications/{application_id}/commands", application_id=application_id)
    theirs = fingerprint(await tree.client.http.request(route, params={"with_localizations": "true"}))
    if ours == theirs:
        return False
    await tree.sync()
    _log.info("commands registered fingerprint=%s", ours)
    return True


def fingerprint(commands: Iterable[Mapping[str, Any]]) -> str:
    """A hash over what a person sees of the commands, whatever their order and whichever defaults are told."""
    normal = [{"type": 1} | _normal(command, _COMMAND_KEYS) for command in commands]
    normal.sort(key=lambda command: (command["type"], command["name"]))
    return hashlib.sha256(json.dumps(normal, sort_keys=True).encode()).hexdigest()[:12]


async def _sent(command: Command, tree: app_commands.CommandTree[Any]) -> dict[str, Any]:
    """The record that `tree.sync` would send."""
    if tree.translator is None:
        return command.to_dict(tree)
    return await command.get_translated_payload(tree, tree.translator)


def _normal(record: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    kept = {key: record[key] for key in keys if record.get(key)}
    if "options" in kept:
        kept["options"] = [_normal(option, _OPTION_KEYS) for option in kept["options"]]
    if "choices" in kept:
        # A choice's value may be nought or empty, which must count.
        kept["choices"] = [
            _normal(choice, _CHOICE_KEYS) | {"value": choice["value"]} for choice in kept["choices"]
        ]
    if "default_member_permissions" in kept:
        kept["default_member_permissions"] = str(kept["default_member_permissions"])
    for key in ("contexts", "integration_types"):
        if key in kept:
            kept[key] = sorted(kept[key])
    return kept
