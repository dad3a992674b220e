"""Messages and interactions to the JSON that Discord sends."""

from __future__ import annotations

from typing import Any

from bot.playground.offers import app_permissions
from bot.playground.state import (
    SUPPRESS_NOTIFICATIONS,
    Attachment,
    Forward,
    Guild,
    Interaction,
    JsonObject,
    Message,
    User,
)
from bot.playground.wire import channel_json, member_json, stamp, user_json
from bot.playground.world import World


def attachment_json(world: World, attachment: Attachment) -> JsonObject:
    """An attachment with its address on the playground's CDN."""
    url = world.base_url + attachment.path
    body: JsonObject = {
        "id": str(attachment.id),
        "filename": attachment.filename,
        "size": attachment.size,
        "url": url,
        "proxy_url": url,
        "content_type": attachment.content_type,
    }
    if attachment.description:
        body["description"] = attachment.description
    if attachment.width is not None:
        body |= {"width": attachment.width, "height": attachment.height}
    if attachment.ephemeral:
        body["ephemeral"] = True
    return body


def message_json(world: World, message: Message, *, event: bool = False, nested: bool = False) -> JsonObject:
    """A message with everything in it; `event=True` adds what only gateway events carry.

    Whether its words may be seen is not decided here: see `gateway.visible`.
    """
    guild = world.guilds.get(message.guild_id or 0)
    body: JsonObject = {
        "id": str(message.id),
        "channel_id": str(message.channel_id),
        "type": message.type,
        "content": message.content,
        "author": user_json(message.author),
        "timestamp": stamp(message.created),
        "edited_timestamp": stamp(message.edited) if message.edited else None,
        "tts": message.tts,
        "mention_everyone": message.mention_everyone,
        "mentions": [_mention_json(world, world.users[i], guild, event) for i in message.mentions],
        "mention_roles": [str(role) for role in message.mention_roles],
        "attachments": [attachment_json(world, a) for a in message.attachments],
        "embeds": message.embeds,
        "components": message.components,
        "pinned": message.pinned,
        "flags": message.flags & ~SUPPRESS_NOTIFICATIONS,
    }
    if message.reactions:
        body["reactions"] = [_reaction_json(world, emoji, who) for emoji, who in message.reactions.items()]
    if message.nonce is not None:
        body["nonce"] = message.nonce
    if message.thread_id is not None and message.thread_id in world.channels:
        body["thread"] = channel_json(world, world.channels[message.thread_id])
    if event and guild is not None:
        body["guild_id"] = str(guild.id)
        body["member"] = member_json(world, message.author, guild, with_user=False)
    if message.interaction is not None:
        body |= {"application_id": str(world.bot.id), "webhook_id": str(world.bot.id)}
        body["interaction_metadata"] = metadata_json(message.interaction)
    if message.reply_to is not None:
        body |= _reference(world, message, nested)
    if message.forward is not None:
        body |= _forwarded(message.forward)
    return body


def _mention_json(world: World, user: User, guild: Guild | None, event: bool) -> JsonObject:
    body = user_json(user)
    if event and guild is not None:
        body["member"] = member_json(world, user, guild, with_user=False)
    return body


def _reaction_json(world: World, emoji: str, who: list[int]) -> JsonObject:
    count = {"burst": 0, "normal": len(who)}
    return {
        "emoji": emoji_json(emoji),
        "count": len(who),
        "count_details": count,
        "me": world.bot.id in who,
        "me_burst": False,
        "burst_colors": [],
    }


def emoji_json(emoji: str) -> JsonObject:
    """A partial emoji: a Unicode one, or `name:id`."""
    name, _, identity = emoji.partition(":")
    return {"id": identity or None, "name": name}


def _reference(world: World, message: Message, nested: bool) -> JsonObject:
    reference: JsonObject = {"type": 0, "channel_id": str(message.channel_id), "message_id": str(message.reply_to)}
    if message.guild_id is not None:
        reference["guild_id"] = str(message.guild_id)
    body: JsonObject = {"message_reference": reference}
    if not nested:
        found = world.messages[message.channel_id].get(message.reply_to or 0)
        body["referenced_message"] = None if found is None else message_json(world, found, nested=True)
    return body


def _forwarded(forward: Forward) -> JsonObject:
    reference: JsonObject = {
        "type": 1,
        "channel_id": str(forward.channel_id),
        "message_id": str(forward.message_id),
    }
    if forward.guild_id is not None:
        reference["guild_id"] = str(forward.guild_id)
    return {"message_reference": reference, "message_snapshots": list(forward.snapshots)}


def metadata_json(interaction: Interaction) -> JsonObject:
    """What a message says about the interaction that made it."""
    body: JsonObject = {
        "id": str(interaction.id),
        "type": interaction.type,
        "user": user_json(interaction.user),
        "authorizing_integration_owners": interaction.owners,
    }
    if interaction.type == 3 and interaction.message is not None:
        body["interacted_message_id"] = str(interaction.message.id)
    if interaction.type == 5 and interaction.parent is not None:
        body["triggering_interaction_metadata"] = metadata_json(interaction.parent)
    return body


def interaction_json(world: World, interaction: Interaction) -> JsonObject:
    """The body of INTERACTION_CREATE."""
    channel = world.channels[interaction.channel_id]
    person = world.permissions_of(interaction.user, channel)
    body: dict[str, Any] = {
        "id": str(interaction.id),
        "application_id": str(world.bot.id),
        "type": interaction.type,
        "token": interaction.token,
        "version": 1,
        "data": interaction.data,
        "channel_id": str(channel.id),
        "channel": channel_json(world, channel) | {"permissions": str(person)},
        "app_permissions": str(app_permissions(world, interaction.user, channel)),
        "locale": interaction.user.locale,
        "entitlements": [],
        "authorizing_integration_owners": interaction.owners,
        "context": interaction.context,
        "attachment_size_limit": 10 * 1024 * 1024,
    }
    if interaction.guild_id is None:
        body["user"] = user_json(interaction.user)
    else:
        guild = world.guilds[interaction.guild_id]
        body["guild_id"] = str(guild.id)
        body["guild"] = {"id": str(guild.id), "locale": guild.preferred_locale, "features": guild.features}
        body["guild_locale"] = guild.preferred_locale
        body["member"] = member_json(world, interaction.user, guild) | {"permissions": str(person)}
    if interaction.message is not None:
        body["message"] = message_json(world, interaction.message)
    return body
