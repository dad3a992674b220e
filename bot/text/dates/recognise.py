"""From text to time expressions: find candidates by pattern, take the longest that resolves, remember what was
said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache, lru_cache

from bot.text.dates import days, holidays, months, quarters, relative, spans, times, vague, years
from bot.text.dates.expression import TimeExpression
from bot.text.dates.grammar import MACROS, RULES
from bot.text.dates.languages import LANGUAGES, Language
from bot.text.dates.lexicon import ENGLISH, FILLERS, WEEKDAYS
from bot.text.dates.pattern import compile_pattern, expand, literals, read_rules
from bot.text.dates.phrase import Discourse, Phrase, Reading
from bot.text.dates.tokens import Alphabet, TokenRow, read_tokens
from bot.text.dates.values import bounds, iso_of, precision_of

_YEAR = re.compile("1[5-9][0-9]{2}|20[0-9]{2}")
Resolver = Callable[[Phrase, Discourse], Reading | tuple[Reading, ...] | None]

RESOLVERS: dict[str, Resolver] = {
    "day": days.day,
    "day_time": times.day_time,
    "part": times.part,
    "tonight": times.tonight,
    "overnight": times.tonight,
    "day_list": days.day_list,
    "day_of_month": days.day_of_month,
    "month": months.month,
    "year": years.year,
    "spoken_year": years.year,
    "short_year": years.year,
    "sept_eleven": days.sept_eleven,
    "quarter_sign": quarters.quarter_sign,
    "before_last": relative.before_last,
    "fiscal_sign": quarters.fiscal,
    "year_span": years.year_span,
    "bc": years.bc,
    "decade": years.decade,
    "century": years.century,
    "fiscal": quarters.fiscal,
    "year_end": years.year_end,
    "quarter": quarters.quarter,
    "half": quarters.half,
    "season": months.season,
    "weekend": relative.weekend,
    "holiday": holidays.holiday,
    "relative": relative.relative,
    "the_unit": relative.the_unit,
    "quarterly": quarters.quarterly,
    "year_ago": quarters.year_ago,
    "ago": spans.ago,
    "anchored": spans.anchored,
    "present": vague.present,
    "present_adjective": vague.present,
    "past": vague.past,
    "past_adjective": vague.past,
    "past_vague": vague.vague_units,
    "future": vague.future,
    "coming_vague": vague.vague_units,
    "set": vague.every,
    "set_weekday": vague.every_weekday,
    "set_month": vague.every_month,
    "set_adverb": vague.adverb,
    "set_rate": vague.rate,
    "set_per": vague.rate,
    "duration": spans.duration,
    "long_unit": spans.long_unit,
    "week_of": relative.week_of,
    "weekday_week": relative.weekday_week,
    "bare_duration": spans.bare_duration,
}


class Grammar:
    """A compiled language: its alphabet and its rules, in order of preference."""

    def __init__(self, language: Language | None = None) -> None:
        rules = RULES if language is None else language.rules + RULES.lstrip()
        macros = dict(read_rules(MACROS))
        expanded = [(name, expand(source, macros)) for name, source in read_rules(rules)]
        words = {word: [word] for word in literals(source for _, source in expanded)}
        self.alphabet = Alphabet(dict(ENGLISH) | words, FILLERS, language.words if language else None)
        self.rules = [(RESOLVERS[name], compile_pattern(source, self.alphabet)) for name, source in expanded]


@cache
def grammar(language: str) -> Grammar:
    """The grammar of a language, compiled at first use; English for those that have none."""
    return (
        Grammar(LANGUAGES[language]) if language in LANGUAGES else grammar("en") if language != "en" else Grammar()
    )


def _candidates(row: TokenRow, rules: Grammar) -> list[tuple[int, int, int, Resolver, re.Match[str]]]:
    """Every match of every rule, by start, then longest first, then order of the rules."""
    found = [
        (match.start(), -match.end(), order, resolver, match)
        for order, (resolver, pattern) in enumerate(rules.rules)
        for match in pattern.finditer(row.drawn)
        if match.end() > match.start()
    ]
    found.sort(key=lambda item: item[:3])
    return found


_FEW_YEARS, _OLD_SHARE, _RECENT, _YEARS_A_NEWS_WORD = 6, 0.75, 2, 6
_NEWS_WORDS = frozenset({*(name for name in WEEKDAYS if name.endswith("day")), "today", "yesterday", "tomorrow"})


def _tells_history(row: TokenRow, published: date | None) -> bool:
    """Whether most years that a text names lie well before its publication, so that it tells of another time."""
    if not published:
        return False
    years = [int(token.text) for token in row.tokens if token.kind == "NUMBER" and _YEAR.fullmatch(token.text)]
    old = sum(year < published.year - _RECENT for year in years)
    news = sum(token.low in _NEWS_WORDS for token in row.tokens)
    return len(years) >= max(_FEW_YEARS, _YEARS_A_NEWS_WORD * news) and old >= _OLD_SHARE * len(years)


def _readings(row: TokenRow, said: Discourse, rules: Grammar) -> Iterator[tuple[int, int, Reading]]:
    taken = 0
    for first, _, _, resolver, match in _candidates(row, rules):
        if row.places[first] < taken:
            continue
        phrase = Phrase(row, match)
        result = resolver(phrase, said)
        if result is None:
            continue
        for reading in result if not isinstance(result, Reading) else (result,):
            start, end = reading.tokens or (phrase.first, phrase.end)
            if not reading.assumed:
                said.note(reading, start, end)
            yield start, end, reading
        taken = phrase.end


def _expression(
    text: str, row: TokenRow, first: int, end: int, reading: Reading, published: date | None
) -> TimeExpression:
    span = row.span(first, end)
    range_ = None if reading.assumed else reading.days or bounds(reading.value)
    dated = reading.type in ("DATE", "TIME") and not reading.assumed
    background = bool(dated and range_ and published and (published - range_[1]).days > 365)
    return TimeExpression(
        span=span,
        text=span.of(text),
        type=reading.type,
        value=reading.value,
        start_day=range_[0] if range_ else None,
        end_day=range_[1] if range_ else None,
        precision=precision_of(reading.value) if dated else None,
        iso=iso_of(reading.value) if dated else None,
        background=background,
    )


def time_expressions(text: str, published: date | None, *, language: str = "en") -> list[TimeExpression]:
    """Time expressions of `text` in order, not overlapping; relative ones are resolved against `published`.

    `language` is an ISO 639-1 code; "en", "de", "es", "fr" and "pt" have words, any other is read as English.
    """
    return list(_time_expressions(text, published, language))


@lru_cache(maxsize=8)  # who proposes events of an article and who proves them both ask
def _time_expressions(text: str, published: date | None, language: str) -> tuple[TimeExpression, ...]:
    rules = grammar(language)
    row = read_tokens(text, rules.alphabet)
    said = Discourse(published, narrative=_tells_history(row, published), day_first=language in LANGUAGES)
    return tuple(
        _expression(text, row, first, end, reading, published)
        for first, end, reading in _readings(row, said, rules)
    )
