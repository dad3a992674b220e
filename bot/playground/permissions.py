"""Permission bits by Discord's own names, and who may do what in a channel."""

from __future__ import annotations

from collections.abc import Iterable

BITS = {
    "kick_members": 1,
    "ban_members": 2,
    "administrator": 3,
    "manage_channels": 4,
    "manage_guild": 5,
    "add_reactions": 6,
    "view_channel": 10,
    "send_messages": 11,
    "manage_messages": 13,
    "embed_links": 14,
    "attach_files": 15,
    "read_message_history": 16,
    "mention_everyone": 17,
    "use_external_emojis": 18,
    "manage_roles": 28,
    "manage_webhooks": 29,
    "use_application_commands": 31,
    "manage_threads": 34,
    "create_public_threads": 35,
    "create_private_threads": 36,
    "send_messages_in_threads": 38,
    "moderate_members": 40,
    "use_external_apps": 50,
}

MEMBER = (
    "add_reactions",
    "view_channel",
    "send_messages",
    "embed_links",
    "attach_files",
    "read_message_history",
    "use_application_commands",
    "create_public_threads",
    "send_messages_in_threads",
    "use_external_apps",
)
"""What @everyone may do in the playground's guild."""

BOT = (*MEMBER, "mention_everyone", "manage_threads", "use_external_emojis")
"""The bot may even ping everyone: so a test sees whether it ever would."""


PRIVATE = ("attach_files", "embed_links", "mention_everyone")
"""What an app may do in a direct message among people; in its own also `use_external_emojis`."""


def bits(names: Iterable[str]) -> int:
    """The bit set of these permission names; an unknown name is a KeyError."""
    total = 0
    for name in names:
        total |= 1 << BITS[name]
    return total


def allows(value: int, name: str) -> bool:
    """Whether the bit set holds `name`; an administrator may do everything."""
    return bool(value & (1 << BITS[name]) or value & (1 << BITS["administrator"]))
