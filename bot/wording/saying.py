"""Messages in the spoken locale."""

from __future__ import annotations


def say(message: str, /, **fields: object) -> str:
    """`message` in the spoken locale, its fields filled in."""
    return message.format(**fields) if fields else message


def say_n(one: str, several: str, count: int, /, **fields: object) -> str:
    """The plural that `count` wants; `{count}` is among the fields."""
    return say(one if count == 1 else several, count=count, **fields)
