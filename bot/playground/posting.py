"""Messages made, changed and removed: the one place, whether a bot or a person does it."""

from __future__ import annotations

from bot.playground import bodies
from bot.playground.errors import invalid_form, refusal
from bot.playground.filling import fill, prepare
from bot.playground.state import (
    COMPONENTS_V2,
    DM,
    EPHEMERAL,
    FORUM,
    HAS_THREAD,
    LOADING,
    PUBLIC_THREAD,
    Channel,
    Event,
    Interaction,
    JsonObject,
    Message,
    Upload,
    User,
)
from bot.playground.wire import channel_json, member_json
from bot.playground.wire_messages import message_json
from bot.playground.world import World

SETTABLE_FLAGS = (1 << 2) | (1 << 12) | COMPONENTS_V2
NONCE_SECONDS = 300
THREAD_CREATED, REPLY, COMMAND_ANSWER, MENU_ANSWER = 18, 19, 20, 23
"""Message types."""


def post(  # noqa: PLR0913 - the parts a message is made of
    world: World,
    channel: Channel,
    author: User,
    body: JsonObject,
    *,
    uploads: dict[int, Upload] | None = None,
    interaction: Interaction | None = None,
    identity: int | None = None,
) -> Message:
    """Makes a message of a checked body and tells everyone; a repeated enforced nonce gives the first one."""
    repeated = _same_nonce(world, channel, body)
    if repeated is not None:
        return repeated
    message = Message(
        identity or world.mint(),
        channel.id,
        author,
        world.clock.now(),
        channel.guild_id,
        tts=bool(body.get("tts")),
    )
    message.flags = (body.get("flags") or 0) & (SETTABLE_FLAGS | (EPHEMERAL if interaction else 0))
    message.nonce = None if body.get("nonce") is None else str(body["nonce"])
    message.reply_to = _reply_target(world, channel, body)
    if message.reply_to is not None:
        message.type = REPLY
    if interaction is not None:
        claim(message, interaction)
    fill(world, message, body, prepare(world, message, body, uploads or {}))
    return publish_new(world, message, remember_nonce=bool(body.get("enforce_nonce")))


def claim(message: Message, interaction: Interaction) -> None:
    """Marks a message as made by an interaction: who alone may see it, and its type."""
    message.interaction = interaction
    message.visible_to = interaction.user.id if message.ephemeral else None
    if interaction.type == 2 and interaction.original is None:
        message.type = COMMAND_ANSWER if interaction.data.get("type", 1) == 1 else MENU_ANSWER


def publish_new(world: World, message: Message, *, remember_nonce: bool = False) -> Message:
    """Files a finished message under its channel and tells everyone who may see it."""
    channel = world.channels[message.channel_id]
    world.messages[channel.id][message.id] = message
    if not message.ephemeral:
        channel.last_message_id = message.id
    if remember_nonce and message.nonce is not None:
        world.nonces[channel.id, message.nonce] = message
    tell(world, "MESSAGE_CREATE", message)
    return message


def _same_nonce(world: World, channel: Channel, body: JsonObject) -> Message | None:
    if body.get("nonce") is None or not body.get("enforce_nonce"):
        return None
    found = world.nonces.get((channel.id, str(body["nonce"])))
    if found is None or (world.clock.now() - found.created).total_seconds() > NONCE_SECONDS:
        return None
    return found


def _reply_target(world: World, channel: Channel, body: JsonObject) -> int | None:
    reference = body.get("message_reference")
    if not reference or reference.get("type", 0) != 0:
        return None
    target = int(reference["message_id"])
    if target in world.messages[channel.id]:
        return target
    if reference.get("fail_if_not_exists", True):
        raise invalid_form(("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message"))
    return None


def edit(world: World, message: Message, body: JsonObject, *, uploads: dict[int, Upload] | None = None) -> Message:
    """Changes a message by a body; the caller has checked whose it is."""
    if (body.get("flags") or 0) & COMPONENTS_V2 and not message.is_v2:
        legacy = {"content": message.content, "embeds": message.embeds} | {
            key: body[key] for key in ("content", "embeds") if key in body
        }
        bodies.check_message(legacy | {"components": body.get("components")}, v2=True, creating=False, kept=True)
    parts = prepare(world, message, body, uploads or {})
    if (body.get("flags") or 0) & COMPONENTS_V2:
        message.flags |= COMPONENTS_V2
    was_loading = message.loading
    message.flags &= ~LOADING
    if not was_loading:
        message.revisions += 1
        message.edited = world.clock.now()
    fill(world, message, body, parts)
    tell(world, "MESSAGE_UPDATE", message)
    return message


def check_edit(message: Message, body: JsonObject, files: int) -> None:
    """Refuses an edit that Discord would refuse."""
    left = {
        "content": body.get("content", message.content),
        "embeds": body.get("embeds", message.embeds),
        "components": body.get("components", message.components),
    }
    kept_files = len(body["attachments"] or []) if "attachments" in body else len(message.attachments)
    kept = any(left.values()) or kept_files > 0 or message.loading
    v2 = bodies.is_v2(body, message.flags)
    bodies.check_message(body, v2=v2, creating=False, files=files, kept=kept)


def remove(world: World, message: Message) -> None:
    """Deletes a message."""
    del world.messages[message.channel_id][message.id]
    message.deleted = True
    body: JsonObject = {"id": str(message.id), "channel_id": str(message.channel_id)}
    if message.guild_id is not None:
        body["guild_id"] = str(message.guild_id)
    announce(world, "MESSAGE_DELETE", body, message)


def remove_many(world: World, channel: Channel, messages: list[Message]) -> None:
    """Deletes several messages at once, which the gateway tells in one event."""
    for message in messages:
        del world.messages[channel.id][message.id]
        message.deleted = True
    body: JsonObject = {"ids": [str(m.id) for m in messages], "channel_id": str(channel.id)}
    if channel.guild_id is not None:
        body["guild_id"] = str(channel.guild_id)
    world.publish(Event("MESSAGE_DELETE_BULK", body, channel.guild_id, channel.id))


def tell(world: World, name: str, message: Message) -> None:
    """Publishes a message event."""
    announce(world, name, message_json(world, message, event=True), message)


def announce(world: World, name: str, body: JsonObject, message: Message) -> None:
    """Publishes an event about a message to those who may see it."""
    world.publish(
        Event(
            name,
            body,
            message.guild_id,
            message.channel_id,
            message,
            visible_to=message.visible_to,
            to_bot=message.visible_to is None,
        )
    )


def type_in(world: World, channel: Channel, user: User) -> None:
    """Shows `user` typing."""
    body: JsonObject = {
        "channel_id": str(channel.id),
        "user_id": str(user.id),
        "timestamp": int(world.clock.now().timestamp()),
    }
    if channel.guild_id is not None:
        body["guild_id"] = str(channel.guild_id)
        body["member"] = member_json(world, user, world.guilds[channel.guild_id])
    world.publish(Event("TYPING_START", body, channel.guild_id, channel.id, to_bot=user is not world.bot))


def open_thread(
    world: World,
    parent: Channel,
    owner: User,
    name: str,
    *,
    starter: Message | None = None,
    kind: int = PUBLIC_THREAD,
) -> Channel:
    """Starts a thread in a channel or from a message, whose id it then has; 160004 when there is one."""
    if starter is not None and starter.thread_id is not None:
        raise refusal("thread_exists")
    if not 1 <= len(name) <= 100:
        raise invalid_form(("name", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length."))
    identity = starter.id if starter else world.mint()
    thread = Channel(identity, kind, name, parent.guild_id, parent.id, owner.id, created=world.clock.now())
    thread.members.append(owner.id)
    world.channels[thread.id], world.messages[thread.id] = thread, {}
    if parent.guild_id is not None:
        world.guilds[parent.guild_id].channels.append(thread.id)
    body = channel_json(world, thread) | {"newly_created": True}
    world.publish(Event("THREAD_CREATE", body, parent.guild_id, thread.id))
    if starter is not None:
        starter.thread_id = thread.id
        starter.flags |= HAS_THREAD
        tell(world, "MESSAGE_UPDATE", starter)
    elif parent.type != FORUM:
        note = Message(
            world.mint(), parent.id, owner, world.clock.now(), parent.guild_id, content=name, type=THREAD_CREATED
        )
        note.thread_id = thread.id
        publish_new(world, note)
    return thread


def unarchive(world: World, channel: Channel) -> None:
    """A message in an archived thread wakes it; a locked one refuses (50083)."""
    if channel.is_thread and channel.locked:
        raise refusal("thread_locked")
    if channel.is_thread and channel.archived:
        channel.archived = False
        world.publish(Event("THREAD_UPDATE", channel_json(world, channel), channel.guild_id, channel.id))


def check_dm(channel: Channel, world: World) -> None:
    """Refuses (50007, 50278) where the person takes no direct messages, or shares nothing with the bot."""
    if channel.type != DM:
        return
    for person in (world.users[i] for i in channel.recipients):
        if person.refuses_dms:
            raise refusal("cannot_dm")
        shared = any(person.id in guild.members and world.has_bot(guild.id) for guild in world.guilds.values())
        if not shared and not person.installed:
            raise refusal("no_mutual_guild")
