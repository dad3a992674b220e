"""Resolvers of days and of times on them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from bot.text.dates.lexicon import MONTHS, WEEKDAYS, words_of
from bot.text.dates.phrase import Discourse, Phrase, Reading, ordinal_of, spoken_year
from bot.text.dates.tense import Tense
from bot.text.dates.values import add_days, bounds, make_day

_FAR_BACK = 340
_DIGITS = re.compile(r"\d+")
_TO = ("to", "until", "till", "through", "-", "–", "—")
_FAR = 300  # days; news names the year of what is farther off
_DEICTIC = {
    "today": 0,
    "yesterday": -1,
    "tomorrow": 1,
    "the day before yesterday": -2,
    "the day after tomorrow": 2,
}
_PAPERS = frozenset(
    words_of(
        """
        times mirror telegraph herald post mail express independent observer tribune globe star sun news
        journal mercury gazette dispatch review press football
        """
    )
)
_SHIFT_BACK = frozenset({"last", "past", "this past", "the last", "this last", "the past"})
_SHIFT_ON = frozenset(
    {"next", "coming", "upcoming", "this coming", "this next", "the coming", "this upcoming", "the upcoming"}
)
_ANCHORED = frozenset(
    {"the following", "following", "that", "the same", "the next", "the previous", "previous", "the preceding"}
)


def resolve_day(phrase: Phrase, said: Discourse) -> str | None:
    """Value of the DAYREF inside a phrase: a day, or as much of it as is known; None when it is no date."""
    if phrase.tokens("mon"):
        return _day_in_month(phrase, said, "mon", "dom", "yr")
    if phrase.tokens("dmon"):
        return _day_in_month(phrase, said, "dmon", "dmy", "dyr")
    if phrase.tokens("wd"):
        return _weekday(phrase, said)
    if deictic := phrase.words("deictic"):
        if deictic == "today" and _is_usa_today(phrase):
            return None
        if not said.published:
            return "XXXX-XX-XX"
        day = add_days(said.published, _DEICTIC[deictic])
        return day.isoformat() if day else None
    if numeric := phrase.tokens("numeric"):
        if numeric[0].kind == "HANDATE":
            return _han_day(phrase, said)
        return numeric_day(phrase.text("numeric"), day_first=said.day_first)
    return None


def _is_usa_today(phrase: Phrase) -> bool:
    before = phrase.before()
    first = phrase.tokens()[0]
    return before is not None and first.text[0].isupper() and before.text[0].isupper() and before.kind == "WORD"


def numeric_day(text: str, *, day_first: bool = False) -> str | None:
    """Value of "2021-08-13", "8/13/2021", "13.08.2021"; slashes are read month first, unless
    that cannot be or the language puts the day first."""
    date_part = text.replace("t", "T").partition("T")[0].split(" ")[0]
    separator = next((mark for mark in "-/." if mark in date_part), "-")
    pieces = date_part.split(separator)
    if len(pieces) != 3 or not all(piece.isascii() and piece.isdigit() for piece in pieces):
        return None
    one, two, three = (int(piece) for piece in pieces)
    if len(pieces[0]) == 4:
        day = make_day(one, two, three)
    elif len(pieces[2]) in (2, 4) and len(pieces[0]) <= 2:
        if len(pieces[2]) == 2 and separator == ".":
            return None
        year = three if len(pieces[2]) == 4 else full_year(three)
        first_month = make_day(year, one, two)
        first_day = make_day(year, two, one)
        day = first_day or first_month if day_first or separator == "." else first_month or first_day
    else:
        return None
    return day.isoformat() if day and 1000 <= day.year <= 2199 else None


def _han_day(phrase: Phrase, said: Discourse) -> str | None:
    """Value of a day as Japanese and Chinese write it: 2026年3月2日, 3月2日."""
    *years, month, number = (int(digits) for digits in _DIGITS.findall(phrase.text("numeric")))
    day = make_day(years[0], month, number) if years else yearless_day(phrase, said, month, number)
    if day is None and not years and make_day(2000, month, number):
        return f"XXXX-{month:02d}-{number:02d}"
    return day.isoformat() if day and 1000 <= day.year <= 2199 else None


def full_year(short: int) -> int:
    """The year a two-digit one stands for: 1950 to 2049."""
    return 1900 + short if short >= 50 else 2000 + short


def year_of(phrase: Phrase, group: str, said: Discourse) -> int | None:
    """Year written in a group ("1998", "'98") or said in words in `yrel` ("last year")."""
    if spoken := phrase.tokens("words"):
        return spoken_year(spoken)
    digits = "".join(mark for mark in phrase.text(group) if mark.isascii() and mark.isdigit())
    if digits:
        return int(digits) if len(digits) == 4 else full_year(int(digits))
    relative = phrase.words("yrel")
    if not relative or not said.published:
        return None
    if "that" in relative and (days := bounds(said.last)):
        return days[0].year
    return said.published.year + (-1 if "last" in relative else 1 if "next" in relative else 0)


def _day_in_month(
    phrase: Phrase, said: Discourse, month_group: str, day_group: str, year_group: str
) -> str | None:
    month = MONTHS[phrase.tokens(month_group)[0].low]
    tokens = [token for token in phrase.tokens(day_group) if token.low != "the"]
    number = ordinal_of(tokens) or (int(tokens[0].low) if tokens[0].low.isdigit() else None)
    if not number:
        return None
    year = year_of(phrase, year_group, said)
    if year is not None:
        day = make_day(year, month, number)
        return day.isoformat() if day else None
    if not make_day(2000, month, number):
        return None
    day = yearless_day(phrase, said, month, number)
    return day.isoformat() if day else f"XXXX-{month:02d}-{number:02d}"


def yearless_day(phrase: Phrase, said: Discourse, month: int, number: int) -> date | None:
    """The year-less date that is meant: on the side of publication that the tense says, else the nearest."""
    if said.narrative and (days := bounds(said.last)):
        return make_day(days[0].year, month, number)
    if not said.published:
        return None
    if said.last_end == phrase.first - 1 and phrase.preceded_by(*_TO) and (days := bounds(said.last)):
        return _end_of_stretch(days[0], month, number) or _nearest(phrase, said.published, month, number)
    return _nearest(phrase, said.published, month, number)


def _end_of_stretch(start: date, month: int, number: int) -> date | None:
    """The first such day behind `start`: "from May 3 to June 20". None where a writer would have said the year."""
    found = (make_day(year, month, number) for year in (start.year, start.year + 1))
    return next((day for day in found if day and 0 <= (day - start).days < _FAR), None)


def _nearest(phrase: Phrase, ref: date, month: int, number: int) -> date | None:
    found = [day for year in (ref.year - 1, ref.year, ref.year + 1) if (day := make_day(year, month, number))]
    return nearest_day(found, ref, phrase.tense) if found else None


def nearest_day(days: Sequence[date], ref: date, tense: Tense | None) -> date:
    """The day nearest to `ref`, on the side that the tense says unless that is far off."""
    past = [day for day in days if day <= ref]
    future = [day for day in days if day >= ref]
    if tense == "past" and past and (ref - past[-1]).days < _FAR_BACK:
        return past[-1]
    if tense == "future" and future and (future[0] - ref).days < _FAR:
        return future[0]
    return min(days, key=lambda day: abs((day - ref).days))


def _weekday(phrase: Phrase, said: Discourse) -> str | None:
    number = WEEKDAYS[phrase.tokens("wd")[0].low]
    follows = phrase.after()
    if follows and follows.text[0].isupper() and follows.low in _PAPERS:
        return None
    shift = phrase.words("shift")
    tense = None if follows is not None and follows.kind == "POSS" else phrase.tense
    ref = said.anchor() if shift in _ANCHORED else said.published
    if not ref:
        return f"XXXX-WXX-{number}"
    back, ahead = (ref.isoweekday() - number) % 7, (number - ref.isoweekday()) % 7
    if shift in _SHIFT_BACK or shift in ("the previous", "previous", "the preceding"):
        step = -(back or 7)
    elif shift in _SHIFT_ON or shift in ("the following", "following", "the next"):
        step = ahead or 7
    elif shift == "this":
        step = -back if tense == "past" else ahead
    else:
        step = ahead if tense == "future" else -back
    day = add_days(ref, step)
    return day.isoformat() if day else None


def day(phrase: Phrase, said: Discourse) -> Reading | None:
    """A day, however named."""
    value = resolve_day(phrase, said)
    if not value:
        return None
    _, mark, clock = phrase.text("numeric").partition("t")
    return Reading("TIME", f"{value}T{clock.upper()}") if mark and value[0].isdigit() else Reading("DATE", value)


def sept_eleven(phrase: Phrase, _: Discourse) -> Reading | None:
    """ "9/11", "the Sept. 11 attacks": the day in 2001, whatever year the article is from."""
    tokens = phrase.tokens("dom")
    if tokens and (MONTHS[phrase.tokens("mon")[0].low] != 9 or (ordinal_of(tokens) or int(tokens[0].low)) != 11):
        return None
    return Reading("DATE", "2001-09-11", compared=True)


def day_list(phrase: Phrase, said: Discourse) -> tuple[Reading, ...] | None:
    """ "May 3-5", "24 or 25 April": two days of one month, each an expression of its own."""
    month = MONTHS[phrase.tokens("mon")[0].low]
    year = year_of(phrase, "yr", said)
    readings = []
    for group in ("a", "b"):
        token = phrase.tokens(group)[0]
        number = ordinal_of([token]) or int(token.low)
        if not make_day(2000, month, number):
            return None
        day = make_day(year, month, number) if year else yearless_day(phrase, said, month, number)
        if year and not day:
            return None
        value = day.isoformat() if day else f"XXXX-{month:02d}-{number:02d}"
        start, end = phrase.start_of(group)
        readings.append((value, start, end))
    (one, start_a, end_a), (two, start_b, end_b) = readings
    month_first = phrase.start_of("mon")[0] < start_a
    first = (phrase.first, end_a) if month_first else (start_a, end_a)
    second = (start_b, end_b) if month_first and not phrase.tokens("yr") else (start_b, phrase.end)
    return Reading("DATE", one, tokens=first), Reading("DATE", two, tokens=second)


def day_of_month(phrase: Phrase, said: Discourse) -> Reading | None:
    """ "the 13th": a day of the month last spoken of."""
    number = ordinal_of(phrase.tokens("dom"))
    follows = phrase.after()
    if (
        not number
        or number > 31
        or (follows and follows.kind == "WORD" and follows.low not in ("and", "to", "but", "when", "at"))
    ):
        return None
    if not phrase.preceded_by("on", "by", "until", "of"):
        return None
    anchor = said.anchor()
    found = make_day(anchor.year, anchor.month, number) if anchor else None
    return Reading("DATE", found.isoformat() if found else f"XXXX-XX-{number:02d}")
