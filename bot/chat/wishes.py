"""What a person wishes of a briefing, as typed into the options of a command or a form, and checked."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Final, cast

from bot.domain.clock import utc_now
from bot.domain.errors import UsageError
from bot.domain.languages import language_code
from bot.domain.order import Length
from bot.domain.source import Known
from bot.services.briefing import BriefOptions
from bot.text.dates import time_expressions
from bot.wording import Phrase, spoken_language

_SLASHED: Final = re.compile(r"(\d{1,2})/(\d{1,2})/\d{2,4}")


@dataclass(frozen=True, slots=True)
class Wish:
    """`said`: which fields of the order the person chose; a server's settings fill the others."""

    known: Known = field(default_factory=Known)
    options: BriefOptions = field(default_factory=BriefOptions)
    private: bool = False
    said: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """The options as they came; None or blank: left out."""

    published: str | None = None
    language: str | None = None
    sections: str | None = None
    length: str | None = None
    model: str | None = None

    def wish(self, *, private: bool = False) -> Wish:
        """All of it, checked. Raises UsageError naming what cannot be used."""
        chosen: dict[str, object] = {}
        if language := (self.language or "").strip():
            chosen["language"] = language_code(language)
        if names := section_names(self.sections or ""):
            chosen["sections"] = names
        if self.length:
            chosen["length"] = cast("Length", self.length)
        if model := (self.model or "").strip():
            chosen["model"] = model
        return Wish(
            known=Known(published=day_of(self.published or "")),
            options=BriefOptions(**chosen),  # type: ignore[arg-type]  # each checked above
            private=private,
            said=frozenset(chosen),
        )


def day_of(typed: str, today: date | None = None) -> date | None:
    """A day as 2026-03-31, or as articles write days in the spoken language: 31 March 2026, 31.3.2026, yesterday.

    None where nothing was typed. Raises UsageError, also where month and day cannot be told apart.
    """
    words = typed.strip()
    if not words:
        return None
    with suppress(ValueError):
        return date.fromisoformat(words)
    for language in () if _is_ambiguous(words) else (spoken_language(), "en"):
        found = time_expressions(words, today or utc_now().date(), language=language)
        if len(found) == 1 and found[0].text == words and found[0].start_day == found[0].end_day is not None:
            return found[0].start_day
    raise UsageError(Phrase("“{day}” is not a day.", day=typed), cure=Phrase("Write it as 2026-03-31."))


def _is_ambiguous(words: str) -> bool:
    """Whether one reader takes it for a day in March, and another for one in April: 3/4/2026."""
    numbers = _SLASHED.fullmatch(words)
    return numbers is not None and numbers[1] != numbers[2] and max(int(numbers[1]), int(numbers[2])) <= 12


def section_names(typed: str) -> tuple[str, ...]:
    """The names in a list, in its order, each once."""
    return tuple(dict.fromkeys(name for name in re.split(r"[\s,;]+", typed.strip().lower()) if name))
