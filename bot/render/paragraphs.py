"""Text of an article as the paragraphs to show: hard line wraps are white space, blank lines are not."""

from __future__ import annotations

import re

from bot.render.escape import one_line, printable

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")


def paragraphs(text: str) -> list[str]:
    """The paragraphs of `printable(text)`, each on one line; at least one, perhaps empty."""
    return [one_line(part) for part in _BLANK_LINE.split(printable(text).strip())] or [""]
