"""Records to what the page draws: every text already HTML from `markdown`, all else plain values."""

from __future__ import annotations

from typing import Any

from bot.playground.markdown import to_html
from bot.playground.modals import fields_of
from bot.playground.options import GROUP, SUBCOMMAND
from bot.playground.state import DM, FORUM, TEXT_DISPLAY, Channel, JsonObject, Message, User
from bot.playground.wire_messages import attachment_json
from bot.playground.world import World

_CALL_NAMES = {1: "used", 2: "used on a person", 3: "used"}


def user_view(user: User) -> JsonObject:
    """A person as the page shows them."""
    colour = f"#{user.colour:06x}"
    return {"id": str(user.id), "name": user.display_name, "handle": user.name, "bot": user.bot, "colour": colour}


def channel_view(world: World, channel: Channel) -> JsonObject:
    """A row of the channel list."""
    kinds = {DM: "dm", FORUM: "forum"}
    return {
        "id": str(channel.id),
        "name": world.bot.display_name if channel.type == DM else channel.name,
        "kind": "thread" if channel.is_thread else kinds.get(channel.type, "text"),
        "topic": channel.topic or "",
        "parent": str(channel.parent_id) if channel.parent_id else None,
    }


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
        "system": message.type == 18,
        "mine": message.author is viewer,
        "pinged": viewer.id in message.pinged,
        "embeds": [_embed_view(world, embed) for embed in message.embeds],
        "components": [component_view(world, c) for c in message.components],
        "files": [_file_view(world, message, a) for a in message.attachments if not _shown_inside(message, a.id)],
        "reactions": [
            {"emoji": emoji, "count": len(who), "mine": viewer.id in who}
            for emoji, who in message.reactions.items()
        ],
    }
    if message.thread_id in world.channels:
        view["thread"] = channel_view(world, world.channels[message.thread_id])
    if message.reply_to is not None:
        view["reply"] = _quoted(world, message)
    if message.interaction is not None:
        view["used"] = _used_view(message)
    return view


def _shown_inside(message: Message, attachment_id: int) -> bool:
    """Whether a component already shows this attachment; Discord then leaves it out below the message."""
    wanted = str(attachment_id)
    for component in message.walk():
        holders = [component, *(component.get("items") or [])]
        for media in (h.get(key) for h in holders for key in ("media", "file")):
            if isinstance(media, dict) and media.get("attachment_id") == wanted:
                return True
    return False


def _file_view(world: World, message: Message, attachment: Any) -> JsonObject:
    full = attachment_json(world, attachment)
    return {key: full[key] for key in ("filename", "size", "url", "content_type")}


def _quoted(world: World, message: Message) -> JsonObject:
    original = world.messages.get(message.channel_id, {}).get(message.reply_to or 0)
    if original is None:
        return {"gone": True}
    words = " ".join(original.text.split())[:120] or "Click to see attachment"
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
        view["options"] = _choices(world, component["type"])
    return view


def _choices(world: World, kind: int) -> list[JsonObject]:
    """What a select of people, roles or channels offers."""
    people = [{"label": u.display_name, "value": str(u.id)} for u in world.users.values()]
    roles = [{"label": r.name, "value": str(r.id)} for r in world.guild.roles]
    channels = [world.channels[i] for i in world.guild.channels]
    places = [{"label": "#" + c.name, "value": str(c.id)} for c in channels if not c.is_thread]
    return {5: people, 6: roles, 7: people + roles, 8: places}[kind]


def commands_view(world: World, guild_id: int | None) -> list[JsonObject]:
    """Every command a person can pick here, subcommands spelt out: name, kind, description, options."""
    found: dict[tuple[str, int], JsonObject] = {}
    for scope in (None, guild_id):
        for command in world.commands.get(scope, {}).values():
            for view in _spelt_out(world, command, "", command["type"]):
                found[view["name"], view["kind"]] = view
    return sorted(found.values(), key=lambda c: (c["kind"], c["name"]))


def _spelt_out(world: World, node: JsonObject, before: str, kind: int) -> list[JsonObject]:
    name = f"{before} {node['name']}".strip()
    options = node.get("options") or []
    inner = [o for o in options if o["type"] in (SUBCOMMAND, GROUP)]
    if inner:
        return [view for o in inner for view in _spelt_out(world, o, name, kind)]
    fields = [_option_view(world, o) for o in options]
    return [{"name": name, "kind": kind, "description": node.get("description") or "", "options": fields}]


def _option_view(world: World, option: JsonObject) -> JsonObject:
    keys = ("name", "description", "type", "required", "min_value", "max_value", "max_length", "autocomplete")
    view = {key: option[key] for key in keys if key in option}
    choices = [{"label": c["name"], "value": c["value"]} for c in option.get("choices") or []]
    if option["type"] in (6, 7, 8, 9):
        choices = _choices(world, {6: 5, 7: 8, 8: 6, 9: 7}[option["type"]])
    return view | {"choices": choices}


def modal_view(world: World, modal: JsonObject) -> JsonObject:
    """A modal's title, texts and fields, in order."""
    fields = []
    labels = {f["custom_id"]: label for label, f in fields_of(modal)}
    for component in modal["components"]:
        if component["type"] == TEXT_DISPLAY:
            fields.append({"type": TEXT_DISPLAY, "html": html_of(world, component["content"])})
            continue
        for inner in [component["component"]] if "component" in component else component["components"]:
            described = {"label": labels[inner["custom_id"]], "description": component.get("description", "")}
            if inner["type"] in (5, 6, 7, 8):
                described["options"] = _choices(world, inner["type"])
            fields.append({**inner, **described})
    return {"title": modal["title"], "fields": fields}
