"""From text to time expressions: find candidates by pattern, take the longest that resolves, remember what was
said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache

from bot.text.dates import days, holidays, periods, spans
from bot.text.dates.expression import TimeExpression
from bot.text.dates.grammar import MACROS, RULES
from bot.text.dates.lexicon import ENGLISH, FILLERS
from bot.text.dates.pattern import compile_pattern, expand, literals, read_rules
from bot.text.dates.phrase import Discourse, Phrase, Reading
from bot.text.dates.tokens import Alphabet, TokenRow, read_tokens
from bot.text.dates.values import bounds, iso_of, precision_of

Resolver = Callable[[Phrase, Discourse], Reading | tuple[Reading, ...] | None]

RESOLVERS: dict[str, Resolver] = {
    "day": days.day,
    "day_time": days.day_time,
    "part": days.part,
    "tonight": days.tonight,
    "overnight": days.tonight,
    "day_list": days.day_list,
    "day_of_month": days.day_of_month,
    "month": periods.month,
    "year": periods.year,
    "spoken_year": periods.year,
    "short_year": periods.year,
    "sept_eleven": days.sept_eleven,
    "quarter_sign": periods.quarter_sign,
    "before_last": periods.before_last,
    "fiscal_sign": periods.fiscal,
    "year_span": periods.year_span,
    "bc": periods.bc,
    "decade": periods.decade,
    "century": periods.century,
    "fiscal": periods.fiscal,
    "year_end": periods.year_end,
    "quarter": periods.quarter,
    "half": periods.half,
    "season": periods.season,
    "weekend": periods.weekend,
    "holiday": holidays.holiday,
    "relative": periods.relative,
    "the_unit": periods.the_unit,
    "quarterly": periods.quarterly,
    "year_ago": periods.year_ago,
    "ago": spans.ago,
    "anchored": spans.anchored,
    "present": spans.present,
    "present_adjective": spans.present,
    "past": spans.past,
    "past_adjective": spans.past,
    "past_vague": spans.vague_units,
    "future": spans.future,
    "coming_vague": spans.vague_units,
    "set": spans.every,
    "set_weekday": spans.every_weekday,
    "set_month": spans.every_month,
    "set_adverb": spans.adverb,
    "set_rate": spans.rate,
    "set_per": spans.rate,
    "duration": spans.duration,
    "long_unit": spans.long_unit,
    "week_of": periods.week_of,
    "weekday_week": periods.weekday_week,
    "bare_duration": spans.bare_duration,
}


class Grammar:
    """A compiled language: its alphabet and its rules, in order of preference."""

    def __init__(self) -> None:
        macros = dict(read_rules(MACROS))
        expanded = [(name, expand(source, macros)) for name, source in read_rules(RULES) if name in RESOLVERS]
        words = {word: [word] for word in literals(source for _, source in expanded)}
        self.alphabet = Alphabet(dict(ENGLISH) | words, FILLERS)
        self.rules = [(RESOLVERS[name], compile_pattern(source, self.alphabet)) for name, source in expanded]


@cache
def grammar() -> Grammar:
    """The English grammar, compiled at first use."""
    return Grammar()


def _candidates(row: TokenRow) -> list[tuple[int, int, int, Resolver, re.Match[str]]]:
    """Every match of every rule, by start, then longest first, then order of the rules."""
    found = [
        (match.start(), -match.end(), order, resolver, match)
        for order, (resolver, pattern) in enumerate(grammar().rules)
        for match in pattern.finditer(row.drawn)
        if match.end() > match.start()
    ]
    found.sort(key=lambda item: item[:3])
    return found


def _readings(row: TokenRow, said: Discourse) -> Iterator[tuple[int, int, Reading]]:
    taken = 0
    for first, _, _, resolver, match in _candidates(row):
        if row.places[first] < taken:
            continue
        phrase = Phrase(row, match)
        result = resolver(phrase, said)
        if result is None:
            continue
        for reading in result if not isinstance(result, Reading) else (result,):
            start, end = reading.tokens or (phrase.first, phrase.end)
            said.note(reading, start)
            yield start, end, reading
        taken = phrase.end


def _expression(
    text: str, row: TokenRow, first: int, end: int, reading: Reading, published: date | None
) -> TimeExpression:
    span = row.span(first, end)
    range_ = reading.days or bounds(reading.value)
    dated = reading.type in ("DATE", "TIME")
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
    """Time expressions of `text` in order, not overlapping; relative ones are resolved against `published`."""
    row = read_tokens(text, grammar().alphabet)
    said = Discourse(published)
    return [_expression(text, row, first, end, reading, published) for first, end, reading in _readings(row, said)]
