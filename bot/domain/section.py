"""Section: one kind of content in a Brief, defined by one file in `prompts/sections/`."""

from __future__ import annotations

from typing import Final, Literal

from pydantic import Field

from bot.domain.value import Value

SectionKind = Literal["points", "quotes", "timeline", "text"]

MOST_ITEMS: Final = 40  # of one section, however long a briefing is wished


class Section(Value):
    """What engines and the verifier need to know of a section. `kind` picks the output schema and the check."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]{0,31}$")
    title: str = Field(min_length=1, max_length=80)
    kind: SectionKind
    order: int = 100
    max_items: int = Field(default=5, ge=1, le=MOST_ITEMS)
    extractive: bool = False  # whether the built-in engine, which follows no instructions, may fill it
