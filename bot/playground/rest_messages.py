"""REST: messages, reactions, typing, pins and threads of a channel."""

from __future__ import annotations

from urllib.parse import unquote

from bot.playground import bodies, forwarding, permissions, posting, reactions
from bot.playground.errors import invalid_form, refusal
from bot.playground.rest import Call, Reply, Route
from bot.playground.state import FORUM, PUBLIC_THREAD, Channel, Event, JsonObject, Message
from bot.playground.visible import seen_by_bot
from bot.playground.wire import channel_json, stamp, thread_member_json, user_json
from bot.playground.wire_messages import message_json
from bot.playground.world import World

_NEEDS = {"embeds": "embed_links", "files": "attach_files"}


def _channel(world: World, call: Call, *needed: str) -> Channel:
    channel = world.channel(call.id("channel"))
    world.require(channel, *needed)
    return channel


def _message(world: World, call: Call, *needed: str) -> Message:
    channel = _channel(world, call, *needed)
    message = world.message(channel.id, call.id("message"))
    if message.ephemeral:
        raise refusal("unknown_message")
    return message


def _shown(world: World, message: Message) -> JsonObject:
    return seen_by_bot(world, message, message_json(world, message), world.privileged_intents)


def check_sending(world: World, channel: Channel, body: JsonObject, files: int) -> None:
    """Refuses what the bot may not send here: 50008, 50001, 50007, 50278, 50013."""
    if channel.type == FORUM:
        raise refusal("not_a_text_channel")
    world.require(channel)
    posting.check_dm(channel, world)
    world.require(channel, "send_messages")
    if body.get("embeds"):
        world.require(channel, "embed_links")
    if files:
        world.require(channel, "attach_files")


def _create(world: World, call: Call) -> Reply:
    channel, body = world.channel(call.id("channel")), call.body or {}
    check_sending(world, channel, body, len(call.files))
    check_files(call)
    reference = body.get("message_reference") or {}
    if reference.get("type") == forwarding.FORWARD:
        original = forwarding.forward_of(world, reference)
        return 200, message_json(world, forwarding.forward(world, channel, world.bot, original))
    if reference and not permissions.allows(world.permissions_of(world.bot, channel), "read_message_history"):
        raise refusal("reply_needs_history")
    bodies.check_message(body, v2=bodies.is_v2(body), creating=True, files=len(call.files))
    posting.unarchive(world, channel)
    return 200, message_json(world, posting.post(world, channel, world.bot, body, uploads=call.files))


def check_files(call: Call) -> None:
    """Refuses files above the limit with 413."""
    if any(len(upload.data) > bodies.FILE_LIMIT for upload in call.files.values()):
        raise refusal("too_large")


def _get(world: World, call: Call) -> Reply:
    return 200, _shown(world, _message(world, call, "read_message_history"))


def _list(world: World, call: Call) -> Reply:
    channel = _channel(world, call)
    limit = int(call.query.get("limit", 50))
    if not 1 <= limit <= 100:
        raise invalid_form(("limit", "NUMBER_TYPE_MAX", "int value should be between 1 and 100."))
    history = [m for m in world.messages[channel.id].values() if not m.ephemeral]
    history.sort(key=lambda m: -m.id)
    return 200, [_shown(world, m) for m in _page(history, call, limit)]


def _page(history: list[Message], call: Call, limit: int) -> list[Message]:
    """Newest first, as Discord answers `before`, `after` and `around`."""
    if "before" in call.query:
        return [m for m in history if m.id < int(call.query["before"])][:limit]
    if "after" in call.query:
        return [m for m in history if m.id > int(call.query["after"])][-limit:]
    if "around" in call.query:
        middle = int(call.query["around"])
        newer = [m for m in history if m.id > middle][-(limit // 2) :]
        return [*newer, *[m for m in history if m.id <= middle][: limit - len(newer)]]
    return history[:limit]


def _edit(world: World, call: Call) -> Reply:
    message, body = _message(world, call), call.body or {}
    if message.author is not world.bot:
        raise refusal("not_your_message")
    check_files(call)
    posting.check_edit(message, body, len(call.files))
    return 200, message_json(world, posting.edit(world, message, body, uploads=call.files))


def _delete(world: World, call: Call) -> Reply:
    message = _message(world, call)
    if message.author is not world.bot:
        world.require(world.channels[message.channel_id], "manage_messages")
    posting.remove(world, message)
    return 204, None


def _delete_many(world: World, call: Call) -> Reply:
    channel = _channel(world, call, "manage_messages")
    wanted = [int(i) for i in (call.body or {}).get("messages") or []]
    if not 2 <= len(wanted) <= 100:
        raise invalid_form(("messages", "BASE_TYPE_BAD_LENGTH", "Must be between 2 and 100 in length."))
    posting.remove_many(world, channel, [m for i in wanted if (m := world.messages[channel.id].get(i))])
    return 204, None


def _react(world: World, call: Call) -> Reply:
    message, emoji = _message(world, call, "read_message_history"), unquote(call.params["emoji"])
    if emoji not in message.reactions:  # the first of an emoji needs more than joining in
        world.require(world.channels[message.channel_id], "add_reactions")
    reactions.react(world, message, world.bot, emoji)
    return 204, None


def _unreact(world: World, call: Call) -> Reply:
    reactions.react(world, _message(world, call), world.bot, unquote(call.params["emoji"]), add=False)
    return 204, None


def _unreact_other(world: World, call: Call) -> Reply:
    message, user = _message(world, call, "manage_messages"), world.users.get(call.id("user"))
    if user is None:
        raise refusal("unknown_user")
    reactions.react(world, message, user, unquote(call.params["emoji"]), add=False)
    return 204, None


def _reactors(world: World, call: Call) -> Reply:
    who = _message(world, call).reactions.get(unquote(call.params["emoji"]), [])
    return 200, [user_json(world.users[i]) for i in who]


def _clear_reactions(world: World, call: Call) -> Reply:
    emoji = call.params.get("emoji")
    reactions.clear(world, _message(world, call, "manage_messages"), emoji and unquote(emoji))
    return 204, None


def _typing(world: World, call: Call) -> Reply:
    channel = _channel(world, call, "send_messages")
    posting.type_in(world, channel, world.bot)
    return 204, None


def _pin(world: World, call: Call) -> Reply:
    message = _message(world, call, "manage_messages")
    message.pinned = call.method == "PUT"
    posting.tell(world, "MESSAGE_UPDATE", message)
    return 204, None


def _pins(world: World, call: Call) -> Reply:
    channel = _channel(world, call)
    pinned = [m for m in world.messages[channel.id].values() if m.pinned]
    items = [{"pinned_at": stamp(m.created), "message": _shown(world, m)} for m in pinned]
    return 200, {"items": items, "has_more": False}


# --- threads --------------------------------------------------------------------------------------------------


def _thread_from_message(world: World, call: Call) -> Reply:
    message = _message(world, call, "create_public_threads")
    parent, body = world.channels[message.channel_id], call.body or {}
    thread = posting.open_thread(world, parent, world.bot, body.get("name") or "", starter=message)
    return 201, channel_json(world, thread)


def _thread_in_channel(world: World, call: Call) -> Reply:
    body = call.body or {}
    parent = _channel(world, call)
    if parent.type == FORUM:
        return _forum_post(world, parent, call)
    world.require(parent, "create_public_threads")
    kind = body.get("type", 12)
    thread = posting.open_thread(world, parent, world.bot, body.get("name") or "", kind=kind)
    return 201, channel_json(world, thread)


def _forum_post(world: World, forum: Channel, call: Call) -> Reply:
    world.require(forum, "send_messages")
    body = call.body or {}
    first = body.get("message") or {}
    bodies.check_message(first, v2=bodies.is_v2(first), creating=True, files=len(call.files))
    thread = posting.open_thread(world, forum, world.bot, body.get("name") or "", kind=PUBLIC_THREAD)
    thread.applied_tags = [int(tag) for tag in body.get("applied_tags") or []]
    starter = posting.post(world, thread, world.bot, first, uploads=call.files, identity=thread.id)
    return 201, channel_json(world, thread) | {"message": message_json(world, starter)}


def _join_thread(world: World, call: Call) -> Reply:
    thread = _channel(world, call)
    who = world.bot if call.params["user"] == "@me" else world.users.get(call.id("user"))
    if who is None:
        raise refusal("unknown_user")
    joins = call.method == "PUT"
    if joins == (who.id in thread.members):
        return 204, None
    body: JsonObject = {"id": str(thread.id), "guild_id": str(thread.guild_id)}
    if joins:
        thread.members.append(who.id)
        body["added_members"] = [thread_member_json(thread, who)]
    else:
        thread.members.remove(who.id)
        body["removed_member_ids"] = [str(who.id)]
    body["member_count"] = len(thread.members)
    world.publish(Event("THREAD_MEMBERS_UPDATE", body, thread.guild_id, thread.id))
    return 204, None


def _delete_channel(world: World, call: Call) -> Reply:
    channel = _channel(world, call, "manage_threads")
    if not channel.is_thread:
        world.require(channel, "manage_channels")
    body = channel_json(world, channel)
    del world.channels[channel.id]
    if channel.guild_id is not None:
        world.guilds[channel.guild_id].channels.remove(channel.id)
    name = "THREAD_DELETE" if channel.is_thread else "CHANNEL_DELETE"
    world.publish(Event(name, body, channel.guild_id, channel.id))
    return 200, body


_C, _M = "/channels/{channel}", "/channels/{channel}/messages/{message}"

ROUTES = [
    Route("POST", f"{_C}/messages", _create),
    Route("GET", f"{_C}/messages", _list),
    Route("GET", f"{_C}/messages/pins", _pins),
    Route("PUT", f"{_C}/messages/pins/{{message}}", _pin),
    Route("DELETE", f"{_C}/messages/pins/{{message}}", _pin),
    Route("PUT", f"{_C}/pins/{{message}}", _pin),
    Route("DELETE", f"{_C}/pins/{{message}}", _pin),
    Route("POST", f"{_C}/messages/bulk-delete", _delete_many),
    Route("GET", _M, _get),
    Route("PATCH", _M, _edit),
    Route("DELETE", _M, _delete),
    Route("PUT", f"{_M}/reactions/{{emoji}}/@me", _react),
    Route("DELETE", f"{_M}/reactions/{{emoji}}/@me", _unreact),
    Route("DELETE", f"{_M}/reactions/{{emoji}}/{{user}}", _unreact_other),
    Route("GET", f"{_M}/reactions/{{emoji}}", _reactors),
    Route("DELETE", f"{_M}/reactions/{{emoji}}", _clear_reactions),
    Route("DELETE", f"{_M}/reactions", _clear_reactions),
    Route("POST", f"{_C}/typing", _typing),
    Route("POST", f"{_M}/threads", _thread_from_message),
    Route("POST", f"{_C}/threads", _thread_in_channel),
    Route("PUT", f"{_C}/thread-members/{{user}}", _join_thread),
    Route("DELETE", f"{_C}/thread-members/{{user}}", _join_thread),
    Route("DELETE", _C, _delete_channel),
]
