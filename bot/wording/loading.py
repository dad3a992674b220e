"""Reading all languages at the start, for a process in which nobody is to wait for files later on."""

from __future__ import annotations

from bot.wording.catalogue import LANGUAGES, catalogue
from bot.wording.numbers import load_numbers


def load_catalogues() -> None:
    """Read all catalogues, and what their dates and numbers need. Blocks."""
    for language in LANGUAGES:
        catalogue(language)
        load_numbers(language)
