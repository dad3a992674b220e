"""Takes the reasoning out of an answer: what a model thought aloud is never shown and never parsed."""

from __future__ import annotations

import re
from typing import Final

_TAG: Final = re.compile(r"<(/?)(?:think|thinking|thought|reasoning)>", re.IGNORECASE)


def without_reasoning(text: str) -> str:
    """`text` without `<think>…</think>`, trimmed; one pass, whatever the text.

    Some servers send only the closing tag: what stands before it goes, unless the answer itself stands there.
    An answer that opens the tag and never closes it was cut off while thinking: nothing is left of it.
    """
    first_brace, last_brace = text.find("{"), text.rfind("{")
    kept: list[str] = []
    start, thinking = 0, False
    for tag in _TAG.finditer(text):
        closes = bool(tag[1])
        if closes and thinking:
            start, thinking = tag.end(), False
        elif closes and (last_brace >= tag.end() or not 0 <= first_brace < tag.start()):
            kept, start = [], tag.end()
        elif not closes and not thinking:
            kept.append(text[start : tag.start()])
            start, thinking = tag.start(), True
    if not thinking or "{" in "".join(kept):
        kept.append(text[start:])
    return "".join(kept).strip()
