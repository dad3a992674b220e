"""Reactions put on a message and taken off, by whomever, each told as the gateway tells it."""

from __future__ import annotations

import re

from bot.playground.errors import refusal
from bot.playground.posting import announce
from bot.playground.state import JsonObject, Message, User
from bot.playground.wire import member_json
from bot.playground.wire_messages import emoji_json
from bot.playground.world import World

MOST_EMOJI = 20
_CUSTOM = re.compile(r"^\w{2,32}:\d{15,21}$")


def react(world: World, message: Message, user: User, emoji: str, *, add: bool = True) -> None:
    """Adds or takes away one person's reaction; 10014 for what is no emoji, 30010 for the 21st."""
    emoji = emoji.removeprefix("a:")
    if not _CUSTOM.match(emoji) and (
        not emoji or any(c.isascii() and not c.isdigit() and c not in "#*" for c in emoji)
    ):
        raise refusal("unknown_emoji")
    if add and emoji not in message.reactions and len(message.reactions) >= MOST_EMOJI:
        raise refusal("too_many_reactions")
    who = message.reactions.get(emoji, [])
    if (user.id in who) == add:
        return
    left = [*who, user.id] if add else [i for i in who if i != user.id]
    if left:
        message.reactions[emoji] = left
    else:
        del message.reactions[emoji]
    body = _about(message) | {"user_id": str(user.id), "emoji": emoji_json(emoji), "burst": False, "type": 0}
    if add:
        body["message_author_id"] = str(message.author.id)
        guild = world.guilds.get(message.guild_id or 0)
        if guild is not None:
            body["member"] = member_json(world, user, guild)
    announce(world, "MESSAGE_REACTION_ADD" if add else "MESSAGE_REACTION_REMOVE", body, message)


def clear(world: World, message: Message, emoji: str | None = None) -> None:
    """Takes all reactions off, or all with one emoji."""
    if emoji is None:
        message.reactions.clear()
        announce(world, "MESSAGE_REACTION_REMOVE_ALL", _about(message), message)
    elif message.reactions.pop(emoji, None) is not None:
        body = _about(message) | {"emoji": emoji_json(emoji)}
        announce(world, "MESSAGE_REACTION_REMOVE_EMOJI", body, message)


def _about(message: Message) -> JsonObject:
    body: JsonObject = {"channel_id": str(message.channel_id), "message_id": str(message.id)}
    return body if message.guild_id is None else body | {"guild_id": str(message.guild_id)}
