"""What a bot without the Message Content intent gets to read of a message."""

from __future__ import annotations

from typing import Any

from bot.playground.state import DM, JsonObject, Message
from bot.playground.world import World

MESSAGE_CONTENT = 1 << 15
_BLANK: dict[str, Any] = {"content": "", "embeds": [], "attachments": [], "components": []}


def may_read(world: World, message: Message, intents: int) -> bool:
    """Whether the words reach the bot: the intent, its own, in a direct message, or it is mentioned."""
    if intents & MESSAGE_CONTENT or message.author is world.bot:
        return True
    return world.channels[message.channel_id].type == DM or world.bot.id in message.mentions


def seen_by_bot(world: World, message: Message, body: JsonObject, intents: int) -> JsonObject:
    """The body without what the bot may not read; the message it replies to is judged by itself."""
    if not may_read(world, message, intents):
        body = body | _BLANK
        if "message_snapshots" in body:
            blank = [{"message": s["message"] | _BLANK} for s in body["message_snapshots"]]
            body = body | {"message_snapshots": blank}
    nested = body.get("referenced_message")
    if nested:
        original = world.messages[message.channel_id].get(int(nested["id"]))
        if original is not None and not may_read(world, original, intents):
            body = body | {"referenced_message": seen_by_bot(world, original, nested, intents)}
    return body
