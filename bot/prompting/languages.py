"""How a language is named to a model: by its English name, which models follow better than a code."""

from __future__ import annotations

from bot.domain.languages import ENGLISH_NAMES

_OWN = "the language of the material"


def language_words(code: str) -> str:
    """The words for `code`, ISO 639-1 with or without a region; "auto" and "und" mean the material's own."""
    base = code.lower().split("-")[0].split("_")[0]
    if base in {"auto", "und", ""}:
        return _OWN
    return ENGLISH_NAMES.get(base) or (
        f"the language with the code {base}" if base.isalpha() and len(base) <= 3 else _OWN
    )
