"""Resolvers of times of day."""

from __future__ import annotations

from bot.text.dates.days import resolve_day
from bot.text.dates.lexicon import MOMENTS, NUMBERS, PARTS, words_of
from bot.text.dates.phrase import Discourse, Phrase, Reading
from bot.text.dates.values import add_days

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


def clock_of(phrase: Phrase) -> str | None:
    """The "T15:00" of a time of day in a phrase, None when there is none or it is no time."""
    if moment := phrase.words("moment"):
        return MOMENTS[moment]
    for group in ("hour", "hour24", "military", "spoken", "bell"):
        tokens = phrase.tokens(group)
        if not tokens:
            continue
        low = tokens[0].low
        hour_text, _, minute_text = low.partition(":") if group != "military" else (low[:2], "", low[2:])
        hour = int(hour_text) if hour_text.isdigit() else NUMBERS.get(hour_text, 99)
        minute = int(minute_text[:2]) if minute_text else 0
        half = _half_of_day(phrase)
        if half and hour <= 12:
            hour = hour % 12 + (12 if half == "p" else 0)
        return f"T{hour:02d}:{minute:02d}" if hour <= 24 and minute < 60 else None
    return None


def _half_of_day(phrase: Phrase) -> str:
    """ "a" or "p" for the half of the day that is said, "" when none is."""
    tokens = phrase.tokens()
    for token in tokens:
        if token.kind == "AMPM":
            return token.low[0]
        if token.low in ("afternoon", "evening", "night", "tonight"):
            return "p"
        if token.low == "morning":
            return "a"
    return ""


def day_time(phrase: Phrase, said: Discourse) -> Reading | None:
    """A time of day, with its day where one is named, else on the day last spoken of."""
    clock = clock_of(phrase)
    follows = phrase.after()
    if follows is not None and follows.low in ("lights", "live", "fever") and follows.text[0].isupper():
        return None
    part = phrase.words("part")
    if not clock and not part:
        return None
    assumed = False
    if any(phrase.tokens(group) for group in ("mon", "dmon", "wd", "deictic", "numeric")):
        value = resolve_day(phrase, said)
        if not value:
            return None
    else:
        assumed = not (said.near(phrase.first) and phrase.continues(said.last_token))
        anchor = said.published if assumed else said.anchor()
        value = anchor.isoformat() if anchor else "XXXX-XX-XX"
    return Reading("TIME", value + (clock or "T" + PARTS[part]), assumed=assumed)


def part(phrase: Phrase, said: Discourse) -> Reading | None:
    """ "this morning", "last night", "the next evening", "that afternoon"."""
    which, name = phrase.words("which"), PARTS[phrase.words("part")]
    if (
        name == "MO"
        and phrase.words("part") in ("dawn", "daybreak", "sunrise")
        and which not in ("the", "the next")
    ):
        return None
    if which == "the" and _names_a_thing(phrase):
        return None
    anchored = which in ("that", "the same", "the next", "the following", "the previous", "the", "the very")
    ref = said.anchor() if anchored else said.published
    if not ref:
        return Reading("TIME", f"XXXX-XX-XXT{name}")
    step = {"last": -1, "the next": 1, "the following": 1, "the previous": -1, "yesterday": -1, "tomorrow": 1}.get(
        which, 0
    )
    moved = add_days(ref, step)
    return Reading("TIME", f"{moved.isoformat()}T{name}") if moved else None


_GOES_ON = frozenset(
    words_of(
        "of before after and when that with as in on at he she they it we you i was is by but to for from hours "
        "or the a his her their"
    )
)


def _names_a_thing(phrase: Phrase) -> bool:
    """Whether a noun hangs on the part of the day: "the night train"."""
    after = phrase.after()
    return after is not None and after.kind == "WORD" and after.text.islower() and after.low not in _GOES_ON


def tonight(_: Phrase, said: Discourse) -> Reading:
    """ "tonight", "overnight"."""
    day = said.published.isoformat() if said.published else "XXXX-XX-XX"
    return Reading("TIME", f"{day}TNI")
