"""Weekdays, months, years and "yesterday" as words: a statement may name them only where the text does.

This is the plain check beside `bot.text.dates`: it does not ask which day is meant, only whether the word
stands there.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from bot.domain.value import Span
from bot.text.words import fold

_NAMES: Final = {
    "en": (
        "monday tuesday wednesday thursday friday saturday sunday",
        "january february march april may june july august september october november december",
        "yesterday today tomorrow tonight",
    ),
    "de": (
        "montag dienstag mittwoch donnerstag freitag samstag sonntag",
        "januar februar marz april mai juni juli august september oktober november dezember",
        "gestern heute morgen",
    ),
    "fr": (
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
        "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
        "hier aujourd'hui demain",
    ),
    "es": (
        "lunes martes miercoles jueves viernes sabado domingo",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "ayer hoy",
    ),
    "pt": (
        "segunda-feira terca-feira quarta-feira quinta-feira sexta-feira sabado domingo",
        "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
        "ontem hoje amanha",
    ),
    "it": (
        "lunedi martedi mercoledi giovedi venerdi sabato domenica",
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        "ieri oggi domani",
    ),
    "nl": (
        "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
        "januari februari maart april mei juni juli augustus september oktober november december",
        "gisteren vandaag morgen",
    ),
}
_KANJI: Final = re.compile(
    r"(?P<month>\d{1,2})月|(?P<weekday>[月火水木金土日])曜|(?:星期|周|週)(?P<day>[一二三四五六日天])"
)
_GROUPS: Final = ("weekday", "month", "day")
# Written like another word. They name a month only beside a number or away from a sentence's start.
_DOUBTFUL: Final = frozenset({"may", "march", "august", "mars"})
_SHORT: Final = re.compile(
    r"\b(?:(?P<weekday>Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)(?:\.,?|,)"
    r"|(?P<month>Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?:\.|(?=\s\d)))"
)
_YEAR: Final = re.compile(r"(?<![\d.,$€£])(?:1[0-9]|20|21)\d\d(?=s?\b|年)(?![.,]\d)(?!\s?%)")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+|-feira\b)?")


class CalendarWord(NamedTuple):
    """A word that names a time. `key` is the same for "Friday", "Fri." and "friday"."""

    span: Span
    key: str


def calendar_words(text: str, language: str = "en") -> list[CalendarWord]:
    """The calendar's words in `text`, in order; years are four digits from 1000 to 2199."""
    names = {} if language in {"ja", "zh"} else _table(language)
    found = [CalendarWord(Span(*match.span()), match[0]) for match in _YEAR.finditer(text)]
    for match in _WORD.finditer(text):
        key = names.get(fold(match[0]))
        if key and not _is_another_word(text, match, language):
            found.append(CalendarWord(Span(*match.span()), key))
    if language in {"ja", "zh"}:
        found += [CalendarWord(Span(*match.span()), _kanji_key(match)) for match in _KANJI.finditer(text)]
    if language == "en":
        for match in _SHORT.finditer(text):
            group = match.lastgroup or "month"
            found.append(CalendarWord(Span(*match.span(group)), f"{group}:{_index(group, match[group])}"))
    return sorted(set(found))


def _table(language: str) -> dict[str, str]:
    groups = zip(_GROUPS, _NAMES.get(language, _NAMES["en"]), strict=True)
    return {word: f"{group}:{index}" for group, words in groups for index, word in enumerate(words.split())}


def _index(group: str, short: str) -> int:
    words = _NAMES["en"][_GROUPS.index(group)].split()
    return next(index for index, word in enumerate(words) if word.startswith(short[:3].lower()))


def _kanji_key(match: re.Match[str]) -> str:
    if match["month"]:
        return f"month:{int(match['month']) - 1}"
    days = "月火水木金土日" if match["weekday"] else "一二三四五六日"
    return f"weekday:{days.index((match['weekday'] or match['day']).replace('天', '日'))}"


def _is_another_word(text: str, match: re.Match[str], language: str) -> bool:
    word = fold(match[0])
    if language == "de" and match[0] == "Morgen":  # with a capital it is the morning
        return True
    if language != "en" or word in _NAMES["en"][2]:
        return False
    if match[0][0].islower():
        return True
    if word not in _DOUBTFUL:
        return False
    if re.match(r"\s\d", text[match.end() : match.end() + 2]) or re.search(
        r"\d\s$", text[max(0, match.start() - 3) : match.start()]
    ):
        return False
    return re.search(r"(?:^|[.!?:“\"‘'])\s*$", text[max(0, match.start() - 4) : match.start()]) is not None
