"""Forwarded messages: a snapshot of what was said elsewhere, taken once and never updated."""

from __future__ import annotations

from bot.playground import posting
from bot.playground.errors import invalid_form, refusal
from bot.playground.state import Channel, Forward, JsonObject, Message, User
from bot.playground.wire import stamp
from bot.playground.wire_messages import message_json
from bot.playground.world import World

DEFAULT, FORWARD = 0, 1
"""Types of a message reference."""
HAS_SNAPSHOT = 1 << 14
_TAKEN = ("type", "content", "embeds", "attachments", "mentions", "mention_roles", "components")


def snapshot(world: World, message: Message) -> JsonObject:
    """The part of a message that a forward carries, without who said it."""
    full = message_json(world, message)
    edited = None if message.edited is None else stamp(message.edited)
    taken = {key: full[key] for key in _TAKEN}
    return {
        "message": taken
        | {"timestamp": stamp(message.created), "edited_timestamp": edited, "flags": full["flags"]}
    }


def forward(world: World, channel: Channel, author: User, original: Message) -> Message:
    """Posts a message that shows `original` as it now is; a forward is forwarded with what it shows."""
    snapshots = original.forward.snapshots if original.forward else (snapshot(world, original),)
    message = Message(world.mint(), channel.id, author, world.clock.now(), channel.guild_id)
    message.flags = HAS_SNAPSHOT
    message.forward = Forward(original.id, original.channel_id, original.guild_id, snapshots)
    return posting.publish_new(world, message)


def forward_of(world: World, reference: JsonObject) -> Message:
    """The message that a body's FORWARD reference names; 50035 or 10008 where there is none to forward."""
    if not reference.get("channel_id"):
        raise invalid_form(("message_reference.channel_id", "BASE_TYPE_REQUIRED", "This field is required"))
    source = world.channel(int(reference["channel_id"]))
    world.require(source, "read_message_history")
    original = world.message(source.id, int(reference["message_id"]))
    if original.ephemeral:
        raise refusal("unknown_message")
    return original
