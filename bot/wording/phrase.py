"""Phrase: a message that is said later, when it is known who reads it."""

from __future__ import annotations

from bot.wording.saying import say


class Phrase:
    """A message and its fields. `str()` says it in the locale spoken then."""

    __slots__ = ("fields", "message")

    def __init__(self, message: str, /, **fields: object) -> None:
        self.message = message
        self.fields = fields

    def __str__(self) -> str:
        return say(self.message, **self.fields)

    def __repr__(self) -> str:
        return f"Phrase({self.message!r})"
