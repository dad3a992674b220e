"""TIMEX3 values and the calendar: the only module that does date arithmetic.

Everything is a string in TIMEX3 form, because that is what anchors, comparisons and the result need; `bounds`
turns a value into days. Arithmetic that would leave the years 1 to 9999 gives None, never an error.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from bot.text.dates.expression import Precision

# First month of each season (northern, by whole months); winter runs into the next year.
SEASON_START = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
SEASON_OF_MONTH = ("WI", "WI", "SP", "SP", "SP", "SU", "SU", "SU", "FA", "FA", "FA", "WI")

_VALUE = re.compile(
    r"(?P<year>\d{4})(?:-(?:(?P<month>\d\d)(?:-(?P<day>\d\d))?|W(?P<week>\d\d)(?P<weekend>-WE)?"
    r"|Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<season>SP|SU|FA|WI)))?(?P<time>T.+)?"
    r"|(?P<decade>\d{3})|(?P<century>\d\d)"
)

Days = tuple[date, date]

# Days that a time named before may last for a unit to be counted from it: a longer one does not say from when.
COARSEST = {"D": 0, "W": 7, "M": 31, "Q": 92}


def make_day(year: int, month: int, day: int) -> date | None:
    """The date, or None when the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def add_days(day: date, count: int) -> date | None:
    """`day` moved by `count` days, None outside the calendar."""
    try:
        return day + timedelta(days=count)
    except OverflowError:
        return None


def add_months(day: date, count: int) -> date | None:
    """`day` moved by whole months, clipped to the month's last day; None outside the calendar."""
    index = day.year * 12 + day.month - 1 + count
    year, month = index // 12, index % 12 + 1
    if not 1 <= year <= 9999:
        return None
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def week_value(day: date) -> str:
    """ISO week of `day`: "1998-W07"."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def quarter_value(day: date) -> str:
    """Calendar quarter of `day`: "1998-Q1"."""
    return f"{day.year:04d}-Q{(day.month + 2) // 3}"


def season_value(day: date) -> str:
    """Season of `day`; January and February belong to the winter that began the year before."""
    year = day.year - 1 if day.month <= 2 else day.year
    return f"{year:04d}-{SEASON_OF_MONTH[day.month - 1]}"


def unit_value(day: date, unit: str) -> str:
    """`day` seen at the size of `unit` (D, W, WE, M, Q, SE, H, Y, E = decade, C = century)."""
    year = f"{day.year:04d}"
    match unit:
        case "W":
            return week_value(day)
        case "WE":
            return week_value(day) + "-WE"
        case "M":
            return f"{year}-{day.month:02d}"
        case "Q":
            return quarter_value(day)
        case "H":
            return f"{year}-H{(day.month + 5) // 6}"
        case "SE":
            return season_value(day)
        case "Y":
            return year
        case "E":
            return year[:3]
        case "C":
            return year[:2]
    return day.isoformat()


_MONTHS_IN = {"M": 1, "Q": 3, "SE": 3, "H": 6, "Y": 12, "E": 120, "C": 1200}
_DAYS_IN = {"D": 1, "W": 7, "WE": 7, "FN": 14}


def shift(day: date, unit: str, count: int) -> date | None:
    """`day` moved by `count` units; None outside the calendar."""
    if unit in _DAYS_IN:
        return add_days(day, count * _DAYS_IN[unit]) if abs(count) < 4_000_000 else None
    if unit in _MONTHS_IN:
        return add_months(day, count * _MONTHS_IN[unit])
    return day


def shifted_value(day: date, unit: str, count: int) -> str | None:
    """The unit that lies `count` units from the one around `day`, as a value."""
    moved = shift(day if unit != "M" else day.replace(day=1), unit, count)
    return unit_value(moved, unit) if moved else None


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _months(year: int, first: int, count: int) -> Days | None:
    """Whole months from `first` on; a span that runs past December goes into the next year."""
    last = first + count - 1
    end_year, end_month = (year, last) if last <= 12 else (year + 1, last - 12)
    return (date(year, first, 1), _month_end(end_year, end_month)) if end_year <= 9999 else None


def _week(year: int, week: int, weekend: bool) -> Days | None:
    try:
        return date.fromisocalendar(year, week, 6 if weekend else 1), date.fromisocalendar(year, week, 7)
    except (ValueError, OverflowError):
        return None


def bounds(value: str) -> Days | None:
    """First and last day of a TIMEX3 value, None when it is not a resolved date."""
    found = _VALUE.fullmatch(value)
    if not found:
        return None
    part = found.groupdict()
    if part["decade"] or part["century"]:
        years = 10 if part["decade"] else 100
        first = int(value) * years
        return (date(max(first, 1), 1, 1), date(first + years - 1, 12, 31))
    year = int(part["year"])
    if year < 1:
        return None
    try:
        if part["day"]:
            day = date(year, int(part["month"]), int(part["day"]))
            return day, day
        if part["month"]:
            return _months(year, int(part["month"]), 1)
    except ValueError:
        return None
    if part["week"]:
        return _week(year, int(part["week"]), bool(part["weekend"]))
    if part["quarter"]:
        return _months(year, int(part["quarter"]) * 3 - 2, 3)
    if part["half"]:
        return _months(year, int(part["half"]) * 6 - 5, 6)
    if part["season"]:
        return _months(year, SEASON_START[part["season"]], 3)
    return date(year, 1, 1), date(year, 12, 31)


def precision_of(value: str) -> Precision | None:
    """How exact a resolved value is; None when it is not a resolved date."""
    found = _VALUE.fullmatch(value)
    if not found or not bounds(value):
        return None
    if found["day"]:
        return "time" if found["time"] else "day"
    if found["month"]:
        return "month"
    if found["year"] and value[:4] == value.partition("T")[0]:
        return "year"
    return "range"


def iso_of(value: str) -> str | None:
    """A Brief's form of a value: day, month, year or `start/end`; None when it is not a resolved date."""
    days, precision = bounds(value), precision_of(value)
    if not days or not precision:
        return None
    start, end = days
    if precision in ("day", "time"):
        return start.isoformat()
    if precision == "month":
        return f"{start.year:04d}-{start.month:02d}"
    if precision == "year":
        return f"{start.year:04d}"
    found = _VALUE.fullmatch(value)
    if found and found["week"]:
        return f"{start.isoformat()}/{end.isoformat()}"
    if found and (found["decade"] or found["century"]):
        return f"{start.year:04d}/{end.year:04d}"
    return f"{start.year:04d}-{start.month:02d}/{end.year:04d}-{end.month:02d}"
