"""Records to what the page draws: every text already HTML from `markdown`, all else plain values."""

from __future__ import annotations

from bot.playground import permissions
from bot.playground.markdown import to_html
from bot.playground.state import (
    DM,
    FORUM,
    GROUP_DM,
    TEXT_DISPLAY,
    Channel,
    Forward,
    Guild,
    JsonObject,
    Message,
    User,
    walk,
)
from bot.playground.wire_messages import attachment_json
from bot.playground.world import World

_KINDS = {DM: "dm", GROUP_DM: "group", FORUM: "forum"}
THREAD_CREATED = 18
_CALL_NAMES = {1: "used", 2: "used on a person", 3: "used"}


def user_view(user: User) -> JsonObject:
    """A person as the page shows them."""
    colour = f"#{user.colour:06x}"
    return {"id": str(user.id), "name": user.display_name, "handle": user.name, "bot": user.bot, "colour": colour}


def guild_view(world: World, guild: Guild) -> JsonObject:
    """A heading of the channel list."""
    return {"id": str(guild.id), "name": guild.name, "bot": world.has_bot(guild.id)}


def channel_view(world: World, channel: Channel, viewer: User | None = None) -> JsonObject:
    """A row of the channel list; conversations are called after the others in them."""
    return {
        "id": str(channel.id),
        "name": channel.name or _conversation(world, channel, viewer),
        "kind": "thread" if channel.is_thread else _KINDS.get(channel.type, "text"),
        "topic": channel.topic or "",
        "parent": str(channel.parent_id) if channel.parent_id else None,
        "guild": str(channel.guild_id) if channel.guild_id else None,
        "nsfw": world.nsfw(channel),
        "archived": channel.archived,
        "locked": channel.locked,
        "writable": viewer is None or may(world, viewer, channel, "send_messages"),
    }


def may(world: World, viewer: User, channel: Channel, right: str) -> bool:
    """Whether a person has a permission in a channel that they see."""
    own = world.permissions_of(viewer, channel)
    wanted = "send_messages_in_threads" if right == "send_messages" and channel.is_thread else right
    return permissions.allows(own, "view_channel") and permissions.allows(own, wanted)


def _conversation(world: World, channel: Channel, viewer: User | None) -> str:
    others = [world.users[i].display_name for i in channel.recipients if viewer is None or i != viewer.id]
    return world.bot.display_name if world.is_in(world.bot, channel) else ", ".join(others)


def channels_of(world: World, viewer: User) -> list[Channel]:
    """Every channel that a person sees: conversations first, then guild by guild."""
    mine = [c for c in world.channels.values() if c.is_private and viewer.id in c.recipients]
    mine.sort(key=lambda c: (not world.is_in(world.bot, c), c.id))
    rooms = [world.channels[i] for guild in world.guilds.values() for i in guild.channels]
    return mine + [c for c in rooms if may(world, viewer, c, "view_channel")]


def name_of(world: World, kind: str, identity: int) -> str:
    """The name behind a mention."""
    if kind == "user":
        user = world.users.get(identity)
        return user.display_name if user else "unknown-user"
    if kind == "role":
        role = world.role(identity)
        return role.name if role else "unknown-role"
    channel = world.channels.get(identity)
    return channel.name if channel else "unknown"


def html_of(world: World, text: str) -> str:
    """A text as HTML with this world's names."""
    return to_html(text, lambda kind, identity: name_of(world, kind, identity))


def message_view(world: World, message: Message, viewer: User) -> JsonObject:
    """A message as `viewer` sees it."""
    channel = world.channels.get(message.channel_id)
    view: JsonObject = {
        "id": str(message.id),
        "channel": str(message.channel_id),
        "author": user_view(message.author),
        "at": message.created.isoformat(),
        "edited": message.edited.isoformat() if message.edited else None,
        "html": html_of(world, message.content),
        "text": message.text,
        "ephemeral": message.ephemeral,
        "loading": message.loading,
        "system": message.type == THREAD_CREATED,
        "mine": message.author is viewer,
        "deletable": message.author is viewer
        or (channel is not None and may(world, viewer, channel, "manage_messages")),
        "pinged": viewer.id in message.pinged,
        "embeds": [_embed_view(world, embed) for embed in message.embeds],
        "components": [component_view(world, c) for c in message.components],
        "files": _files_below(message, [attachment_json(world, a) for a in message.attachments]),
        "reactions": [_reaction_view(world, emoji, who, viewer) for emoji, who in message.reactions.items()],
    }
    if message.thread_id in world.channels:
        view["thread"] = channel_view(world, world.channels[message.thread_id])
    if message.reply_to is not None:
        view["reply"] = _quoted(world, message)
    if message.interaction is not None:
        view["used"] = _used_view(message)
    if message.forward is not None:
        view["forward"] = _forward_view(world, message.forward, viewer)
    return view


def _reaction_view(world: World, emoji: str, who: list[int], viewer: User) -> JsonObject:
    names = [world.users[i].display_name for i in who]
    name, _, custom = emoji.partition(":")
    return {
        "emoji": emoji,
        "label": f":{name}:" if custom else emoji,
        "count": len(who),
        "mine": viewer.id in who,
        "names": names,
    }


def _forward_view(world: World, forward: Forward, viewer: User) -> JsonObject:
    """What a forward shows, and where it came from for those who may go there."""
    said = forward.snapshots[0]["message"]
    source = world.channels.get(forward.channel_id)
    known = source is not None and may(world, viewer, source, "view_channel")
    inside = list(walk(said["components"]))
    return {
        "html": html_of(world, said["content"]),
        "at": said["timestamp"],
        "embeds": [_embed_view(world, embed) for embed in said["embeds"]],
        "components": [component_view(world, c) for c in said["components"]],
        "files": [_file_view(a) for a in said["attachments"] if not _is_shown(inside, a["id"])],
        "from": channel_view(world, source, viewer) if source is not None and known else None,
    }


def _files_below(message: Message, attachments: list[JsonObject]) -> list[JsonObject]:
    """The files shown under a message: of one made of Components V2 none, of others what no component shows."""
    if message.is_v2:
        return []
    inside = list(message.walk())
    return [_file_view(a) for a in attachments if not _is_shown(inside, a["id"])]


def _is_shown(components: list[JsonObject], attachment_id: str) -> bool:
    for component in components:
        holders = [component, *(component.get("items") or [])]
        for media in (h.get(key) for h in holders for key in ("media", "file")):
            if isinstance(media, dict) and media.get("attachment_id") == attachment_id:
                return True
    return False


def _file_view(attachment: JsonObject) -> JsonObject:
    keys = ("filename", "size", "url", "content_type", "width", "height", "description")
    return {key: attachment[key] for key in keys if key in attachment}


def _quoted(world: World, message: Message) -> JsonObject:
    original = world.messages.get(message.channel_id, {}).get(message.reply_to or 0)
    if original is None:
        return {"gone": True}
    words = " ".join(original.text.split())[:120]
    if not words:
        words = "A forwarded message" if original.forward else "An attachment"
    return {"id": str(original.id), "author": user_view(original.author), "html": html_of(world, words)}


def _used_view(message: Message) -> JsonObject | None:
    interaction = message.interaction
    if interaction is None or interaction.type != 2 or interaction.original is not message:
        return None
    kind = interaction.data.get("type", 1)
    name = ("/" if kind == 1 else "") + interaction.name
    return {"by": user_view(interaction.user), "how": _CALL_NAMES[kind], "name": name}


def _embed_view(world: World, embed: JsonObject) -> JsonObject:
    colour = embed.get("color")
    return {
        "title": embed.get("title") or "",
        "url": embed.get("url") or "",
        "html": html_of(world, embed.get("description") or ""),
        "colour": None if colour is None else f"#{colour:06x}",
        "footer": (embed.get("footer") or {}).get("text") or "",
        "fields": [
            {"name": f["name"], "html": html_of(world, f["value"]), "inline": bool(f.get("inline"))}
            for f in embed.get("fields") or []
        ],
    }


def component_view(world: World, component: JsonObject) -> JsonObject:
    """A component with its texts drawn and its children likewise."""
    view = {key: value for key, value in component.items() if key not in ("components", "accessory")}
    if component["type"] == TEXT_DISPLAY:
        view["html"] = html_of(world, component["content"])
    if component.get("accent_color") is not None:
        view["colour"] = f"#{component['accent_color']:06x}"
    if component.get("components") is not None:
        view["components"] = [component_view(world, c) for c in component["components"]]
    if component.get("accessory") is not None:
        view["accessory"] = component_view(world, component["accessory"])
    if component["type"] in (5, 6, 7, 8):
        view["options"] = choices(world, component["type"])
    return view


def choices(world: World, kind: int) -> list[JsonObject]:
    """What a select of people (5), roles (6), both (7) or channels (8) offers."""
    people = [{"label": u.display_name, "value": str(u.id)} for u in world.users.values()]
    roles = [{"label": r.name, "value": str(r.id)} for r in world.guild.roles]
    channels = [world.channels[i] for i in world.guild.channels]
    places = [{"label": "#" + c.name, "value": str(c.id)} for c in channels if not c.is_thread]
    return {5: people, 6: roles, 7: people + roles, 8: places}[kind]
