"""Resolvers of weeks, months and the like told from the publication or from a date just named."""

from __future__ import annotations

from datetime import date

from bot.text.dates.days import resolve_day
from bot.text.dates.lexicon import UNITS, WEEKDAYS, words_of
from bot.text.dates.phrase import Discourse, Phrase, Reading
from bot.text.dates.quarters import ended_quarter, latest_quarter, the_quarter
from bot.text.dates.values import COARSEST, add_days, bounds, shifted_value, unit_value, week_value

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
        if (days[1] - days[0]).days > COARSEST.get(unit, 400):
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
        return Reading("DATE", latest_quarter(said) or "XXXX-QX")
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
        if ended := ended_quarter(phrase, said):
            return Reading("DATE", ended)
        if phrase.preceded_by("than") or (after is not None and after.low in ("of", "century")):
            return None
        return the_quarter(said)
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
    if name == "day" and not (staged or phrase.preceded_by("in", "for", "on", "during")):
        return None
    value = unit_value(ref if name == "day" else said.published or ref, UNITS[name])
    return Reading("DATE", value)


def before_last(phrase: Phrase, said: Discourse) -> Reading | None:
    """ "the week before last", "the year after next"."""
    unit = UNITS[phrase.words("unit")]
    if not said.published:
        return None
    value = shifted_value(said.published, unit, 2 if "next" in phrase.words("side") else -2)
    return Reading("DATE", value) if value else None


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
