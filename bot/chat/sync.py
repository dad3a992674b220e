"""Registers the commands with Discord where they differ from those registered: the route is tightly limited."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterable, Mapping
from typing import Any, Final

from discord import app_commands

_log = logging.getLogger(__name__)

_COMMAND_KEYS: Final = ("type", "name", "description", "contexts", "integration_types", "options")
_OPTION_KEYS: Final = (
    "type", "name", "description", "required", "choices", "min_value", "max_value", "min_length", "max_length",
    "autocomplete", "channel_types", "options",
)  # fmt: skip


async def sync_commands(tree: app_commands.CommandTree[Any], application_id: int) -> bool:
    """Register the commands of `tree` for all guilds; False where nothing had changed."""
    ours = fingerprint(command.to_dict(tree) for command in tree.get_commands())
    # Not tree.fetch_commands(): the contexts in its records do not survive (discord.py 2.7.1 reads them as bits).
    theirs = fingerprint(await tree.client.http.get_global_commands(application_id))
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


def _normal(record: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    kept = {key: record[key] for key in keys if record.get(key)}
    if "options" in kept:
        kept["options"] = [_normal(option, _OPTION_KEYS) for option in kept["options"]]
    for key in ("contexts", "integration_types"):
        if key in kept:
            kept[key] = sorted(kept[key])
    return kept
