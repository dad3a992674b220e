"""How long a briefing is wished: the limits of its Sections, scaled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import ceil
from typing import Final

from bot.domain.order import Length
from bot.domain.section import MOST_ITEMS, Section

SCALE: Final[Mapping[Length, float]] = {"short": 0.5, "standard": 1.0, "long": 2.0}


def at_length(sections: Iterable[Section], length: Length) -> tuple[Section, ...]:
    """`sections` with about half or twice as many items where that is wished: at least one, at most MOST_ITEMS."""
    return tuple(section.model_copy(update={"max_items": _scaled(section, length)}) for section in sections)


def _scaled(section: Section, length: Length) -> int:
    return max(1, min(MOST_ITEMS, ceil(section.max_items * SCALE[length])))
