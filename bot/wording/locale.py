"""Whose language is spoken: the locale of the person, or else of the server, that the present task answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from bot.wording.catalogue import language_of

ENGLISH: Final = "en"
_spoken: ContextVar[str] = ContextVar("nutgraf_locale", default=ENGLISH)


def spoken_locale() -> str:
    """The locale, as Discord writes it (`en-GB`, `pt-BR`, `ja`)."""
    return _spoken.get()


def spoken_language() -> str:
    """The language of ours that is spoken: its code."""
    return language_of(_spoken.get())


def speak(locale: str) -> None:
    """From here to its end, this task (and those it starts) speaks `locale`."""
    _spoken.set(locale)


@contextmanager
def in_locale(locale: str | None) -> Iterator[None]:
    """Speak `locale` inside the block; None leaves it as it is."""
    token = _spoken.set(locale or _spoken.get())
    try:
        yield
    finally:
        _spoken.reset(token)
