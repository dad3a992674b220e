"""The sentences that tell what happened on a date: the built-in engine's timeline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from bot.domain.document import Document
from bot.domain.draft import ProposedEvent
from bot.domain.value import Span
from bot.engines.extractive.candidates import Candidate
from bot.engines.extractive.shortening import shortened
from bot.text.dates import TimeExpression, date_ranges, time_expressions
from bot.text.speech import quotations

# How much a date of each kind is worth in a timeline.
_PRECISION: Final = {"day": 1.0, "time": 1.0, "month": 0.7, "range": 0.4, "year": 0.4}
_UNRESOLVED: Final = 0.2  # a weekday, say, of an article whose own date nobody knows
_HAPPENS: Final = 0.4  # a verb in the past tense outside of quotation marks
_QUOTED: Final = 0.6  # lost by a sentence that is all quotation
MOSTLY_QUOTED: Final = 0.6  # a sentence with more of itself between marks tells of words, not of events
_OF_SPEECH: Final = 0.4  # lost where the date tells only when somebody spoke
_BACKGROUND: Final = 0.3  # lost by what lies years back
_LENGTH: Final = 0.3  # lost by a sentence of LONG_WORDS or more
LONG_WORDS: Final = 45
SAME_EVENT: Final = 0.6  # share of the shorter one's roots that makes one event of two: a standfirst, say

_MARKED: Final = re.compile(r"[“\"][^”\"]*[”\"]")
_PAST: Final = re.compile(
    r"\b(?:\w{3,}ed|was|were|had|began|broke|brought|built|came|cut|died|fell|felt|fled|found|fought|gave|got|grew|held"
    r"|hit|kept|killed|led|left|lost|made|met|paid|put|ran|rose|saw|sent|set|shot|shut|sold|spent|stood|stole|struck"
    r"|sank|took|threw|went|won|wrote)\b",
    re.IGNORECASE,
)
_SPEECH: Final = re.compile(
    r"\b(?:said|says|told|tweeted|wrote|added|posted|explained|argued|noted|emphasi[sz]ed|stressed|pledged|commented"
    r"|warned|released|published|reported|according\sto)\b[^.;“”\"]{0,40}$"
)
# A clock time dates nothing unless it names its day.
_NAMES_A_DAY: Final = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|tonight|\d{4}", re.IGNORECASE
)
# "They fear for the winter": a season is a time of an event only where the event is said to lie in it.
_SEASON: Final = re.compile(r"(?:the\s)?(?:spring|summer|autumn|fall|winter)", re.IGNORECASE)
_IN: Final = re.compile(r"\b(?:in|during|over|since|by|until|last|this|next|past)\s(?:the\s)?$", re.IGNORECASE)
_WEEKDAY_VALUE: Final = re.compile(r"XXXX-(?:WXX-\d|\d\d(?:-\d\d)?)")


class _Dated(NamedTuple):
    candidate: Candidate
    time: TimeExpression
    worth: float

    @property
    def key(self) -> str:
        """What makes two of them one entry of the timeline."""
        return self.time.iso or self.time.value


def propose_events(groups: Sequence[Sequence[Candidate]], most: int) -> tuple[ProposedEvent, ...]:
    """Up to `most` dated sentences, one a date, in reading order; the strongest where there are more."""
    best: dict[str, _Dated] = {}
    for dated in (dated for group in groups for dated in _dated(group)):
        if dated.key not in best or dated.worth > best[dated.key].worth:
            best[dated.key] = dated
    told: dict[tuple[str, Span], _Dated] = {}
    for dated in best.values():
        place = (dated.candidate.document.id, dated.candidate.span)
        if place not in told or dated.worth > told[place].worth:
            told[place] = dated
    ranked = sorted(_distinct(told.values()), key=lambda dated: (-dated.worth, dated.candidate.position))[:most]
    order = {group[0].document.id: number for number, group in enumerate(groups) if group}
    ranked.sort(key=lambda dated: (order[dated.candidate.document.id], dated.candidate.position))
    return tuple(_proposal(dated) for dated in ranked)


def _distinct(found: Iterable[_Dated]) -> list[_Dated]:
    """`found` without those that tell what a stronger one tells, of a time that one of both dates more loosely."""
    kept: list[_Dated] = []
    for dated in sorted(found, key=lambda dated: (-dated.worth, dated.candidate.position)):
        if not any(_tells_the_same(dated, other) for other in kept):
            kept.append(dated)
    return kept


def _tells_the_same(one: _Dated, other: _Dated) -> bool:
    first, second = one.candidate.stems, other.candidate.stems
    if len(first & second) < SAME_EVENT * min(len(first), len(second)):
        return False
    times = (one.time.start_day, one.time.end_day, other.time.start_day, other.time.end_day)
    if None in times:
        return one.candidate.document.id == other.candidate.document.id
    start, end, other_start, other_end = (day for day in times if day is not None)
    return (start <= other_start and other_end <= end) or (other_start <= start and end <= other_end)


def _dated(group: Sequence[Candidate]) -> Iterator[_Dated]:
    if not group:
        return
    document = group[0].document
    quoted = [quotation.span for quotation in quotations(document.text)]
    times = iter(_telling(document, quoted))
    time = next(times, None)
    for candidate in group:
        while time is not None and time.span.start < candidate.span.start:
            time = next(times, None)
        while time is not None and time.span.end <= candidate.span.end:
            if _quoted_share(candidate) <= MOSTLY_QUOTED:
                yield _Dated(candidate, time, _worth(candidate, time))
            time = next(times, None)


def _telling(document: Document, quoted: Sequence[Span]) -> Iterator[TimeExpression]:
    """The time expressions that date something in the narrative."""
    language = document.language if document.language != "und" else "en"
    times = time_expressions(document.text, document.published, language=language)
    stretches = date_ranges(document.text, times)
    single = [time for time in times if not any(stretch.span.contains(time.span) for stretch in stretches)]
    for time in sorted([*single, *stretches], key=lambda time: time.span):
        if _SEASON.fullmatch(time.text) and not _IN.search(document.text, 0, time.span.start):
            continue
        dated = time.iso is not None or _WEEKDAY_VALUE.fullmatch(time.value)
        of_day = time.type == "DATE" or (time.type == "TIME" and _NAMES_A_DAY.search(time.text))
        if of_day and dated and not any(span.overlaps(time.span) for span in quoted):
            yield time


def _worth(candidate: Candidate, time: TimeExpression) -> float:
    narrative = _MARKED.sub(" ", candidate.text)
    before = candidate.document.text[candidate.span.start : time.span.start]
    worth = _PRECISION.get(time.precision or "", _UNRESOLVED) if time.iso else _UNRESOLVED
    worth += _HAPPENS * bool(_PAST.search(narrative))
    worth -= _QUOTED * _quoted_share(candidate)
    worth -= _OF_SPEECH * bool(_SPEECH.search(before))
    worth -= _BACKGROUND * time.background
    return worth - _LENGTH * min(1.0, len(candidate.words) / LONG_WORDS)


def _quoted_share(candidate: Candidate) -> float:
    return 1 - len(_MARKED.sub("", candidate.text)) / max(1, len(candidate.text))


def _proposal(dated: _Dated) -> ProposedEvent:
    document, sentence = dated.candidate.document, dated.candidate.span
    english = document.language in {"en", "und"}
    told = shortened(document.text, sentence, dated.time.span) if english else sentence
    return ProposedEvent(
        text=" ".join(told.of(document.text).split()),
        date_text=dated.time.span.of(document.text),
        evidence=(dated.candidate.evidence,),
    )
