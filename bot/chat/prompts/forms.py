"""The form in which a prompt is typed: a field for each key of a section's file, and one for its instructions."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, Final

import discord
from discord import ui

from bot.chat.answers import apologise
from bot.services.prompt_desk import Form
from bot.wording import say

Interaction = discord.Interaction[Any]
Typed = Callable[[Interaction, str, Form], Awaitable[None]]

_FORM_SECONDS: Final = 3_600.0  # how long a form may stay open before its text is not taken any more
_MOST: Final = 4_000  # characters in a field
_MOST_HINT: Final = 100
_MUST: Final = "{{ max_items }}"
_MAY: Final = "{{ language }}, {{ length }}, {{ translated }}"
_ON, _OFF = "yes", "no"


class PromptForm(ui.Modal):
    """`form` to be changed; `typed` gets what was submitted."""

    def __init__(self, name: str, form: Form, typed: Typed) -> None:
        super().__init__(title=say("Prompt “{name}”", name=name)[:45], timeout=_FORM_SECONDS)
        self._name, self._form, self._typed = name, form, typed
        self._body = _text("body", form.body, long=True)
        self._title = _text("title", form.title, most=80)
        self._max_items = _text("max_items", form.max_items, most=5)
        self._order = _text("order", form.order, most=5)
        self._enabled: ui.Select[Any] = ui.Select(
            custom_id="enabled",
            options=[
                discord.SelectOption(label=say("Yes"), value=_ON, default=form.enabled),
                discord.SelectOption(
                    label=say("No, only when it is asked for"), value=_OFF, default=not form.enabled
                ),
            ],
        )
        for label in self._labels():
            self.add_item(label)

    def _labels(self) -> list[ui.Label[Any]]:
        if self._form.kind is None:
            hint = say("Has to hold {variable}.", variable="{{ language }}")
            return [ui.Label(text=say("How I write"), description=hint, component=self._body)]
        hint = say("Has to hold {must}; may hold {may}.", must=_MUST, may=_MAY)[:_MOST_HINT]
        return [
            ui.Label(text=say("Title on the card"), component=self._title),
            ui.Label(text=say("Instructions"), description=hint, component=self._body),
            ui.Label(text=say("At most so many items"), component=self._max_items),
            ui.Label(
                text=say("Place in the briefing"),
                description=say("A number: lower ones come first."),
                component=self._order,
            ),
            ui.Label(text=say("Shown in every briefing"), component=self._enabled),
        ]

    async def on_submit(self, interaction: Interaction, /) -> None:
        """Hand over what was typed."""
        form = replace(self._form, body=self._body.value)
        if form.kind is not None:
            form = replace(
                form,
                title=self._title.value,
                max_items=self._max_items.value,
                order=self._order.value,
                enabled=self._enabled.values != [_OFF],
            )
        await self._typed(interaction, self._name, form)

    # discord.py gives a form fewer arguments than a view here, and ignores the difference in its own types, too.
    async def on_error(self, interaction: Interaction, error: Exception, /) -> None:  # type: ignore[override]
        """The last net."""
        await apologise(interaction, error)


def _text(field: str, now: str, *, most: int = _MOST, long: bool = False) -> ui.TextInput[Any]:
    style = discord.TextStyle.paragraph if long else discord.TextStyle.short
    return ui.TextInput(custom_id=field, style=style, default=now[:most] or None, max_length=most)
