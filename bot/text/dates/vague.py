"""Resolvers of what repeats and of what is only roughly told: "every day", "recently", "coming months"."""

from __future__ import annotations

from fractions import Fraction

from bot.text.dates.lexicon import MONTHS, PARTS, SEASONS, WEEKDAYS, words_of
from bot.text.dates.phrase import Discourse, Phrase, Reading
from bot.text.dates.spans import amount_of, duration_value, unit_of

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


def every(phrase: Phrase, _: Discourse) -> Reading | None:
    """ "every day", "each of the past three years", "every other week"."""
    unit_word = phrase.words("unit")
    if unit_word in PARTS and unit_word != "night":
        return Reading("SET", f"XXXX-XX-XXT{PARTS[unit_word]}")
    words = phrase.words("num")
    amount = Fraction(2) if words in ("other", "second") else amount_of(phrase) if words else Fraction(1)
    value = duration_value(amount or Fraction(1), unit_of(phrase))
    return Reading("SET", value) if value else None


def every_weekday(phrase: Phrase, _: Discourse) -> Reading | None:
    """ "every Friday", "Tuesdays", "Tuesday nights"."""
    token = (phrase.tokens("wd") or phrase.tokens("wdpart"))[0]
    part = phrase.words("part") or phrase.words("part2")
    return Reading("SET", f"XXXX-WXX-{WEEKDAYS[token.low]}" + (f"T{PARTS[part]}" if part else ""))


def every_month(phrase: Phrase, _: Discourse) -> Reading | None:
    """ "each July", "every summer"."""
    if tokens := phrase.tokens("mon"):
        return Reading("SET", f"XXXX-{MONTHS[tokens[0].low]:02d}")
    return Reading("SET", f"XXXX-{SEASONS[phrase.words('sea')]}")


_ADVERBS = {
    "daily": "P1D",
    "hourly": "PT1H",
    "annually": "P1Y",
    "nightly": "P1D",
    "weekly": "P1W",
    "monthly": "P1M",
    "quarterly": "P1Q",
    "yearly": "P1Y",
}


def adverb(phrase: Phrase, _: Discourse) -> Reading:
    """ "daily", "annually"."""
    return Reading("SET", _ADVERBS[phrase.words("adv")])


def rate(phrase: Phrase, _: Discourse) -> Reading | None:
    """ "twice a week"."""
    value = duration_value(Fraction(1), unit_of(phrase))
    return Reading("SET", value) if value else None


def present(phrase: Phrase, _: Discourse) -> Reading | None:
    """ "now", "currently"."""
    return Reading("DATE", "PRESENT_REF")


def past(phrase: Phrase, _: Discourse) -> Reading | None:
    """ "recently", "in the past"; not the start of "the past few weeks"."""
    after = phrase.after()
    if (
        phrase.words() == "the past"
        and after is not None
        and after.kind in ("WORD", "NUMBER")
        and after.low not in _AFTER_PAST
    ):
        return None
    return Reading("DATE", "PAST_REF")


_AFTER_PAST = frozenset(
    words_of("and or is was has had have we he she they it the to in but that when where as by with for")
)


def future(phrase: Phrase, _: Discourse) -> Reading | None:
    """ "the near future"; not "the future of the party"."""
    after = phrase.after()
    if phrase.words().endswith("future") and after is not None and (after.low == "of" or after.kind == "POSS"):
        return None
    return Reading("DATE", "FUTURE_REF")


def vague_units(phrase: Phrase, _: Discourse) -> Reading | None:
    """ "recent years", "coming months"."""
    unit = unit_of(phrase) or unit_of(phrase, "unit2")
    value = duration_value(None, unit)
    lead = phrase.tokens()[0].low if phrase.tokens()[0].low != "the" else phrase.tokens()[1].low
    if lead in ("coming", "future") or phrase.tokens("unit2"):
        return Reading("DATE", "FUTURE_REF")
    return Reading("DURATION", value) if value else None
