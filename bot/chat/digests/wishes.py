"""What was typed into /digest, as values. Pure; a UsageError names what cannot be used, and the cure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import time
from typing import Final, Literal, get_args

from bot.domain.errors import UsageError
from bot.domain.languages import language_code
from bot.domain.schedule import EVERY_DAY, WEEKDAYS
from bot.wording import Phrase, phrase_n, say

MOST_TIMES: Final = 12
MOST_WORDS: Final = 30
LONGEST_WORD: Final = 60
# Empties an option that is edited, in the languages that we speak.
_NOTHING_LIST: Final = """
- off no none nothing keine keiner keins nichts ninguno ninguna nada aucun aucune rien nenhum nenhuma なし 無し
"""
NOTHING: Final = frozenset(_NOTHING_LIST.split())

Days = Literal[
    "Every day", "Weekdays", "Weekends", "Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays",
    "Sundays",
]  # fmt: skip
DAYS: Final[dict[str, frozenset[int]]] = {
    "Every day": EVERY_DAY,
    "Weekdays": WEEKDAYS,
    "Weekends": EVERY_DAY - WEEKDAYS,
} | {name: frozenset({number}) for number, name in enumerate(get_args(Days)[3:])}

_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:\s*[:.h時]\s*(?P<minute>\d{2}))?\s*(?P<half>[ap])?\.?(?(half)m?\.?)", re.IGNORECASE
)
# What may stand between two times and behind one: 7 and 18 o'clock, 7 Uhr und 18 Uhr, 7h et 18h30, 7時と18時30分.
_BETWEEN_TIMES = re.compile(
    r"\s*(?:[,;&、と分]|\b(?:and|und|et|y|e|o'clock|uhr|heures?|horas?)\b|(?<=\d)\s*[h時](?!\s*\d))\s*"
    r"|(?<=\d)\s+(?=\d{1,2}[:.h時])",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[,;\n]")
_BETWEEN_ADDRESSES = re.compile(r"[,;\s]+")
_CHANNEL = re.compile(r"<#(\d{1,20})>|(?<!\d)(\d{17,20})(?!\d)")


def times(typed: str) -> tuple[time, ...]:
    """`7:30, 18:00`, `7pm`, `7` as times of day, in order, each once."""
    parts = [part.strip() for part in _BETWEEN_TIMES.split(typed) if part.strip()]
    found = tuple(sorted({_time(part) for part in parts}))
    if not found:
        raise UsageError(
            Phrase("There is no time of day in that."),
            cure=Phrase("Write it as 07:30, or several as 7:30, 18:00."),
        )
    if len(found) > MOST_TIMES:
        raise UsageError(
            phrase_n(
                "That is {count} time, and {most} a day is the most.",
                "Those are {count} times, and {most} a day is the most.",
                len(found),
                most=MOST_TIMES,
            ),
            cure=Phrase("Leave some out."),
        )
    return found


def _time(part: str) -> time:
    match = _TIME.fullmatch(part)
    hour, minute = (int(match["hour"]), int(match["minute"] or 0)) if match else (99, 0)
    if match and match["half"]:
        hour = hour % 12 + (12 if match["half"].lower() == "p" else 0) if 1 <= hour <= 12 else 99
    if hour == 24 and minute == 0:
        hour = 0
    if hour > 23 or minute > 59:
        raise UsageError(
            Phrase("“{part}” is no time of day.", part=part),
            cure=Phrase("Write it as 07:30, or several as 7:30, 18:00."),
        )
    return time(hour, minute)


def days_name(days: frozenset[int]) -> str:
    """How people call them: `Weekdays`; the names of the days where they have none together."""
    named = next((name for name, known in DAYS.items() if known == days), None)
    together = [named] if named else [name for name, known in DAYS.items() if len(known) == 1 and known <= days]
    return ", ".join(map(say, together))


def is_nothing(typed: str) -> bool:
    """Whether this asks for an empty option."""
    return typed.strip().casefold() in NOTHING


def words(typed: str | None) -> tuple[str, ...]:
    """Words or phrases, comma separated, each once."""
    if not typed or is_nothing(typed):
        return ()
    found = _unique(" ".join(part.split()) for part in _BETWEEN.split(typed))
    if len(found) > MOST_WORDS or any(len(word) > LONGEST_WORD for word in found):
        raise UsageError(
            Phrase(
                "A digest takes {words} words of at most {characters} characters each.",
                words=MOST_WORDS,
                characters=LONGEST_WORD,
            ),
            cure=Phrase("Leave some out."),
        )
    return found


def addresses(typed: str | None) -> tuple[str, ...]:
    """Addresses of sites or feeds, separated by commas or spaces; `https://` may be left out."""
    return _unique(part.strip("<>") for part in _BETWEEN_ADDRESSES.split(typed or ""))


def channels(typed: str | None) -> tuple[int, ...]:
    """The channels named as `#general #news`, which arrive as `<#id>`."""
    if not typed or is_nothing(typed):
        return ()
    found = tuple(dict.fromkeys(int(one or other) for one, other in _CHANNEL.findall(typed)))
    if not found:
        raise UsageError(
            Phrase("“{typed}” names no channel.", typed=typed),
            cure=Phrase("Type # and pick the channels from the list."),
        )
    return found


def language(typed: str) -> str:
    """The code of a language to write in, or `auto`."""
    return "auto" if not typed.strip() or is_nothing(typed) else language_code(typed)


def sections(typed: str) -> tuple[str, ...] | None:
    """The names of sections; None: the usual ones."""
    names = _unique(part.strip().lower() for part in re.split(r"[\s,;]+", typed))
    return None if not names or is_nothing(typed) else names


def name(typed: str) -> str:
    """A digest's name on one line."""
    found = " ".join(typed.split())
    if not 1 <= len(found) <= 80:
        raise UsageError(Phrase("A digest's name has 1 to 80 characters."), cure=Phrase("Give it a shorter one."))
    return found


def _unique(parts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for part in parts if part))
