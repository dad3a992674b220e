"""The publication date that a text itself gives: in a "Published ..." line, a dateline, or a line that is a
date."""

from __future__ import annotations

import re
from datetime import date
from enum import IntEnum

from bot.domain.value import Span
from bot.text.dates.expression import TimeExpression
from bot.text.dates.recognise import time_expressions

_HEAD = 3000  # characters in which a document says when it is from
_LINE = 200  # longer lines are prose

_LEADS_TO_DATE = r"\b(?:\s+(?:on|at|am|le|el))?[\s:|—–-]*(?:\w+,?\s+)?$"
_FIRST_PUBLISHED = re.compile(
    r"\b(?:published|posted|date|dated|released|filed|created|issued"
    r"|veröffentlicht|erschienen|publié|publicado|fecha|datum)" + _LEADS_TO_DATE,
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"\b(?:updated|modified|revised|aktualisiert|stand|mis à jour|actualizado)" + _LEADS_TO_DATE, re.IGNORECASE
)
_PLACE = re.compile(r"\s*(?:[A-ZÀ-Þ][\w.'’-]*[\s,]+){1,6}(?:\([^()\n]{1,30}\)[\s,]*)?")
_DATELINE_MARK = re.compile(r"\s*(?:\([^()\n]{1,30}\)\s*)?(?:—|–|--|-|_|/PRNewswire/|:)\s")
_BARE = re.compile(
    r"[\s|•·,()—–-]*(?:by\b[^\n]{0,60})?[\s|•·,()—–-]*"
    r"(?:(?:at\s+)?\d{1,2}[:.]\d\d\s*(?:[ap]\.?m\.?)?\s*[A-Z]{0,5})?[\s.]*",
    re.IGNORECASE,
)


class _Trust(IntEnum):
    PUBLISHED = 0
    DATELINE = 1
    ALONE = 2
    UPDATED = 3


def document_time(text: str) -> tuple[date, Span] | None:
    """Publication day that the head of `text` names, and where; None when it names no full date in such a
    place."""
    head = text[:_HEAD]
    found: list[tuple[_Trust, int, date, Span]] = []
    for expression in time_expressions(head, None):
        day = expression.start_day
        if not day or expression.precision not in ("day", "time") or not _stands_alone(expression):
            continue
        if (trust := _trust(head, expression)) is not None:
            found.append((trust, expression.span.start, day, expression.span))
    if not found:
        return None
    _, _, day, span = min(found, key=lambda item: item[:2])
    return day, span


def _stands_alone(expression: TimeExpression) -> bool:
    """Whether its own words give the day: "released two days later" counts from another day, and dates no text."""
    return any(alone.start_day == expression.start_day for alone in time_expressions(expression.text, None))


def _trust(head: str, expression: TimeExpression) -> _Trust | None:
    line_start = head.rfind("\n", 0, expression.span.start) + 1
    line_end = head.find("\n", expression.span.end)
    line_end = len(head) if line_end < 0 else line_end
    before = head[max(line_start, expression.span.start - _LINE) : expression.span.start]
    after = head[expression.span.end : min(line_end, expression.span.end + _LINE)]
    if _FIRST_PUBLISHED.search(before[-60:]):
        return _Trust.PUBLISHED
    if _UPDATED.search(before[-60:]):
        return _Trust.UPDATED
    if _PLACE.fullmatch(before) and _DATELINE_MARK.match(after):
        return _Trust.DATELINE
    if _BARE.fullmatch(before) and _BARE.fullmatch(after):
        return _Trust.ALONE
    return None
