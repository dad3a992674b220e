"""The whole briefing as a file: a Markdown page, its JSON, its timeline as a picture. For who asks, alone."""

from __future__ import annotations

import asyncio
import io
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import discord

from bot.chat.actions.asking import Interaction, record
from bot.chat.actions.item import Press
from bot.chat.actions.parts import ActionParts
from bot.domain.brief import Brief
from bot.domain.errors import UnsupportedError
from bot.render.card import make_card
from bot.render.json import brief_json
from bot.render.markdown import render_markdown
from bot.render.timeline_picture import timeline_alt, timeline_picture
from bot.wording import Phrase, say

_LONGEST_NAME: Final = 60
_LONGEST_ALT: Final = 1_024  # Discord's limit


@dataclass(frozen=True, slots=True)
class Made:
    """A file and what is to be seen in it, for who does not see it."""

    ending: str
    data: bytes
    about: str


async def file(interaction: Interaction, press: Press, _: ActionParts) -> None:
    """Send the file that the button names. Failures are told by the net under every press."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    answered = await record(interaction, press.key)
    brief = answered.brief
    make = MAKERS.get(press.rest)
    assert brief is not None  # noqa: S101  `record` gives made ones
    if make is None:
        raise UnsupportedError(
            Phrase("I do not know that kind of file any more."), cure=Phrase("Choose another under More.")
        )
    made = await asyncio.to_thread(make, brief)
    name = f"{file_name(brief)}.{made.ending}"
    sent = discord.File(io.BytesIO(made.data), name, description=made.about[:_LONGEST_ALT])
    await interaction.followup.send(content=say("Here it is, for you alone."), file=sent, ephemeral=True)


def file_name(brief: Brief) -> str:
    """From the first title, in letters that every file system takes."""
    title = unicodedata.normalize("NFKD", brief.sources[0].title or "").encode("ascii", "ignore").decode()
    name = "-".join(re.findall(r"[a-z0-9]+", title.lower()))[:_LONGEST_NAME].strip("-")
    return name or "briefing"


def _markdown(brief: Brief) -> Made:
    return Made("md", render_markdown(brief).encode(), say("The briefing as a Markdown page"))


def _json(brief: Brief) -> Made:
    return Made("json", brief_json(brief).encode(), say("The briefing as JSON, with the place of every item"))


def _timeline(brief: Brief) -> Made:
    card = make_card(brief)
    picture = timeline_picture(card)
    if picture is None:
        raise UnsupportedError(
            Phrase("I cannot draw this timeline: my fonts lack some of its characters."),
            cure=Phrase("The Markdown file has it in words."),
        )
    return Made("png", picture, timeline_alt(card))


MAKERS: Final[Mapping[str, Callable[[Brief], Made]]] = {
    "markdown": _markdown,
    "json": _json,
    "timeline": _timeline,
}
