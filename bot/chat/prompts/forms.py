"""The form in which a prompt is typed: a field for each key of a section's file, and one for its instructions.

What it is of stands in its custom_id, and discord.py keeps nothing of it: what somebody has typed for an hour is
taken although the bot was restarted meanwhile.
"""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple, cast

import discord
from discord import ui

from bot.chat.pressed import fields_of
from bot.domain.section import SectionKind
from bot.services.prompt_desk import Form
from bot.wording import say

Interaction = discord.Interaction[Any]

_PATTERN: Final = re.compile(
    r"nutgraf:prompt-form:(?P<name>[a-z][a-z0-9_]{0,31}):(?P<kind>points|quotes|timeline|text|part)"
)
_PART: Final = "part"  # in place of a kind: one of the parts that all sections share
_MOST: Final = 4_000  # characters in a field
_TITLE, _HINT, _LABEL = 45, 100, 45  # Discord's limits, in characters
_MUST: Final = "{{ max_items }}"
_MAY: Final = "{{ language }}, {{ length }}, {{ translated }}"
_ON, _OFF = "yes", "no"


class Typed(NamedTuple):
    """What was sent in, and for which prompt."""

    name: str
    form: Form


def prompt_form(name: str, form: Form) -> ui.Modal:
    """The form with `form` in its fields, to be changed."""
    title = say("Prompt “{name}”", name=name)[:_TITLE]
    modal = ui.Modal(title=title, custom_id=f"nutgraf:prompt-form:{name}:{form.kind or _PART}")
    for label in _section(form) if form.kind else _part(form):
        modal.add_item(label)
    modal.stop()  # discord.py is not to keep it
    return modal


def typed_form(interaction: Interaction) -> Typed | None:
    """What a form of ours holds that was sent in; None where it is another's."""
    data: Any = interaction.data or {}
    found = _PATTERN.fullmatch(data.get("custom_id", ""))
    if found is None:
        return None
    fields = fields_of(interaction)
    if found["kind"] == _PART:
        return Typed(found["name"], Form(fields.get("body", "")))
    form = Form(
        body=fields.get("body", ""),
        kind=cast("SectionKind", found["kind"]),
        title=fields.get("title", ""),
        max_items=fields.get("max_items", ""),
        order=fields.get("order", ""),
        enabled=fields.get("enabled") != _OFF,
    )
    return Typed(found["name"], form)


def _part(form: Form) -> list[ui.Label[Any]]:
    hint = say("Has to hold {variable}.", variable="{{ language }}")
    return [_field(say("How I write"), _text("body", form.body, long=True), hint)]


def _section(form: Form) -> list[ui.Label[Any]]:
    enabled: ui.Select[Any] = ui.Select(
        custom_id="enabled",
        options=[
            discord.SelectOption(label=say("Yes"), value=_ON, default=form.enabled),
            discord.SelectOption(label=say("No, only when it is asked for"), value=_OFF, default=not form.enabled),
        ],
    )
    hint = say("Has to hold {must}; may hold {may}.", must=_MUST, may=_MAY)
    return [
        _field(say("Title on the card"), _text("title", form.title, most=80)),
        _field(say("Instructions"), _text("body", form.body, long=True), hint),
        _field(say("At most so many items"), _text("max_items", form.max_items, most=5)),
        _field(
            say("Place in the briefing"),
            _text("order", form.order, most=5),
            say("A number: lower ones come first."),
        ),
        _field(say("Shown in every briefing"), enabled),
    ]


def _field(label: str, component: ui.Item[Any], hint: str = "") -> ui.Label[Any]:
    return ui.Label(text=label[:_LABEL], description=hint[:_HINT] or None, component=component)


def _text(field: str, now: str, *, most: int = _MOST, long: bool = False) -> ui.TextInput[Any]:
    style = discord.TextStyle.paragraph if long else discord.TextStyle.short
    return ui.TextInput(custom_id=field, style=style, default=now[:most] or None, max_length=most)
