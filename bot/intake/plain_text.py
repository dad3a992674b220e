"""Plain text: kept character for character, so that offsets are offsets into what the person gave.

Furniture in it ("click here to read more") stays too; engines step over it by `bot.text.furniture`.
"""

from __future__ import annotations

import re
from typing import Final

from bot.intake.content import Extract, Raw
from bot.intake.decode import decoded

LONGEST_TITLE: Final = 200  # characters
HEAD: Final = re.compile(r"\s*(?P<line>[^\r\n]+)(\r\n?|\n)[ \t]*(\r\n?|\n)\s*\S")
FULL_STOPS: Final = ".。…:;,"


def extract_plain(raw: Raw) -> Extract:
    """The Extract of a text file."""
    text = decoded(raw.data, content_type=raw.content_type)
    return Extract(text=text, title=title_line(text))


def title_line(text: str) -> str | None:
    """The first line where it reads like a headline: short, no full stop at its end, a blank line after it."""
    found = HEAD.match(text)
    if not found:
        return None
    line = found["line"].strip().lstrip("\ufeff")
    is_headline = 0 < len(line) <= LONGEST_TITLE and line[-1] not in FULL_STOPS and any(map(str.isalpha, line))
    return line if is_headline else None
