"""The value this package hands out: one place in a text that speaks of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.domain.value import Span

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Precision = Literal["day", "month", "year", "range", "time"]


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A stretch of text that names a time, and what it means on the calendar.

    `value` follows TimeML's TIMEX3 ("1998-02-13", "1998-W07", "P3D", "XXXX-WXX-5", "PAST_REF", ...).
    `start_day` and
    `end_day` are the first and last day meant, both None when text and publication date do not say. `iso` is
    the form a Brief prints (day, month, year, or `start/end`), None for durations, sets and everything
    unresolved.
    """

    span: Span
    text: str
    type: TimexType
    value: str
    start_day: date | None = None
    end_day: date | None = None
    precision: Precision | None = None
    iso: str | None = None
    background: bool = False  # lies more than a year before the publication date: history, not news
