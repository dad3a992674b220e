"""Resolvers of years and longer: when four figures are a year, decades, centuries."""

from __future__ import annotations

from bot.text.dates.days import full_year
from bot.text.dates.lexicon import words_of
from bot.text.dates.phrase import Discourse, Phrase, Reading, digits_of, ordinal_of, spoken_year

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
_SURE_YEAR_LEADS = frozenset({"in", "since", "until", "between"})
_YEAR_LEADS = frozenset({"in", "since", "by", "from", "until", "between", "and", "of", "to"})
_AFTER_YEAR = frozenset(
    words_of(
        "was is as has its his this also always perhaps sees saw results elections plans years does "
        "sales earnings "
        "levels profits olympics"
    )
)
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


def year(phrase: Phrase, said: Discourse) -> Reading | None:
    """A year in figures or words, where the words around do not make it a number."""
    if tokens := phrase.tokens("words"):
        value = spoken_year(tokens)
        if value is None and len(tokens) == 1:
            value = full_year(digits_of(tokens[0].low) or 0)
        return Reading("DATE", f"{value:04d}") if value else None
    value = digits_of(phrase.text("yr"))
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
    if before.low in _NOT_YEARS or before.text in "$€£#" or before.kind in ("NUMBER", "CLOCK"):
        return False
    joined = before.end == phrase.tokens()[0].start
    if joined and before.text in ".:/":
        return False
    return not (
        joined
        and before.text in "-–"
        and further is not None
        and further.kind == "NUMBER"
        and further.end == before.start
    )


def _year_alone(phrase: Phrase, value: int) -> bool:
    """Whether a bare number is a year: by its size, the preposition before it and the noun behind it."""
    before, after = phrase.before(), phrase.after()
    word = before.low if before is not None else ""
    plural = after is not None and after.kind == "WORD" and after.text.islower() and after.low.endswith("s")
    if plural and after is not None and after.low not in _AFTER_YEAR and word not in ("in", "since", "of"):
        return False
    return 1900 <= value <= 2050 or word in (_YEAR_LEADS if value >= 1500 else _SURE_YEAR_LEADS)


def bc(phrase: Phrase, _: Discourse) -> Reading | None:
    """ "490 BC"."""
    value = digits_of(phrase.text("yr"))
    return Reading("DATE", f"BC{value:04d}") if value and value < 10000 else None


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
    digits = digits_of(phrase.text("dec"))
    if digits is None:
        return None
    if digits < 100:
        return Reading("DATE", f"19{digits // 10}" if digits >= 20 else f"20{digits // 10}")
    return Reading("DATE", f"{digits // 10:03d}") if 1000 <= digits <= 2200 else None


def century(phrase: Phrase, _: Discourse) -> Reading | None:
    """ "the 20th century"."""
    number = ordinal_of(phrase.tokens("nth"))
    return Reading("DATE", f"{number - 1:02d}") if number and 2 <= number <= 99 else None


def year_end(phrase: Phrase, said: Discourse) -> Reading | None:
    """ "year-end", "the end of the year"."""
    written = digits_of(phrase.text("yr"))
    if written is None and not said.published:
        return Reading("DATE", "XXXX")
    step = -1 if "last" in phrase.words() else 1 if "next" in phrase.words() else 0
    year = written or (said.published.year + step if said.published else 0)
    return Reading("DATE", f"{year:04d}") if 1 <= year <= 9999 else None
