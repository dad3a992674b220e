"""What the text room and the extractive engine reach on the gold set; a test holds the floors."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from bot.domain.document import Document
from bot.domain.section import Section
from bot.domain.task import Task
from bot.domain.value import Span
from bot.engines.extractive import ExtractiveEngine
from bot.text.dates import time_expressions
from bot.text.speech import AttributedQuote, attributed_quotes
from bot.verify import verify
from tests.gold import GoldArticle, Mark

_EDGE = " \t\r\n\"'“”‘’„«»‹›.,;:!?…–—-"
_MIN_WORDS = 4  # shorter ones are as often scare quotes as speech; nobody is asked about them
_HONORIFICS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "the",
        "a",
        "an",
        "la",
        "le",
        "el",
        "der",
        "die",
        "das",
        "judge",
        "mayor",
        "councillor",
    ]
)


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of right, wrong and missed, as precision, recall and F1 in [0, 1]."""

    right: int
    given: int
    wanted: int

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 1.0 where nothing was wanted or given."""
        return 2 * self.right / (self.given + self.wanted) if self.given + self.wanted else 1.0

    @property
    def recall(self) -> float:
        """Share of the wanted that was right."""
        return self.right / self.wanted if self.wanted else 1.0


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return start, end


def _names(who: str) -> set[str]:
    words = [re.sub(r"['’]s$", "", word).lower() for word in re.findall(r"[\w'’-]+", who)]
    return {word for word in words if word not in _HONORIFICS}


def same_speaker(given: str | None, wanted: str | None) -> bool:
    """Whether both are unknown, or they share a name (or, for nominal speakers, most words)."""
    if given is None or wanted is None:
        return given is wanted
    ours, theirs = _names(given), _names(wanted)
    if ours == theirs:
        return True
    capitals = {word.lower() for word in re.findall(r"\b[A-ZÀ-Þ][\w'’-]+", wanted)} - _HONORIFICS
    if capitals:
        return bool(capitals & ours)
    return len(ours & theirs) * 2 >= min(len(ours), len(theirs)) > 0


def _is_long(text: str, span: tuple[int, int]) -> bool:
    return len(re.findall(r"\w+", text[slice(*span)])) >= _MIN_WORDS


def quote_pairs(article: GoldArticle) -> tuple[list[tuple[Mark, AttributedQuote]], Score]:
    """The gold quotes that were found, each with what was found, and the score of the spans."""
    found = [
        quote
        for quote in attributed_quotes(article.text, language=article.language)
        if quote.key and _is_long(article.text, quote.span)
    ]
    wanted = [mark for mark in article.quotes if _is_long(article.text, (mark.start, mark.end))]
    by_span = {_trimmed(article.text, *quote.span): quote for quote in found}
    pairs = [
        (mark, by_span[span])
        for mark in wanted
        if (span := _trimmed(article.text, mark.start, mark.end)) in by_span
    ]
    return pairs, Score(len(pairs), len(found), len(wanted))


def quote_scores(articles: list[GoldArticle]) -> dict[str, Score]:
    """`spans`: key quotes found; `speakers`: right speaker on those found."""
    totals: Counter[str] = Counter()
    for article in articles:
        pairs, spans = quote_pairs(article)
        right = sum(same_speaker(quote.speaker, mark.value) for mark, quote in pairs)
        totals.update(right=spans.right, given=spans.given, wanted=spans.wanted, speaker=right, asked=len(pairs))
    return {
        "spans": Score(totals["right"], totals["given"], totals["wanted"]),
        "speakers": Score(totals["speaker"], totals["asked"], totals["asked"]),
    }


def date_score(articles: list[GoldArticle]) -> Score:
    """Marked time expressions whose calendar value is right; `given` counts those that were found at all."""
    right = given = wanted = 0
    for article in articles:
        times = time_expressions(article.text, article.published, language=article.language)
        for mark in article.times:
            wanted += 1
            over = [time for time in times if time.span.start < mark.end and mark.start < time.span.end]
            given += bool(over)
            right += any(_same_day(time.iso, mark.value) for time in over)
    return Score(right, given, wanted)


def _same_day(given: str | None, wanted: str | None) -> bool:
    return given == wanted or (given is not None and wanted is not None and given[:10] == wanted)


async def fact_score(articles: list[GoldArticle], sections: tuple[Section, ...]) -> Score:
    """The share of key facts whose words the extractive engine's points rest on."""
    right = wanted = given = 0
    for article in articles:
        document = Document(
            text=article.text, title=article.title, published=article.published, language=article.language
        )
        draft = await ExtractiveEngine().write(Task(documents=(document,), sections=sections))
        points = verify(draft, (document,), sections).sections[0].items
        spans = [evidence.span for point in points for evidence in point.evidence]
        given += len(points)
        for fact in article.facts:
            wanted += 1
            at = article.text.index(fact)
            right += any(span.contains(Span(at, at + len(fact))) for span in spans)
    return Score(right, given, wanted)
