"""The last resort for an answer that is no JSON: item by item, so that one broken item costs no other.

json-repair takes minutes on some nonsense of 40,000 characters, since it looks ahead from every place anew. So it
never sees the whole: our items are flat objects, which a plain search finds, and only small pieces go to it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Final

_ITEM: Final = re.compile(r"\{[^{}]{1,2500}(?:\}|\Z)")
_MOST_REPAIRED: Final = 20_000  # characters in all


def repaired(text: str, names: Sequence[str], decoder: json.JSONDecoder) -> dict[str, list[object]]:
    """The items behind each of the `names` (lower case) in `text`, as far as anything can be made of them.

    A repaired item may hold values that were never said; the verifier looks at every one.
    """
    heads = "|".join(re.escape(name) for name in names)
    keys = list(re.finditer(rf"""["']?\b({heads})\b["']?\s*:\s*[\[{{]""", text, re.IGNORECASE))
    found: dict[str, list[object]] = {}
    room = _MOST_REPAIRED
    ends = [*(key.start() for key in keys[1:]), len(text)]
    for key, end in zip(keys, ends, strict=False):
        region = text[key.end() - 1 : end]
        items = found.setdefault(key[1].lower(), [])
        for piece in _pieces(region):
            value = _decoded(piece, decoder)
            if value is None and room >= len(piece):
                room -= len(piece)
                value = _mended(piece)
            items.append(value)
    return found


def _pieces(region: str) -> Iterator[str]:
    return (match[0] for match in _ITEM.finditer(region))


def _decoded(piece: str, decoder: json.JSONDecoder) -> object | None:
    try:
        value: object = decoder.decode(piece)
    except (ValueError, RecursionError):
        return None
    return value


def _mended(piece: str) -> object | None:
    import json_repair  # noqa: PLC0415  few answers need it

    try:
        value: object = json_repair.loads(piece, skip_json_loads=True)
    except (ValueError, RecursionError, IndexError, TypeError, KeyError):
        return None
    return value
