"""Phrase: a message that is said later, when it is known who reads it."""

from __future__ import annotations

from bot.wording.saying import say, say_n


class Phrase:
    """A message and its fields. `str()` says it in the locale spoken then.

    `several` is the English plural of a message with a `count` among its fields (see `phrase_n`). A field may be a
    Phrase itself.
    """

    __slots__ = ("fields", "message", "several")

    def __init__(self, message: str, /, **fields: object) -> None:
        self.message = message
        self.several: str | None = None
        self.fields = fields

    def __str__(self) -> str:
        if self.several is None:
            return say(self.message, **self.fields)
        fields = dict(self.fields)
        return say_n(self.message, self.several, fields.pop("count"), **fields)  # type: ignore[arg-type]

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __repr__(self) -> str:
        return f"Phrase({self.message!r})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Phrase):
            return NotImplemented
        mine, theirs = (self.message, self.several, self.fields), (other.message, other.several, other.fields)
        return mine == theirs

    def __hash__(self) -> int:
        return hash((self.message, self.several))


def phrase_n(one: str, several: str, count: int, /, **fields: object) -> Phrase:
    """The Phrase whose plural `count` chooses; `{count}` is among the fields."""
    phrase = Phrase(one, count=count, **fields)
    phrase.several = several
    return phrase
