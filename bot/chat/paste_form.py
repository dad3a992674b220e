"""Where to paste an article, when /brief came without anything.

What was wished with the command stands in the ids of the form, and discord.py keeps nothing of it: what somebody
pasted is taken although the bot was restarted meanwhile, or an hour has gone by.
"""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

import discord
from discord import ui

from bot.chat.pressed import fields_of
from bot.chat.wishes import Typed, Wish
from bot.domain.errors import UsageError
from bot.wording import Phrase, say

Interaction = discord.Interaction[Any]

_PATTERN: Final = re.compile(
    r"nutgraf:paste:(?P<seen>[op]):(?P<language>[\w-]{0,35}):(?P<length>short|standard|long|)"
)
_MAX_TEXT_FIELD: Final = 4_000  # Discord's own limit for a form's field
_MAX_DAY: Final = 40
_MAX_ID: Final = 100  # the same, for what its ids can hold


class Pasted(NamedTuple):
    """What was sent in: the text, and what is wished of it. `typed` is not checked yet."""

    text: str
    typed: Typed
    private: bool


def paste_form(wish: Wish) -> ui.Modal:
    """The form. Raises UsageError where the wish is longer than a form can remember."""
    said = {name: getattr(wish.options, name) for name in wish.said}
    sections, model = ",".join(said.get("sections") or ()), said.get("model") or ""
    seen = "p" if wish.private else "o"
    ids = (
        f"nutgraf:paste:{seen}:{said.get('language') or ''}:{said.get('length') or ''}",
        f"text:{sections}",
        f"published:{model}",
    )
    if max(map(len, ids)) > _MAX_ID:
        raise UsageError(
            Phrase("Those are more sections than a form remembers."),
            cure=Phrase("Name fewer of them, or give the article with the command."),
        )
    words: ui.TextInput[Any] = ui.TextInput(
        style=discord.TextStyle.paragraph, max_length=_MAX_TEXT_FIELD, custom_id=ids[1]
    )
    published = wish.known.published
    day: ui.TextInput[Any] = ui.TextInput(
        required=False, max_length=_MAX_DAY, custom_id=ids[2], default=published.isoformat() if published else None
    )
    modal = ui.Modal(title=say("Brief a text"), custom_id=ids[0])
    modal.add_item(
        ui.Label(text=say("The article"), description=say("Its text, or links to articles"), component=words)
    )
    hint = say("As 2026-03-31, so that “Friday” finds its date")
    modal.add_item(ui.Label(text=say("Published on"), description=hint, component=day))
    modal.stop()  # discord.py is not to keep it
    return modal


def pasted(interaction: Interaction) -> Pasted | None:
    """What a form of ours holds that was sent in; None where it is another's."""
    data: Any = interaction.data or {}
    found = _PATTERN.fullmatch(data.get("custom_id", ""))
    if found is None:
        return None
    values: dict[str, str] = {}
    wished: dict[str, str] = {}
    for custom_id, words in fields_of(interaction).items():
        name, _, wished[name] = custom_id.partition(":")
        values[name] = words.strip()
    typed = Typed(
        published=values.get("published"),
        language=found["language"],
        sections=wished.get("text"),
        length=found["length"],
        model=wished.get("published"),
    )
    return Pasted(values.get("text", ""), typed, found["seen"] == "p")
