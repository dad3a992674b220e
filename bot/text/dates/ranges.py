"""Two dates that are the ends of one stretch: "between 1990 and 1995", "from May to July", "May 3-5".

TIMEX3 counts each end as an expression of its own; a timeline wants the stretch.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.domain.value import Span
from bot.text.dates.expression import TimeExpression

_JOINS = re.compile(
    r"\s*(?:-|–|—|\bto\b|\buntil\b|\btill\b|\bthrough\b|\bbis\b|\bà\b|\bau\b|\ba\b|\bhasta\b)\s*", re.IGNORECASE
)
_AND = re.compile(r"\s*\b(?:and|und|et|y)\b\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|zwischen|entre)\s+(?:the\s+)?$", re.IGNORECASE)
_REACH = 24  # characters before the first date in which "between" stands


def date_ranges(text: str, expressions: Sequence[TimeExpression]) -> list[TimeExpression]:
    """The stretches that neighbouring `expressions` of `text` bound, in order, the end not before the start."""
    return list(_ranges(text, expressions))


def _ranges(text: str, expressions: Sequence[TimeExpression]) -> Iterator[TimeExpression]:
    for first, last in pairwise(expressions):
        if not (first.iso and last.iso and first.start_day and last.end_day) or first.start_day > last.end_day:
            continue
        between = text[first.span.end : last.span.start]
        lead = text[max(0, first.span.start - _REACH) : first.span.start]
        if not (_JOINS.fullmatch(between) or (_AND.fullmatch(between) and _BETWEEN.search(lead))):
            continue
        span = Span(first.span.start, last.span.end)
        start, end = first.iso.partition("/")[0], last.iso.rpartition("/")[2]
        yield TimeExpression(
            span=span,
            text=span.of(text),
            type="DATE",
            value=f"{first.value}/{last.value}",
            start_day=first.start_day,
            end_day=last.end_day,
            precision="range",
            iso=f"{start}/{end}",
            background=first.background and last.background,
        )
