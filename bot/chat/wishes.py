"""What a person wishes of a briefing, as typed into the options of a command or a form, and checked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from bot.domain.errors import UsageError
from bot.domain.languages import language_code
from bot.domain.order import Length
from bot.domain.source import Known
from bot.services.briefing import BriefOptions
from bot.wording import Phrase


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


def day_of(typed: str) -> date | None:
    """An ISO day; None where nothing was typed. Raises UsageError."""
    if not typed.strip():
        return None
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise UsageError(
            Phrase("“{day}” is not a day.", day=typed), cure=Phrase("Write it as 2026-03-31.")
        ) from None


def section_names(typed: str) -> tuple[str, ...]:
    """The names in a list, in its order, each once."""
    return tuple(dict.fromkeys(name for name in re.split(r"[\s,;]+", typed.strip().lower()) if name))
