"""Resolvers of quarters, halves and fiscal years, and of what business news compares them with."""

from __future__ import annotations

from datetime import date

from bot.text.dates.days import full_year, year_of
from bot.text.dates.lexicon import MONTHS
from bot.text.dates.phrase import Discourse, Phrase, Reading, digits_of, ordinal_of
from bot.text.dates.values import add_months, bounds, quarter_value, shift, shifted_value


def _named_year(text: str, said: Discourse) -> int | None:
    """Year said around a quarter or half: figures, or last/this/next year, or a year ago."""
    written = digits_of(text)
    if written is not None:
        return written if written > 99 else full_year(written)
    if not said.published or "year" not in text:
        return None
    if "last" in text or "ago" in text or "earlier" in text:
        return said.published.year - 1
    return said.published.year + (1 if "next" in text else 0)


def fiscal(phrase: Phrase, said: Discourse) -> Reading | None:
    """Fiscal years, read as calendar years of that number."""
    written = digits_of(phrase.text("yr"))
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
    return Reading("DATE", f"{year:04d}-Q{number}", tokens=phrase.adjective() if _plain(phrase) else None)


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


def _plain(phrase: Phrase) -> bool:
    """Whether a quarter is told by its number alone, as an adjective: "its third-quarter profit"."""
    return not phrase.tokens("before") and not phrase.tokens("after")


def half(phrase: Phrase, said: Discourse) -> Reading | None:
    """ "the first half of 1990"."""
    if phrase.words("mon"):
        return None
    text = f"{phrase.words('before')} {phrase.words('after')}"
    year = _named_year(text, said)
    number = 1 if phrase.words("nth") == "first" else 2
    return Reading("DATE", f"{year:04d}-H{number}" if year else f"XXXX-H{number}")


def quarterly(phrase: Phrase, said: Discourse) -> Reading | None:
    """ "the latest quarter", "the year-ago period", "the 1988 quarter"."""
    before, after = phrase.words("before"), phrase.words("after")
    if not said.published:
        return None
    latest = phrase.words("before") == "latest"
    quarter_named = (
        (not latest and said.last_quarter) or latest_quarter(said) or shifted_value(said.published, "Q", -1)
    )
    if not quarter_named:
        return None
    written = digits_of(before)
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


def latest_quarter(said: Discourse) -> str | None:
    """The quarter spoken of, unless it is still to end; then the one before publication."""
    days = bounds(said.last_quarter)
    if not said.published or (days and days[1] <= said.published):
        return said.last_quarter or None
    return shifted_value(said.published, "Q", -1)


def ended_quarter(phrase: Phrase, said: Discourse) -> str | None:
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


def the_quarter(said: Discourse) -> Reading:
    if said.last_quarter:
        return Reading("DATE", said.last_quarter)
    value = shifted_value(said.published, "Q", -1) if said.published else None
    return Reading("DATE", value or "XXXX-QX")


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
            return (
                Reading("DATE", quarter_value(moved), tokens=phrase.adjective(), compared=True) if moved else None
            )
    value = shifted_value(said.published, "Y", -1)
    return Reading("DATE", value, tokens=phrase.adjective(), compared=True) if value else None
