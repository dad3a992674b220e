"""Resolvers of months, years, quarters, seasons and the like."""

from __future__ import annotations

from datetime import date

from bot.text.dates.days import full_year, resolve_day, year_of
from bot.text.dates.lexicon import MONTHS, SEASONS, UNITS, WEEKDAYS, words_of
from bot.text.dates.phrase import Discourse, Phrase, Reading, ordinal_of, spoken_year
from bot.text.dates.values import (
    add_days,
    add_months,
    bounds,
    quarter_value,
    season_value,
    shift,
    shifted_value,
    unit_value,
    week_value,
)

_PREPOSITIONS = frozenset(
    words_of(
        """
        in since of by until till from to through between during after before for and or late early mid
        next last this every the each into around about beyond throughout than
        """
    )
)
_SURE_PREPOSITIONS = _PREPOSITIONS - {
    "and",
    "or",
    "for",
    "by",
    "than",
    "about",
    "around",
    "the",
    "each",
    "before",
    "after",
}
_NAME_LIKE = frozenset({"may", "march", "april", "june", "august"})
_DECADES = {
    "twenties": 2,
    "thirties": 3,
    "forties": 4,
    "fifties": 5,
    "sixties": 6,
    "seventies": 7,
    "eighties": 8,
    "nineties": 9,
}


def _digits(text: str) -> int | None:
    figures = "".join(mark for mark in text if mark.isascii() and mark.isdigit())
    return int(figures) if figures else None


def month(phrase: Phrase, said: Discourse) -> Reading | None:
    """A month, its year from the words or from the tense."""
    token = phrase.tokens("mon")[0]
    number = MONTHS[token.low]
    year, stage, relation = year_of(phrase, "yr", said), phrase.words("stage"), phrase.words("shift")
    if year is None and not stage and not relation and not _month_alone(phrase, token.low):
        return None
    if year is None:
        year = _month_year(phrase, said, number, relation)
    return Reading("DATE", f"{year:04d}-{number:02d}" if year else f"XXXX-{number:02d}")


def _month_alone(phrase: Phrase, low: str) -> bool:
    """Whether a bare month name is a month and not a person, a verb or part of a name."""
    before, after = phrase.before(), phrase.after()
    surname = low in _NAME_LIKE and after is not None and after.kind == "WORD" and after.text[0].isupper()
    if before and before.low in (_SURE_PREPOSITIONS if surname or low == "may" else _PREPOSITIONS):
        return True
    if len(low) == 3 and low != "may":
        return False
    if low not in _NAME_LIKE:
        return True
    by_name = (before and before.text[0].isupper()) or (after and after.text[0].isupper() and after.kind == "WORD")
    return not by_name and low not in ("may", "march")


def _month_year(phrase: Phrase, said: Discourse, number: int, relation: str) -> int | None:
    if (said.narrative or relation in ("the following", "that")) and (days := bounds(said.last)):
        anchor = days[1]
        return anchor.year + (relation == "the following" and number <= anchor.month)
    if not said.published:
        return None
    year, current = said.published.year, said.published.month
    tense = phrase.tense
    if phrase.preceded_by("until", "through", "till", "by"):  # a limit lies ahead, or near
        tense = None if tense == "past" else "future"
    if relation in ("last", "this past"):
        chosen = year if number < current else year - 1
    elif relation in ("next", "this coming"):
        chosen = year if number > current else year + 1
    elif relation == "this":
        chosen = year
    elif tense == "past":
        chosen = year if number <= current else year - 1
    elif tense == "future":
        chosen = year if number >= current else year + 1
    else:
        chosen = _nearest_year(year, current, number)
    return chosen if 1 <= chosen <= 9999 else None


def _nearest_year(year: int, current: int, number: int) -> int:
    """The year whose month `number` is nearest to month `current` of `year`."""
    if (number - current) % 12 < 6:
        return year if number >= current else year + 1
    return year if number < current else year - 1


_NOT_YEARS = frozenset(
    {
        "room",
        "flight",
        "route",
        "highway",
        "section",
        "chapter",
        "number",
        "no",
        "page",
        "suite",
        "model",
        "windows",
        "channel",
    }
)


def year(phrase: Phrase, said: Discourse) -> Reading | None:
    """A year in figures or words, where the words around do not make it a number."""
    if tokens := phrase.tokens("words"):
        value = spoken_year(tokens)
        if value is None and len(tokens) == 1:
            value = full_year(_digits(tokens[0].low) or 0)
        return Reading("DATE", f"{value:04d}") if value else None
    value = _digits(phrase.text("yr"))
    if value is None or not _stands_as_year(phrase):
        return None
    return Reading("DATE", f"{value:04d}") if len(phrase.tokens()) > 1 or _year_alone(phrase, value) else None


def _stands_as_year(phrase: Phrase) -> bool:
    """Whether nothing beside four figures makes them a room, a price, a share or the end of a telephone number."""
    before, further, after = phrase.before(), phrase.before(2), phrase.after()
    if after is not None and (after.text in ("%", "/", ":") or after.kind == "NUMBER"):
        return False
    if before is None:
        return True
    if before.low in _NOT_YEARS or before.text in "$€£#.:/" or before.kind in ("NUMBER", "CLOCK"):
        return False
    joined = before.text in "-–" and before.end == phrase.tokens()[0].start
    return not (joined and further is not None and further.kind == "NUMBER" and further.end == before.start)


def _year_alone(phrase: Phrase, value: int) -> bool:
    """Whether a bare number is a year: by its size, the preposition before it and the noun behind it."""
    before, after = phrase.before(), phrase.after()
    word = before.low if before is not None else ""
    plural = after is not None and after.kind == "WORD" and after.text.islower() and after.low.endswith("s")
    if plural and after is not None and after.low not in _AFTER_YEAR and word not in ("in", "since", "of"):
        return False
    return 1900 <= value <= 2050 or word in _YEAR_LEADS


_YEAR_LEADS = frozenset({"in", "since", "by", "from", "until", "between", "and", "of", "to"})
_AFTER_YEAR = frozenset(
    words_of(
        """
        was is as has its his this results elections plans years does sales earnings levels profits
        olympics
        """
    )
)


def bc(phrase: Phrase, _: Discourse) -> Reading | None:
    """ "490 BC"."""
    value = _digits(phrase.text("yr"))
    return Reading("DATE", f"BC{value:04d}") if value and value < 10000 else None


def quarter_sign(phrase: Phrase, said: Discourse) -> Reading | None:
    """ "Q3 2020", "H1": the short form of quarters and halves."""
    sign = phrase.text("sign").upper()
    year = year_of(phrase, "yr", said)
    if year is None and said.published:
        year = said.published.year
        days = bounds(f"{year:04d}-{sign}")
        if days and days[0] > said.published and phrase.tense != "future":
            year -= 1
    return Reading("DATE", f"{year:04d}-{sign}" if year else f"XXXX-{sign}")


def year_span(phrase: Phrase, _: Discourse) -> Reading | tuple[Reading, ...] | None:
    """ "1990-95": two years."""
    first, second = phrase.text("yr"), phrase.text("b")
    second = second if len(second) == 4 else first[:2] + second
    if second <= first or int(second) - int(first) > 150:
        return None
    start, end = phrase.start_of("b")
    return Reading("DATE", first, tokens=(phrase.first, phrase.first + 1)), Reading(
        "DATE", second, tokens=(start, end)
    )


def decade(phrase: Phrase, said: Discourse) -> Reading | None:
    """ "the 1990s", "the late '80s", "the nineties"."""
    if word := phrase.words("words"):
        return Reading("DATE", f"19{_DECADES[word]}")
    digits = _digits(phrase.text("dec"))
    if digits is None:
        return None
    if digits < 100:
        return Reading("DATE", f"19{digits // 10}" if digits >= 20 else f"20{digits // 10}")
    return Reading("DATE", f"{digits // 10:03d}") if 1000 <= digits <= 2200 else None


def century(phrase: Phrase, _: Discourse) -> Reading | None:
    """ "the 20th century"."""
    number = ordinal_of(phrase.tokens("nth"))
    return Reading("DATE", f"{number - 1:02d}") if number and 2 <= number <= 99 else None


def fiscal(phrase: Phrase, said: Discourse) -> Reading | None:
    """Fiscal years, read as calendar years of that number."""
    written = _digits(phrase.text("yr"))
    if written is not None:
        return Reading("DATE", f"{written if written > 99 else full_year(written):04d}")
    which = phrase.words("which")
    if not which:
        return Reading("DURATION", "P1Y")
    if not said.published:
        return Reading("DATE", "XXXX")
    step = {"last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1}.get(which, 0)
    value = shifted_value(said.published, "Y", step)
    return Reading("DATE", value) if value else None


def year_end(phrase: Phrase, said: Discourse) -> Reading | None:
    """ "year-end", "the end of the year"."""
    written = _digits(phrase.text("yr"))
    if written is None and not said.published:
        return Reading("DATE", "XXXX")
    step = -1 if "last" in phrase.words() else 1 if "next" in phrase.words() else 0
    year = written or (said.published.year + step if said.published else 0)
    return Reading("DATE", f"{year:04d}") if 1 <= year <= 9999 else None


def _named_year(text: str, said: Discourse) -> int | None:
    """Year said around a quarter or half: figures, or last/this/next year, or a year ago."""
    written = _digits(text)
    if written is not None:
        return written if written > 99 else full_year(written)
    if not said.published or "year" not in text:
        return None
    if "last" in text or "ago" in text or "earlier" in text:
        return said.published.year - 1
    return said.published.year + (1 if "next" in text else 0)


def quarter(phrase: Phrase, said: Discourse) -> Reading | None:
    """ "the third quarter (of 1990)"."""
    number = ordinal_of(phrase.tokens("nth"))
    if number is None or number > 4:
        return None
    year = _named_year(f"{phrase.words('before')} {phrase.words('after')}", said)
    if year is None:
        if not said.published:
            return Reading("DATE", f"XXXX-Q{number}")
        year, current = said.published.year, (said.published.month + 2) // 3
        if number > current and (phrase.tense == "past" or number - current > 1):
            year -= 1
        elif number < current and phrase.tense == "future" and number == 1:
            year += 1
    return Reading("DATE", f"{year:04d}-Q{number}")


def half(phrase: Phrase, said: Discourse) -> Reading | None:
    """ "the first half of 1990"."""
    if phrase.words("mon"):
        return None
    text = f"{phrase.words('before')} {phrase.words('after')}"
    year = _named_year(text, said)
    number = 1 if phrase.words("nth") == "first" else 2
    return Reading("DATE", f"{year:04d}-H{number}" if year else f"XXXX-H{number}")


def season(phrase: Phrase, said: Discourse) -> Reading | None:
    """A season; bare "fall" and "spring" need a companion to be one."""
    name, relation = SEASONS[phrase.words("sea")], phrase.words("shift")
    year = year_of(phrase, "yr", said)
    if year is None and not relation and not _season_alone(phrase):
        return None
    if year is None:
        year = _season_year(phrase, said, name, relation)
    return Reading("DATE", f"{year:04d}-{name}" if year else f"XXXX-{name}")


def _season_alone(phrase: Phrase) -> bool:
    if phrase.words("sea") in ("fall", "spring"):
        after = phrase.after()
        return phrase.preceded_by("in", "since", "by", "until", "late", "early") and not (
            after is not None and after.low in ("in", "of", "to", "love")
        )
    return True


def _season_year(phrase: Phrase, said: Discourse, name: str, relation: str) -> int | None:
    ref = bounds(said.last)[0] if said.narrative and bounds(said.last) else said.published  # type: ignore[index]
    if not ref:
        return None
    year = ref.year
    current = season_value(ref)
    same = f"{year:04d}-{name}"
    begins = bounds(same)
    passed = begins is not None and begins[1] < ref
    started = begins is not None and begins[0] <= ref
    if relation in ("last", "this past", "past", "the previous"):
        if relation == "last" and name == current[-2:]:
            return year - 1
        return year if passed or (started and name != current[-2:]) else year - 1
    if relation in ("next", "this coming"):
        return year if not started else year + 1
    if relation == "this":
        return year
    if phrase.tense == "future":
        return year if not passed else year + 1
    return year if started else year - 1


def weekend(phrase: Phrase, said: Discourse) -> Reading | None:
    """ "the weekend", "next weekend": that of the week, or the one just over."""
    relation = phrase.words("shift")
    ref = said.anchor() if relation in ("that", "the previous", "the following") else said.published
    if not ref:
        return Reading("DATE", "XXXX-WXX-WE")
    step = 0
    if relation in ("last", "this past", "the past", "the previous") or (
        relation == "the" and phrase.tense != "future"
    ):
        step = -1 if ref.isoweekday() <= 5 else 0
        if relation == "last" and ref.isoweekday() > 5:
            step = -1
    elif relation in ("next", "the following"):
        step = 1
    value = shifted_value(ref, "WE", step)
    return Reading("DATE", value) if value else None


_LENGTH = {"D": 0, "W": 7, "M": 31, "Q": 92}  # days; a longer time named before does not say which is meant
_STEPS = dict.fromkeys(words_of("last past previous preceding prior"), -1)
_STEPS |= dict.fromkeys(words_of("next coming upcoming following ensuing subsequent"), 1)
_ANCHORED = frozenset(
    {"following", "that", "same", "that same", "previous", "preceding", "prior", "ensuing", "subsequent"}
)


def relative(phrase: Phrase, said: Discourse) -> Reading | None:
    """ "last week", "this year", "the following month", "that day"."""
    unit, words = UNITS[phrase.words("unit")], phrase.words("shift").split()
    relation = " ".join(words)
    unit = "W" if unit == "FN" else unit
    if relation == "this" and phrase.tokens("unit")[0].text[0].isupper() and len(phrase.tokens()) == 2:
        return None  # "This Week", a programme
    anchored = relation in _ANCHORED or (relation == "next" and unit == "D")
    ref: date | None = said.published
    if anchored and (days := bounds(said.last)):
        ref = said.anchor() if unit == "D" and said.seen_days else days[0]
        if (days[1] - days[0]).days > _LENGTH.get(unit, 400):
            ref = said.seen_days[-1] if said.seen_days else None
    if unit == "L":
        return None
    if not ref:
        return Reading(
            "DATE",
            {"Y": "XXXX", "M": "XXXX-XX", "W": "XXXX-WXX", "Q": "XXXX-QX", "D": "XXXX-XX-XX"}.get(unit, "XXXX"),
        )
    if relation == "latest":
        if unit != "Q":
            return None
        return Reading("DATE", _latest_quarter(said) or "XXXX-QX")
    if relation == "this" and unit == "Q" and said.last_quarter and phrase.tense == "past":
        return Reading("DATE", said.last_quarter)
    if relation == "this" and unit == "D":
        return Reading("DATE", ref.isoformat())
    step = next((_STEPS[word] for word in words if word in _STEPS), 0)
    value = shifted_value(ref, unit, step)
    return Reading("DATE", value) if value else None


def the_unit(phrase: Phrase, said: Discourse) -> Reading | None:
    """ "the year", "the quarter", "the day": what was last spoken of, at that size."""
    name = phrase.words("unit")
    after = phrase.after()
    if name == "quarter":
        if ended := _ended_quarter(phrase, said):
            return Reading("DATE", ended)
        if phrase.preceded_by("than") or (after is not None and after.low in ("of", "century")):
            return None
        return _the_quarter(said)
    staged = len(phrase.tokens()) > 2
    if name == "year":
        if after and after.low in ("ended", "ending", "before", "after"):
            return Reading("DURATION", "P1Y")
        return Reading("DATE", unit_value(said.published, "Y")) if said.published else Reading("DATE", "XXXX")
    if name in ("decade", "century", "period"):
        return None
    ref = said.anchor()
    if not ref or (name == "day" and after and after.low in ("of", "when", "that", "before", "after", "the")):
        return None
    if name == "day" and not (staged or phrase.preceded_by("in", "of", "for", "on", "during")):
        return None
    value = unit_value(ref if name == "day" else said.published or ref, UNITS[name])
    return Reading("DATE", value)


def _latest_quarter(said: Discourse) -> str | None:
    """The quarter spoken of, unless it is still to end; then the one before publication."""
    days = bounds(said.last_quarter)
    if not said.published or (days and days[1] <= said.published):
        return said.last_quarter or None
    return shifted_value(said.published, "Q", -1)


def _ended_quarter(phrase: Phrase, said: Discourse) -> str | None:
    """ "the quarter ended July 31": the calendar quarter that holds its middle."""
    verb, name = phrase.after(), phrase.after(1)
    if verb is None or name is None or verb.low not in ("ended", "ending") or name.low not in MONTHS:
        return None
    if not said.published:
        return None
    number = MONTHS[name.low]
    year = (
        said.published.year if number <= said.published.month or verb.low == "ending" else said.published.year - 1
    )
    middle = add_months(date(year, number, 1), -1)
    return quarter_value(middle) if middle else None


def _the_quarter(said: Discourse) -> Reading:
    if said.last_quarter:
        return Reading("DATE", said.last_quarter)
    value = shifted_value(said.published, "Q", -1) if said.published else None
    return Reading("DATE", value or "XXXX-QX")


def quarterly(phrase: Phrase, said: Discourse) -> Reading | None:
    """ "the latest quarter", "the year-ago period", "the 1988 quarter"."""
    before, after = phrase.words("before"), phrase.words("after")
    if not said.published:
        return None
    latest = phrase.words("before") == "latest"
    quarter_named = (
        (not latest and said.last_quarter) or _latest_quarter(said) or shifted_value(said.published, "Q", -1)
    )
    if not quarter_named:
        return None
    written = _digits(before)
    text = before + " " + after
    if written:
        return Reading("DATE", f"{written:04d}{quarter_named[4:]}", compared=written < said.published.year)
    back = any(word in text for word in ("ago", "earlier", "last"))
    if back and not after and before.startswith("comparable"):
        back = True
    year = int(quarter_named[:4])
    if back and year >= said.published.year:
        year -= 1
    return Reading("DATE", f"{year:04d}{quarter_named[4:]}", compared=back) if year > 0 else None


def week_of(phrase: Phrase, said: Discourse) -> Reading | None:
    """ "the week of March 6"."""
    days = bounds(resolve_day(phrase, said) or "")
    return Reading("DATE", week_value(days[0])) if days else None


def weekday_week(phrase: Phrase, said: Discourse) -> Reading | None:
    """ "Tuesday of next week"."""
    number = WEEKDAYS[phrase.words("wd")]
    if not said.published:
        return Reading("DATE", f"XXXX-WXX-{number}")
    step = {"last": -1, "next": 1}.get(phrase.words("shift"), 0)
    found = add_days(said.published, 7 * step + number - said.published.isoweekday())
    return Reading("DATE", found.isoformat()) if found else None


def before_last(phrase: Phrase, said: Discourse) -> Reading | None:
    """ "the week before last", "the year after next"."""
    unit = UNITS[phrase.words("unit")]
    if not said.published:
        return None
    value = shifted_value(said.published, unit, 2 if "next" in phrase.words("side") else -2)
    return Reading("DATE", value) if value else None


def year_ago(phrase: Phrase, said: Discourse) -> Reading | None:
    """ "a year earlier", "year-ago": the same quarter, month or year one year before what is compared."""
    words = phrase.words()
    if not said.published:
        return Reading("DATE", "XXXX")
    near = said.last_quarter and phrase.first - said.quarter_token < 400
    if near:
        ref = bounds(said.last_quarter)
        if ref and ref[0].year >= said.published.year - (0 if "ago" in words else 1):
            moved = shift(ref[0], "Y", -1) if ref[0].year == said.published.year else ref[0]
            return Reading("DATE", quarter_value(moved), compared=True) if moved else None
    value = shifted_value(said.published, "Y", -1)
    return Reading("DATE", value, compared=True) if value else None
