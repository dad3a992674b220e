"""Days that have a name: fixed dates, n-th weekdays of a month, and those that follow Easter (Gregorian)."""

from __future__ import annotations

from datetime import date

from bot.text.dates.days import nearest_day
from bot.text.dates.lexicon import words_of
from bot.text.dates.phrase import Discourse, Phrase, Reading
from bot.text.dates.values import add_days, make_day, week_value

_FIXED = {
    "christmas": (12, 25), "christmas day": (12, 25), "xmas": (12, 25), "christmas eve": (12, 24),
    "boxing day": (12, 26),
    "halloween": (10, 31), "juneteenth": (6, 19), "new year day": (1, 1), "new year eve": (12, 31),
    "independence day": (7, 4), "fourth of july": (7, 4), "veterans day": (11, 11), "armistice day": (11, 11),
    "remembrance day": (11, 11), "valentine day": (2, 14), "may day": (5, 1), "bastille day": (7, 14),
    "earth day": (4, 22), "groundhog day": (2, 2), "patriot day": (9, 11), "st patrick day": (3, 17),
    "cinco de mayo": (5, 5), "inauguration day": (1, 20), "international women day": (3, 8),
}  # fmt: skip
# (month, ISO weekday, which one; -1 is the last)
_NTH = {
    "thanksgiving": (11, 4, 4), "thanksgiving day": (11, 4, 4), "labor day": (9, 1, 1), "memorial day": (5, 1, -1),
    "columbus day": (10, 1, 2), "presidents day": (2, 1, 3), "mother day": (5, 7, 2), "father day": (6, 7, 3),
    "martin luther king day": (1, 1, 3),
}  # fmt: skip
_FROM_EASTER = {
    "easter": 0,
    "easter sunday": 0,
    "easter monday": 1,
    "good friday": -2,
    "palm sunday": -7,
    "ash wednesday": -46,
}

# After a holiday's name: things that are called by it, which need not be of that day.
_CALLED_BY_IT = frozenset(
    words_of(
        "market markets card cards tree trees shopping shoppers party parties dinner dinners lunch lights gift"
        " gifts present presents carol carols concert concerts fair fairs bonus bonuses decorations pudding cake"
        " cakes cookies egg eggs bunny costume costumes turkey turkeys album albums song songs music movie movies"
        " film films sales trade club tale story stories spirit bazaar pageant stocking stockings wreath wreaths"
        " sweater sweaters resolution resolutions traffic spending truce island tradition traditions colours"
        " colors candles stamps appeal charity special cheer retail revue display displays"
    )
)


def easter(year: int) -> date | None:
    """Easter Sunday of a Gregorian year (the anonymous computus)."""
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    lead = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    month = (golden + 11 * epact + 22 * lead) // 451
    index = epact + lead - 7 * month + 114
    return make_day(year, index // 31, index % 31 + 1)


def _nth_weekday(year: int, month: int, weekday: int, which: int) -> date | None:
    first = make_day(year, month, 1)
    if not first:
        return None
    day = 1 + (weekday - first.isoweekday()) % 7 + 7 * (max(which, 1) - 1)
    if which == -1:
        while make_day(year, month, day + 7):
            day += 7
    return make_day(year, month, day)


def holiday_in(name: str, year: int) -> date | None:
    """The day a holiday falls on in a year; None for names that have no rule here."""
    if name in _FIXED:
        return make_day(year, *_FIXED[name])
    if name in _NTH:
        return _nth_weekday(year, *_NTH[name])
    if name == "election day":
        monday = _nth_weekday(year, 11, 1, 1)
        return add_days(monday, 1) if monday else None
    if name == "black friday":
        thursday = _nth_weekday(year, 11, 4, 4)
        return add_days(thursday, 1) if thursday else None
    if name in _FROM_EASTER:
        sunday = easter(year)
        return add_days(sunday, _FROM_EASTER[name]) if sunday else None
    return None


def _name(phrase: Phrase) -> str:
    words = [token.low for token in phrase.tokens("hol") if token.kind == "WORD"]
    return " ".join(word for word in words if word != "jr")


def holiday(phrase: Phrase, said: Discourse) -> Reading | None:
    """A holiday, its year from the words or from the tense."""
    name, suffix = _name(phrase), phrase.words("day")
    if suffix == "eve":
        name = f"{name} eve"
    elif suffix == "day" and f"{name} day" in (_FIXED | _NTH):
        name = f"{name} day"
    written = phrase.words("yr")
    after = phrase.after()
    if not suffix and not written and after is not None and after.low in _CALLED_BY_IT:
        return None
    if not holiday_in(name, 2000):
        return Reading("DATE", written or "XXXX") if written else None
    year = int(written) if written else _year(phrase, said, name)
    found = holiday_in(name, year) if year and 1 <= year <= 9999 else None
    if not found:
        fixed = _FIXED.get(name)
        return Reading("DATE", f"XXXX-{fixed[0]:02d}-{fixed[1]:02d}" if fixed else "XXXX-XX-XX")
    return Reading("DATE", week_value(found) if suffix == "week" else found.isoformat())


def _year(phrase: Phrase, said: Discourse, name: str) -> int | None:
    if not said.published:
        return None
    ref = said.published
    this_year = holiday_in(name, ref.year)
    if not this_year:
        return None
    lead = phrase.tokens()[0].low
    if lead in ("last", "past", "previous"):
        return ref.year if this_year < ref else ref.year - 1
    if lead in ("next", "coming"):
        return ref.year if this_year > ref else ref.year + 1
    if lead == "this":
        return ref.year
    years = (ref.year - 1, ref.year, ref.year + 1)
    found = [day for year in years if 1 <= year <= 9999 and (day := holiday_in(name, year))]
    return nearest_day(found, ref, phrase.tense).year
