"""Resolvers of months and seasons: which word is one, and of which year."""

from __future__ import annotations

from bot.text.dates.days import year_of
from bot.text.dates.lexicon import MONTHS, SEASONS, words_of
from bot.text.dates.phrase import Discourse, Phrase, Reading
from bot.text.dates.values import bounds, season_value

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
    elif phrase.preceded_by("since"):
        tense = "past"
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
    before = phrase.before()
    if before is not None and before.text in '“"‘«' and phrase.tokens()[0].text[0].isupper():
        return False  # a title
    owned = before is not None and (
        before.kind == "POSS" or before.low in ("a", "his", "her", "their", "its", "my", "our", "your")
    )
    return not owned  # "her summer home" is no season


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
