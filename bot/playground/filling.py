"""A request's body written into a message: words, files, components with their media, and whom it mentions."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

from bot.playground import permissions
from bot.playground.errors import invalid_form
from bot.playground.mentions import Mentions, mentions_in, pings_replied
from bot.playground.state import DM, TEXT_DISPLAY, Attachment, JsonObject, Message, Upload, walk
from bot.playground.wire_messages import attachment_json
from bot.playground.world import World


@dataclass(frozen=True)
class Parts:
    """The files and components that a message will have."""

    attachments: list[Attachment]
    components: list[JsonObject]


def prepare(world: World, message: Message, body: JsonObject, uploads: dict[int, Upload]) -> Parts:
    """What a body makes of a message's files and components, which it leaves as they are; 50035 on a bad asset."""
    attachments, components = message.attachments, message.components
    if "attachments" in body or uploads:
        attachments = _attachments(world, message, body, uploads)
    if "components" in body:
        components = _numbered(copy.deepcopy(body["components"] or []))
        _resolve_media(world, components, attachments)
    return Parts(attachments, components)


def fill(world: World, message: Message, body: JsonObject, parts: Parts) -> None:
    """Writes a body's fields into a message; fields the body does not name stay."""
    if "content" in body:
        message.content = (body["content"] or "").strip()
    if "embeds" in body:
        message.embeds = [{"type": "rich", **embed} for embed in body["embeds"] or []]
    message.attachments, message.components = parts.attachments, parts.components
    _mention(world, message, body.get("allowed_mentions"))


def _attachments(world: World, message: Message, body: JsonObject, uploads: dict[int, Upload]) -> list[Attachment]:
    listed = body.get("attachments")
    entries: list[JsonObject] = [{"id": index} for index in uploads] if listed is None else listed
    have = {a.id: a for a in message.attachments}
    result = [] if listed is not None else list(message.attachments)
    named: set[int] = set()
    for entry in entries:
        identity = int(entry["id"])
        if identity in have:
            result.append(have[identity])
        elif identity in uploads:
            named.add(identity)
            given = uploads[identity]
            upload = Upload(
                entry.get("filename") or given.filename, given.data, given.content_type, entry.get("description")
            )
            folder = str(message.channel_id)
            result.append(world.store(upload, folder=folder, ephemeral=message.ephemeral))
    for index, upload in uploads.items():
        if index not in named:
            result.append(world.store(upload, folder=str(message.channel_id), ephemeral=message.ephemeral))
    return result


def _numbered(components: list[JsonObject]) -> list[JsonObject]:
    """Gives every component the number Discord gives it where the sender did not."""
    taken = {c["id"] for c in walk(components) if c.get("id")}
    number = 0
    for component in walk(components):
        if not component.get("id"):
            number += 1
            while number in taken:
                number += 1
            component["id"] = number
    return components


def _resolve_media(world: World, components: list[JsonObject], attachments: list[Attachment]) -> None:
    """Turns `attachment://name` into the CDN address, and fills what Discord unfurls; 50035 when unknown."""
    by_name = {a.filename: a for a in attachments}
    for component in walk(components):
        holders = [component, *(component.get("items") or [])]
        for holder in holders:
            for key in ("media", "file"):
                media = holder.get(key)
                if isinstance(media, dict) and "url" in media:
                    holder[key] = _unfurled(world, media, by_name)
        if component.get("type") == 13:
            file = component["file"]
            component |= {"name": file.pop("_name", ""), "size": file.pop("_size", 0)}


def _unfurled(world: World, media: JsonObject, by_name: dict[str, Attachment]) -> JsonObject:
    url = str(media["url"])
    if not url.startswith("attachment://"):
        return {"url": url, "proxy_url": url, "width": 0, "height": 0, "loading_state": 2}
    attachment = by_name.get(url.removeprefix("attachment://"))
    if attachment is None:
        raise invalid_form(
            ("components", "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND", f"The asset {url} was not found")
        )
    full = attachment_json(world, attachment)
    return {
        "url": full["url"],
        "proxy_url": full["proxy_url"],
        "width": attachment.width,
        "height": attachment.height,
        "content_type": attachment.content_type,
        "attachment_id": str(attachment.id),
        "loading_state": 2,
        "_name": attachment.filename,
        "_size": attachment.size,
    }


def _mention(world: World, message: Message, allowed: dict[str, Any] | None) -> None:
    channel = world.channels[message.channel_id]
    rights = world.permissions_of(message.author, channel)
    texts = [message.content, *(c["content"] for c in message.walk() if c.get("type") == TEXT_DISPLAY)]
    may = permissions.allows(rights, "mention_everyone") and channel.type != DM
    found = mentions_in("\n".join(texts), allowed, may_ping_everyone=may)
    found.users = [i for i in found.users if i in world.users]
    original = world.messages[channel.id].get(message.reply_to or 0)
    # A reply to an interaction's answer never counts as a mention of the bot (discord-api-docs issue 5395).
    if original is not None and original.interaction is None and pings_replied(allowed):
        found.users = list(dict.fromkeys([original.author.id, *found.users]))
    message.mentions, message.mention_roles = found.users, found.roles
    message.mention_everyone = found.everyone
    if not message.revisions:
        message.pinged = _pinged(world, message, found) - {message.author.id}


def _pinged(world: World, message: Message, found: Mentions) -> set[int]:
    people = set(found.users)
    if message.guild_id is not None:
        members = world.guilds[message.guild_id].members
        people |= {i for i in members if found.everyone or set(found.roles) & set(world.users[i].roles)}
    return people
