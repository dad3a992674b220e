"""The whole briefing as a file: Markdown to paste elsewhere, JSON for programs, the timeline as a picture."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Literal

from bot.domain.brief import Brief
from bot.render.card import make_card
from bot.render.json import brief_json
from bot.render.markdown import render_markdown
from bot.render.timeline_picture import timeline_alt, timeline_picture

FileKind = Literal["markdown", "json", "timeline"]

_ENDINGS: Final[dict[FileKind, str]] = {"markdown": "md", "json": "json", "timeline": "png"}
_LONGEST_NAME: Final = 60
_BETWEEN_WORDS: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class BriefFile:
    """A file to attach. `alt` is for pictures: what is to be seen there, at most 1,000 characters."""

    name: str
    data: bytes
    alt: str = ""


def brief_file(brief: Brief, kind: FileKind) -> BriefFile | None:
    """`brief` as that kind of file; None where its timeline cannot be drawn (or is empty).

    Up to 50 ms of work, the first picture half a second: call it in a thread.
    """
    if kind == "timeline":
        card = make_card(brief)
        picture = timeline_picture(card)
        return BriefFile(file_name(brief, kind), picture, timeline_alt(card)) if picture else None
    text = render_markdown(brief) if kind == "markdown" else brief_json(brief) + "\n"
    return BriefFile(file_name(brief, kind), text.encode("utf-8", "replace"))


def file_name(brief: Brief, kind: FileKind) -> str:
    """A name that every system takes: the title's Latin letters and digits, or else `briefing`."""
    title = unicodedata.normalize("NFKD", brief.sources[0].title or "")
    plain = _BETWEEN_WORDS.sub("-", title.encode("ascii", "ignore").decode().lower()).strip("-")
    return f"{plain[:_LONGEST_NAME].rstrip('-') or 'briefing'}.{_ENDINGS[kind]}"
