"""Numbers and days as the spoken language writes them. English ones are written here, the others by Babel."""

from __future__ import annotations

import re
from datetime import date
from typing import Final, Literal

from bot.wording.catalogue import SOURCE
from bot.wording.locale import spoken_language

DayLength = Literal["short", "long"]

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NUMBER: Final = re.compile(r"(?P<grouped>,?)(?:\.(?P<places>\d))?(?P<kind>[f%]?)")
_SKELETONS: Final = {"short": "yMMMd", "long": "yMMMMd"}


def written_number(number: float, spec: str) -> str:
    """`number` by a format such as `,` or `.1f` or `.0%`. Raises ValueError where Python has no such format."""
    wanted = _NUMBER.fullmatch(spec)
    language = spoken_language()
    if not spec or wanted is None or language == SOURCE:
        return format(number, spec)
    from babel.numbers import format_decimal, format_percent  # noqa: PLC0415

    places = "0" * int(wanted["places"] or 0)
    pattern = ("#,##0" if wanted["grouped"] else "0") + (f".{places}" if places else "")
    if wanted["kind"] == "%":
        return format_percent(number, locale=language, decimal_quantization=True)
    return format_decimal(number, format=pattern, locale=language)


def written_day(day: date, length: DayLength = "short") -> str:
    """`19 Aug 2021`, or `19 August 2021`."""
    language = spoken_language()
    if language == SOURCE:
        return f"{day.day} {_month(day.month, length)} {day.year}"
    return _by_skeleton(day, _SKELETONS[length], language)


def written_month(day: date, length: DayLength = "short") -> str:
    """`Aug 2021`: the month of `day`, whichever day of it that is."""
    language = spoken_language()
    if language == SOURCE:
        return f"{_month(day.month, length)} {day.year}"
    return _by_skeleton(day, _SKELETONS[length].removesuffix("d"), language)


def written_year(day: date) -> str:
    """`2021`: the year of `day`."""
    language = spoken_language()
    return str(day.year) if language == SOURCE else _by_skeleton(day, "y", language)


def written_weekday(weekday: int, length: DayLength = "long") -> str:
    """`Monday` or `Mon` for 0, as it stands alone."""
    language = spoken_language()
    if language == SOURCE:
        return _WEEKDAYS[weekday][: None if length == "long" else 3]
    from babel.dates import get_day_names  # noqa: PLC0415

    width: Final = "wide" if length == "long" else "abbreviated"
    return str(get_day_names(width, context="stand-alone", locale=language)[weekday])


def load_numbers(language: str) -> None:
    """Read what Babel knows of `language` now."""
    from babel.dates import get_day_names  # noqa: PLC0415

    _by_skeleton(date(2000, 1, 1), "yMMMd", language)
    get_day_names(locale=language)


def _month(month: int, length: DayLength) -> str:
    return _MONTHS[month - 1][: None if length == "long" else 3]


def _by_skeleton(day: date, skeleton: str, language: str) -> str:
    from babel.dates import format_skeleton  # noqa: PLC0415

    return format_skeleton(skeleton, day, locale=language)
