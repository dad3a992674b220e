"""Characters as a reader sees them: a letter with its accents, an emoji of several code points, stay together."""

from __future__ import annotations

from typing import Final

import regex

_CLUSTER: Final = regex.compile(r"\X")


def boundaries(text: str, most: int) -> list[int]:
    """The places after each such character of `text`, up to `most`. The text must not begin inside of one."""
    ends: list[int] = []
    for cluster in _CLUSTER.finditer(text):
        if cluster.end() > most:
            break
        ends.append(cluster.end())
    return ends


def clipped(text: str, most: int) -> str:
    """`text`, cut to at most `most` code points with an ellipsis at its end."""
    if len(text) <= most:
        return text
    cut = (boundaries(text, most - 1) or [most - 1])[-1]
    return f"{text[:cut].rstrip()}…"
