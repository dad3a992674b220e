"""Phrase: a message that is said later, when it is known who reads it; also by another process, from JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final, Self

from bot.wording.saying import say, say_n

_KEPT: Final = '{"message": '  # how the JSON of a Phrase begins


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

    def to_json(self) -> str:
        """All of it as JSON; what is no string, number, day or Phrase among its fields becomes a string."""
        return json.dumps(_plain(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """What `to_json` wrote. Raises ValueError where it is nothing of the kind."""
        try:
            phrase = _value(json.loads(text))
        except (ValueError, KeyError, TypeError, AttributeError):
            phrase = None
        if not isinstance(phrase, cls):
            raise ValueError("no Phrase")
        return phrase

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


def kept(words: str | Phrase) -> str:
    """What to keep of `words` where text alone can be kept, so that `told` says it in whichever language later."""
    return words.to_json() if isinstance(words, Phrase) else words


def told(text: str) -> str:
    """What `kept` gave, in the locale spoken now; any other text as it is."""
    try:
        return str(Phrase.from_json(text)) if text.startswith(_KEPT) else text
    except ValueError:
        return text


def phrase_n(one: str, several: str, count: int, /, **fields: object) -> Phrase:
    """The Phrase whose plural `count` chooses; `{count}` is among the fields."""
    phrase = Phrase(one, count=count, **fields)
    phrase.several = several
    return phrase


def _plain(value: object) -> object:
    if isinstance(value, Phrase):
        fields = {name: _plain(field) for name, field in value.fields.items()}
        return {"message": value.message, "several": value.several, "fields": fields}
    if isinstance(value, date):
        return {"day": value.isoformat()[:10]}
    return value if isinstance(value, str | int | float | None) else str(value)


def _value(plain: Any) -> object:
    if not isinstance(plain, Mapping):
        return plain
    if "day" in plain:
        return date.fromisoformat(plain["day"])
    phrase = Phrase(str(plain["message"]), **{name: _value(field) for name, field in plain["fields"].items()})
    phrase.several = plain["several"]
    return phrase
