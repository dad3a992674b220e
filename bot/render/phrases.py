"""What a card says of its own in the briefing's language: which that is, and how it marks words as quoted.

The words themselves lie in the catalogues, like all words that are said to people. A section's title is looked up
there as well: an operator's own title is in no catalogue and stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.wording import LANGUAGES, SOURCE

_MARKS: Final[Mapping[str, tuple[str, str]]] = {
    "de": ("„", "“"),
    "fr": ("« ", " »"),
    "es": ("«", "»"),
    "it": ("«", "»"),
    "ja": ("「", "」"),
    "ru": ("«", "»"),
}


def card_locale(language: str | None) -> str | None:
    """The locale of a card's own words: the briefing's language where we speak it; None: the reader's."""
    return language if language in LANGUAGES or language == SOURCE else None


def in_marks(words: str, language: str | None) -> str:
    """`words` between the quotation marks of `language`, English ones where those are not known."""
    opening, closing = _MARKS.get(language or "", ("“", "”"))
    return f"{opening}{words.strip()}{closing}"
