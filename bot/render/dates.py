"""How a date of a Brief reads: never more precise than the text was."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from bot.wording import say, written_day, written_month, written_year

_ISO = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2})(?:T(?P<time>\d{2}:\d{2}).*)?)?)?")

# A reader sees the stamp in the reader's own zone. This time of day lies on the same calendar day from UTC-10 to
# UTC+13:45: everywhere but American Samoa, Niue and the Line Islands. No other time of day keeps more of the
# world's zones (measured over all of them; noon would lose New Zealand, Fiji, Tonga and Kamchatka).
_HOUR, _MINUTE = 10, 5


def day_label(day: date) -> str:
    """`19 Aug 2021`."""
    return written_day(day)


def date_label(iso: str | None, words: str | None) -> str:
    """The date as far as it is known; else the article's own words in quotation marks; else `undated`."""
    if iso:
        start, _, end = iso.partition("/")
        return f"{_one(start)} – {_one(end)}" if end and end != start else _one(start)
    return say("“{words}”", words=words) if words else say("undated")


def certain_day(iso: str | None) -> date | None:
    """The day that `iso` names, where it names one whole day."""
    try:
        return date.fromisoformat(iso) if iso and re.fullmatch(r"\d{4}-\d{2}-\d{2}", iso) else None
    except ValueError:
        return None


def unix_seconds(day: date) -> int:
    """A moment of `day` that falls on that same day for nearly every reader."""
    return int(datetime(day.year, day.month, day.day, _HOUR, _MINUTE, tzinfo=UTC).timestamp())


def _one(iso: str) -> str:
    match = _ISO.fullmatch(iso)
    try:
        day = date(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1)) if match else None
    except ValueError:
        day = None
    if match is None or day is None:
        return iso
    if not match["month"]:
        return written_year(day)
    label = written_day(day) if match["day"] else written_month(day)
    return f"{label}, {match['time']}" if match["time"] else label
