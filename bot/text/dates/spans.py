"""Resolvers of durations, of dates told by them ("two weeks ago"), of sets and of vague references."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from bot.text.dates.days import resolve_day
from bot.text.dates.lexicon import UNITS, words_of
from bot.text.dates.phrase import Discourse, Phrase, Reading, number_of
from bot.text.dates.quarters import year_ago
from bot.text.dates.tokens import Token
from bot.text.dates.values import COARSEST, Days, bounds, shift, shifted_value, unit_value

_SMALLER = {
    "Y": ("M", 12),
    "TH": ("TM", 60),
    "TM": ("TS", 60),
    "D": ("TH", 24),
    "W": ("D", 7),
    "E": ("Y", 10),
    "C": ("Y", 100),
}
_FACTOR = {"E": ("Y", 10), "C": ("Y", 100), "L": ("Y", 1000), "FN": ("W", 2), "WE": ("D", 2)}


def amount_of(phrase: Phrase, group: str = "num") -> Fraction | None:
    """How many units; None for an unnamed number ("several")."""
    tokens = phrase.tokens(group)
    words = phrase.words(group)
    if "couple" in words:
        return Fraction(2)
    if words in ("half a", "half an", "a half"):
        return Fraction(1, 2)
    for index, token in enumerate(tokens):  # "two to three": the smaller
        if token.low in ("to", "or"):
            tokens = tokens[:index]
            break
    value = number_of(tokens)
    if value is None and words in ("a", "an", "the", "another", "an additional", "a whole", "a full"):
        value = Fraction(1)
    if value is not None and "and a half" in phrase.words() and "half" not in words:
        value += Fraction(1, 2)
    return value


def duration_value(amount: Fraction | None, unit: str) -> str | None:
    """TIMEX3 duration: "P3M", "PT2H", "P2Y6M", "PXD"; None for a number no calendar needs."""
    if amount is None:
        return _write("X", unit)
    if amount > 10**9 or amount < 0:
        return None
    if unit in _FACTOR and amount.denominator == 1:
        unit, factor = _FACTOR[unit]
        amount *= factor
    if amount.denominator == 1:
        return _write(str(amount), unit)
    if amount.denominator == 2 and unit in _SMALLER:
        small, size = _SMALLER[unit]
        whole, rest = int(amount), (amount - int(amount)) * size
        if rest.denominator != 1:
            return _write(f"{float(amount):g}", unit)
        if not whole:
            return _write(str(rest), small)
        tail = ("" if unit.startswith("T") or not small.startswith("T") else "T") + str(rest) + small[-1]
        return _write(str(whole), unit) + tail
    return _write(f"{float(amount):g}", unit)


def _write(number: str, unit: str) -> str:
    unit = "W" if unit == "FN" else unit
    if unit == "WE":
        return f"P{number}WE"
    return f"PT{number}{unit[1:]}" if unit.startswith("T") else f"P{number}{unit}"


def unit_of(phrase: Phrase, group: str = "unit") -> str:
    tokens: list[Token] = list(phrase.tokens(group))
    return UNITS[tokens[0].low] if tokens else ""


def _anchored_days(phrase: Phrase, said: Discourse, amount: Fraction | None, unit: str) -> Days | None:
    """Days that "the past three months" or "the next week" cover, counted from publication."""
    if not said.published or amount is None or amount.denominator != 1 or unit.startswith("T"):
        return None
    lead = {token.low for token in phrase.tokens()}
    ref: date = said.published
    if lead & {"past", "last"}:
        moved = shift(ref, unit, -int(amount)) if amount < 10**6 else None
        return (moved, ref) if moved else None
    if lead & {"next", "coming"}:
        moved = shift(ref, unit, int(amount)) if amount < 10**6 else None
        return (ref, moved) if moved else None
    return None


def duration(phrase: Phrase, said: Discourse) -> Reading | None:
    """ "three months", "nearly four decades", "a 30-day", "the past two years"."""
    unit = unit_of(phrase)
    words = phrase.words("num")
    amount = amount_of(phrase)
    after = phrase.after()
    if _is_age(phrase) or _is_rate(phrase):
        return None
    tail = phrase.tokens()[-1]
    if tail.low == "quarters" and any(token.text in "-–" for token in phrase.tokens()):
        return None
    if words == "the" and not phrase.words().startswith(("the past", "the last", "the next")):
        return None
    if (
        tail.low in ("second", "seconds", "minute", "minutes")
        and words in ("a", "the", "each")
        and tail.low == "second"
    ):
        return None
    if (
        tail.low in ("quarter", "second")
        and words in ("one", "a", "three")
        and (after is None or after.low in ("of", "for", "the", "to", "time"))
    ):
        return None
    if tail.low == "quarter" and after is not None and after.text in "-–":
        return None
    if tail.low == "day" and words in ("a", "one") and after is not None and after.low in ("when", "of"):
        return None
    value = duration_value(amount, unit)
    if not value:
        return None
    return Reading("DURATION", value, _anchored_days(phrase, said, amount, unit), phrase.adjective())


def _is_age(phrase: Phrase) -> bool:
    """ "52 years old", "a 6-year-old": an age is no time expression in TimeML."""
    after, further = phrase.after(), phrase.after(1)
    if phrase.tokens()[-1].low == "old" or (after is not None and after.low == "old"):
        return unit_of(phrase) == "Y"
    return (
        after is not None
        and after.text in "-–"
        and further is not None
        and further.low.startswith("old")
        and unit_of(phrase) == "Y"
    )


def _is_rate(phrase: Phrase) -> bool:
    """ "$100 a year", "twenty pence an hour": a price's unit, not a length of time."""
    if phrase.words("num") not in ("a", "an") or len(phrase.tokens()) > 2:
        return False
    before = phrase.before()
    return before is not None and (
        before.low in _COUNTED
        or before.kind == "NUMBER"
        or (before.low.endswith("s") and before.kind == "WORD" and len(before.low) > 3)
    )


_COUNTED = frozenset(
    words_of(
        """
        million billion thousand hundred cents share dollars pence people barrels percent times once
        twice
        """
    )
)


def bare_duration(phrase: Phrase, said: Discourse) -> Reading | None:
    """ "weeks", "for decades": an unnamed number of units."""
    unit = unit_of(phrase)
    before = phrase.before()
    if _is_age(phrase) and phrase.words() != "years old":
        return None
    if before is not None and (
        before.kind in ("NUMBER", "POSS") or before.text in "-–" or before.low in ("old", "two")
    ):
        return None
    if unit.startswith("T") or phrase.words().endswith(" old"):
        return None
    return Reading("DURATION", duration_value(None, unit) or "PXX")


def long_unit(phrase: Phrase, _: Discourse) -> Reading:
    """ "day-long"."""
    return Reading("DURATION", duration_value(Fraction(1), unit_of(phrase)) or "PXX")


_FROM_NOW = frozenset({"ago", "hence", "from now", "back", "il y have"})
_LATER = frozenset({"later", "after", "hence", "from now", "afterward", "afterwards"})
_NEEDS_END = frozenset({"after", "before", "back", "prior"})  # with words behind they are prepositions
_UNKNOWN = {"Y": "XXXX", "M": "XXXX-XX", "W": "XXXX-WXX"}
_YEARS_IN = {"E": 10, "C": 100, "L": 1000}


def ago(phrase: Phrase, said: Discourse) -> Reading | None:
    """ "two weeks ago", "a year earlier", "three days later"."""
    direction, unit, amount = phrase.words("dir"), unit_of(phrase) or unit_of(phrase, "num"), amount_of(phrase)
    number = phrase.tokens("num")
    if direction in _NEEDS_END and not _closes(phrase):
        return None
    if phrase.words("num") == "the" and direction not in ("after", "before"):
        return None
    if unit == "Y" and amount == 1 and direction not in _LATER and phrase.words("num") in ("a", "one"):
        return year_ago(phrase, said)
    between = any(token.low in ("to", "or") or token.text in "-–" for token in number[1:-1])
    if unit.startswith("T") or (between and direction not in _FROM_NOW) or (amount or 1) % 1:
        return Reading("DURATION", duration_value(amount, unit) or "PXX") if phrase.tokens("unit") else None
    if amount is None or amount > 10**6:
        return Reading("DATE", "FUTURE_REF" if direction in ("hence", "from now") else "PAST_REF")
    if unit in _YEARS_IN:
        amount, unit = amount * _YEARS_IN[unit], "Y"
    value = _counted(phrase, said, int(amount), unit)
    return Reading("DATE", value) if value else None


def _counted(phrase: Phrase, said: Discourse, amount: int, unit: str) -> str | None:
    """The date `amount` units from the one that the direction word counts from."""
    direction = phrase.words("dir")
    later = direction in _LATER
    ref = said.published
    if direction not in _FROM_NOW and (days := bounds(said.last)):
        # Days cannot be counted from a year: "two days later" after "in 2018" is no third of January.
        exact = (days[1] - days[0]).days <= COARSEST.get(unit, 400)
        ref = said.anchor() if unit in ("D", "W") and said.seen_days else days[0] if exact else None
    if not ref:
        return _UNKNOWN.get(unit, "XXXX-XX-XX")
    moved = shift(ref, unit, amount if later else -amount)
    if moved and direction == "later" and said.published and moved > said.published and phrase.tense == "past":
        return _UNKNOWN.get(unit, "XXXX-XX-XX")  # what is told happened: the start was something else
    return unit_value(moved, {"FN": "W", "WE": "W"}.get(unit, unit)) if moved else None


def _closes(phrase: Phrase) -> bool:
    """Whether nothing hangs on the direction word, as in "two days after." and not "two days after the vote"."""
    after = phrase.after()
    return after is None or after.kind in ("MARK", "BREAK", "POSS")


def anchored(phrase: Phrase, said: Discourse) -> Reading | None:
    """ "two days before Christmas Day", "the day after Aug. 13"."""
    value, amount = resolve_day(phrase, said), amount_of(phrase)
    days = bounds(value or "")
    if not days or amount is None or amount.denominator != 1 or amount > 10**6:
        return None
    if (days[1] - days[0]).days > COARSEST.get(unit_of(phrase), 400):
        return None
    sign = -1 if phrase.words("dir") == "before" else 1
    found = shifted_value(days[0], unit_of(phrase), sign * int(amount))
    return Reading("DATE", found) if found else None
