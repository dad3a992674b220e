"""Commands and modals to what the page draws of them: fields with labels, in the language of who looks."""

from __future__ import annotations

from bot.playground.modals import fields_of
from bot.playground.offers import localised, offered
from bot.playground.options import GROUP, SUBCOMMAND
from bot.playground.state import TEXT_DISPLAY, Channel, JsonObject, User
from bot.playground.view import choices, html_of
from bot.playground.world import World

_OPTION_KEYS = ("name", "type", "required", "min_value", "max_value", "min_length", "max_length", "autocomplete")
_CHOICES_OF = {6: 5, 7: 8, 8: 6, 9: 7}
"""The select that offers what an option of this type takes: a person, channel, role, or person or role."""


def commands_view(world: World, viewer: User, channel: Channel) -> list[JsonObject]:
    """Every command a person is offered here, subcommands spelt out: name, title, kind, description, options.

    `name` is the command's own, `title` what it is called in the person's language.
    """
    found = [
        view
        for command in offered(world, viewer, channel)
        for view in _spelt_out(world, command, viewer.locale, command["type"])
    ]
    return sorted(found, key=lambda c: (c["kind"], c["title"]))


def _spelt_out(
    world: World, node: JsonObject, locale: str, kind: int, name: str = "", title: str = ""
) -> list[JsonObject]:
    name, title = f"{name} {node['name']}".strip(), f"{title} {localised(node, 'name', locale)}".strip()
    options = node.get("options") or []
    inner = [o for o in options if o["type"] in (SUBCOMMAND, GROUP)]
    if inner:
        return [view for o in inner for view in _spelt_out(world, o, locale, kind, name, title)]
    described = localised(node, "description", locale)
    fields = [_option_view(world, o, locale) for o in options]
    return [{"name": name, "title": title, "kind": kind, "description": described, "options": fields}]


def _option_view(world: World, option: JsonObject, locale: str) -> JsonObject:
    view = {key: option[key] for key in _OPTION_KEYS if key in option}
    view |= {"label": localised(option, "name", locale), "description": localised(option, "description", locale)}
    listed = [{"label": localised(c, "name", locale), "value": c["value"]} for c in option.get("choices") or []]
    if option["type"] in _CHOICES_OF:
        listed = choices(world, _CHOICES_OF[option["type"]])
    return view | {"choices": listed}


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
                described["options"] = choices(world, inner["type"])
            fields.append({**inner, **described})
    return {"title": modal["title"], "fields": fields}
