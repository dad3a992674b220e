"""Dates as machines write them: meta tags, JSON-LD, front matter. Prose is the concern of `bot.text.dates`."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

ISO: Final = re.compile(r"\s*(?P<y>\d{4})[-/.]?(?P<m>\d{2})[-/.]?(?P<d>\d{2})(?!\d)")
LOOSE: Final = re.compile(r"\s*(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)")
NAMED: Final = (
    re.compile(
        r"\s*(?:\w{3,9},?\s+)?(?P<month>[A-Z][a-z]{2,8})\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})"
    ),
    re.compile(
        r"\s*(?:\w{3,9},?\s+)?(?P<d>\d{1,2})(?:st|nd|rd|th)?\s+(?P<month>[A-Z][a-z]{2,8})\.?,?\s+(?P<y>\d{4})"
    ),
)
MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
EARLIEST: Final = date(1990, 1, 1)  # before the web: such a "published" is a template's default


def written_date(value: object) -> date | None:
    """The calendar day in `value` as it stands there, whatever its time zone; None where there is none.

    The day as written is the day that the site's readers saw above the article. A date before the web or after
    tomorrow is a template's default or a mistake, and counts as none.
    """
    if not isinstance(value, str):
        return None
    day = _iso(value) or _named(value) or _mail(value)
    latest = datetime.now(UTC).date() + timedelta(days=1)
    return day if day and EARLIEST <= day <= latest else None


def _iso(value: str) -> date | None:
    found = ISO.match(value) or LOOSE.match(value)
    return _day(int(found["y"]), int(found["m"]), int(found["d"])) if found else None


def _named(value: str) -> date | None:
    for pattern in NAMED:
        found = pattern.match(value)
        if found and found["month"][:3].lower() in MONTHS:
            return _day(int(found["y"]), MONTHS.index(found["month"][:3].lower()) + 1, int(found["d"]))
    return None


def _mail(value: str) -> date | None:
    try:
        return parsedate_to_datetime(value).date()
    except (ValueError, TypeError, IndexError):
        return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
