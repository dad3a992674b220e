"""ArticleOrder: which briefing is wanted, apart from who asks for it and where it goes."""

from __future__ import annotations

from typing import Final, Literal

from pydantic import Field

from bot.domain.source import LinkSource
from bot.domain.value import Value

EngineChoice = Literal["auto", "extractive", "llm"]
Length = Literal["short", "standard", "long"]

KEPT: Final = "kept:"  # in place of an address: text or a file that was handed in, which lies on the shelf
ATTACHED: Final = "attached:"  # in place of an address: a file that hangs in Discord, not downloaded yet


class ArticleOrder(Value):
    """One briefing. Equal orders under way are one job.

    `prompts` is the guild whose own prompts are used; 0: the operator's.
    """

    sources: tuple[LinkSource, ...] = Field(min_length=1)
    engine: EngineChoice = "auto"
    model: str | None = None  # one of the operator's profiles; None: the one that is configured first
    language: str = "auto"
    length: Length = "standard"
    sections: tuple[str, ...] | None = None  # in the order wanted; None: all enabled
    prompts: int = 0
    fresh: bool = False  # written anew, though one lies on the shelf
