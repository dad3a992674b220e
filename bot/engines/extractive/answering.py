"""Answers a question with the article's own sentences, or with nothing where none is near enough to it.

Every sentence is weighed by the share of the question that it holds, rare words, names and numbers weighing more;
what stands only beside it or in the headline counts for less. It loses where it does not name what is asked for: a
person, a time, a number, a place. Below a threshold the article is taken not to say: a reader forgives "not said"
more easily than a sentence about something else.

Weights and threshold were set by hand on the first list of tests/gold/questions.yaml.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import log
from typing import Final

from bot.domain.document import Document
from bot.domain.draft import Evidence, Proposal, ProposedPoint, ProposedQuote
from bot.domain.value import Span
from bot.engines.extractive.candidates import POINTS_BACK, without_dateline
from bot.engines.extractive.questions import NAME, Question, Wanted, question_of
from bot.text.dates import TimeExpression, time_expressions
from bot.text.furniture import furniture
from bot.text.meanings import meanings
from bot.text.paragraphs import paragraphs
from bot.text.sentences import sentences
from bot.text.speech import AttributedQuote, attributed_quotes, quotations
from bot.text.words import folded_words

ENOUGH: Final = 0.58  # share of the question that an answer has to hold
OWN: Final = 0.2  # ... by its own words alone
NEAR_BEST: Final = 0.85  # of the best one's worth, that a further sentence needs to be shown too
MOST_SHOWN: Final = 3
FOLLOWING: Final = 0.95  # of the worth of a sentence that goes to the next one, which names what this one lacks

BEFORE: Final = 0.6  # what a word counts that stands in the sentence before, in the same paragraph
BEHIND: Final = 0.3
TOPIC: Final = 0.6  # ... in the headline or the opening
ABSENT: Final = 0.03  # how often a word that the article does not know at all is taken to stand somewhere

# What a sentence keeps of its worth where it does not name what is asked for.
LACKING: Final[Mapping[Wanted, float]] = {
    "person": 0.6,
    "time": 0.5,
    "number": 0.5,
    "place": 0.8,
    "reason": 0.85,
    "anything": 1.0,
}
LONGEST: Final = 600  # characters of an answer in one piece
MOSTLY_QUOTED: Final = 0.5  # share of a sentence between marks that makes a quote of it

_NUMBER: Final = re.compile(
    r"\d(?!\d*(?:st|nd|rd|th)\b)|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|twenty|thirty"
    r"|forty|fifty|hundred|thousand|million|billion|half|third|quarter|dozens?|zwei|drei|vier|fünf|sechs|sieben"
    r"|acht|neun|zehn|elf|zwölf|zwanzig|deux|trois|quatre|cinq|dix|vingt|dos|tres|cuatro|cinco|seis|diez|veinte)\b",
    re.IGNORECASE,
)
_FULL_NAME: Final = re.compile(r"\b[^\W\d_a-zà-þ]\w+(?:[\s-][^\W\d_a-zà-þ][\w.'’-]+)+")
_NAME: Final = re.compile(r"(?<![.!?“\"‘]\s)(?<!^)(?<![“\"‘])\b[^\W\d_a-zà-þ]\w+")
_PLACE: Final = re.compile(
    r"\b(?:in|at|inside|behind|near|outside|off|from|to|along|under|across|above|between|on|hinter|vor|bei|nach|aus|à"
    r"|dans|chez|en|près)\s+(?:(?:the|a|an|its|her|his|their|der|dem|den|einer|einem|la|le|une?|el)\s+)?\w{3,}"
)
_REASON: Final = re.compile(
    r"\b(?:because|after|when|since|due|over|owing|thanks|so\sthat|in\sorder|to\savoid|caused?|weil|wegen|nachdem|da"
    r"|parce|car|après|porque|tras)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Sentence:
    """One sentence of the story, and what stands around it."""

    document: Document
    span: Span
    paragraph: int
    times: tuple[TimeExpression, ...]
    before: int | None = None  # where the sentence before it begins, in the same paragraph

    @cached_property
    def text(self) -> str:
        """On one line."""
        return " ".join(self.span.of(self.document.text).split())

    @cached_property
    def roots(self) -> frozenset[str]:
        """The roots of its meaningful words."""
        return meanings(self.text)

    @property
    def points_back(self) -> bool:
        """Whether it opens with a word whose meaning stands before it."""
        words = folded_words(self.text)
        return bool(words) and words[0] in POINTS_BACK

    def names(self, wanted: Wanted, question: Question) -> bool:
        """Whether it holds something of the kind asked for that the question does not hold itself."""
        match wanted:
            case "person":
                text = self._without_dates
                names = [*_FULL_NAME.findall(text), *_NAME.findall(text)]
                return any(not meanings(name) <= question.roots.keys() for name in names)
            case "time":
                return any(time.type in {"DATE", "TIME"} for time in self.times)
            case "number":
                return _NUMBER.search(self._without_dates) is not None
            case "place":
                return _PLACE.search(self._without_dates) is not None
            case "reason":
                return _REASON.search(self.text) is not None
            case "anything":
                return True

    @cached_property
    def _without_dates(self) -> str:
        text = self.document.text
        dates = [time.span for time in self.times if time.type in {"DATE", "TIME"}]
        kept = [at for at in range(*self.span) if not any(span.start <= at < span.end for span in dates)]
        return "".join(text[at] for at in kept)


def propose_answers(documents: Sequence[Document], asked: str) -> tuple[Proposal, ...]:
    """The sentences that answer `asked`, the best first, speech as quotes; none where nothing is near enough."""
    found: list[tuple[float, Sentence]] = []
    for document in documents:
        question = question_of(asked, document.language)
        found += _Weighing(document, question).answers() if question.roots else []
    best = max((worth for worth, _ in found), default=0.0)
    near = [row for row in found if row[0] >= NEAR_BEST * best]
    near.sort(key=lambda row: -row[0])
    proposed = [_proposal(sentence, asked) for _, sentence in near[:MOST_SHOWN]]
    return tuple(item for item in proposed if not any(_within(item, other) for other in proposed))


class _Weighing:
    """The sentences of one Document against one Question."""

    def __init__(self, document: Document, question: Question) -> None:
        self._question = question
        self._sentences = _sentences_of(document)
        opening = [sentence.roots for sentence in self._sentences[:1]]
        self._topic = meanings(document.title or "").union(*opening)
        seen = Counter(root for sentence in self._sentences for root in sentence.roots)
        known = self._topic | seen.keys()
        count = len(self._sentences)
        self._weights = {
            root: boost * log(1 + count / (max(1, seen[root]) if root in known else ABSENT))
            for root, boost in question.roots.items()
        }
        self._whole = sum(self._weights.values())
        self._common = {root for root, boost in question.roots.items() if boost < NAME}

    def answers(self) -> list[tuple[float, Sentence]]:
        """The sentences that are near enough, with their worth."""
        worths = [self._worth(at) for at in range(len(self._sentences))]
        found = []
        for at, (worth, lacks) in enumerate(worths):
            if worth >= ENOUGH * (LACKING[self._question.wanted] if lacks else 1.0) and lacks:
                following = self._following(at)
                if following is not None:
                    found.append((FOLLOWING * worth / LACKING[self._question.wanted], following))
            if worth >= ENOUGH:
                found.append((worth, self._sentences[at]))
        return found

    def _following(self, at: int) -> Sentence | None:
        """The next sentence, where it goes on about the same and names what is asked for: "She was 97." """
        if at + 1 == len(self._sentences):
            return None
        here, following = self._sentences[at], self._sentences[at + 1]
        goes_on = following.paragraph == here.paragraph and following.points_back
        return following if goes_on and following.names(self._question.wanted, self._question) else None

    def _worth(self, at: int) -> tuple[float, bool]:
        """The worth of one sentence, and whether it lacks what is asked for."""
        here = self._sentences[at]
        own = self._held(here.roots)
        if own < OWN * self._whole:
            return 0.0, True
        left = self._weights.keys() - here.roots
        shares = dict.fromkeys(left & self._topic, TOPIC)
        for beside, share in ((at + 1, BEHIND), (at - 1, BEFORE)):
            if 0 <= beside < len(self._sentences) and self._sentences[beside].paragraph == here.paragraph:
                for root in left & self._sentences[beside].roots:
                    shares[root] = max(share, shares.get(root, 0.0))
        if self._common and not self._common & (here.roots | shares.keys()):
            return 0.0, True  # it speaks of those asked about, and not of what is asked about them
        held = own + sum(share * self._weights[root] for root, share in shares.items())
        lacks = not here.names(self._question.wanted, self._question)
        return held / self._whole * (LACKING[self._question.wanted] if lacks else 1.0), lacks

    def _held(self, roots: Iterable[str]) -> float:
        return sum(self._weights.get(root, 0.0) for root in roots)


def _sentences_of(document: Document) -> list[Sentence]:
    text = document.text
    language = document.language if document.language != "und" else "en"
    times = time_expressions(text, document.published, language=language)
    starts = [time.span.start for time in times]
    ends = [paragraph.end for paragraph in paragraphs(text)]
    found: list[Sentence] = []
    page, headline = furniture(text), folded_words(document.title or "")
    for span in sentences(text, language=language):
        if any(line.overlaps(span) for line in page) or folded_words(span.of(text)) == headline:
            continue
        paragraph = bisect_right(ends, span.start)
        inside = tuple(times[bisect_left(starts, span.start) : bisect_left(starts, span.end)])
        last = found[-1] if found and found[-1].paragraph == paragraph else None
        before = last.span.start if last else None
        found.append(Sentence(document, without_dateline(text, span), paragraph, inside, before))
    return found


def _proposal(sentence: Sentence, asked: str) -> Proposal:
    text, roots = sentence.document.text, question_of(asked, sentence.document.language).roots.keys()
    quote = _mostly_speech(sentence)
    if quote is not None and roots & meanings(quote.words.of(text)):
        return ProposedQuote(
            text=quote.words.of(text), speaker=quote.speaker, evidence=(_place(sentence, quote.words),)
        )
    span = _understood(sentence)
    return ProposedPoint(text=" ".join(span.of(text).split()), evidence=(_place(sentence, span),))


def _place(sentence: Sentence, span: Span) -> Evidence:
    return Evidence(source=sentence.document.id, start=span.start, end=span.end)


def _within(item: Proposal, other: Proposal) -> bool:
    """Whether what `item` shows is a part of what `other` shows."""
    one, two = item.evidence[0], other.evidence[0]
    return item is not other and one.source == two.source and two.span.contains(one.span) and one != two


def _understood(sentence: Sentence) -> Span:
    """The sentence with what it cannot be read without, where that is not too long to be shown: the rest of a
    quotation that it breaks into, and the sentence that a "she" at its head speaks of."""
    start, end = sentence.span
    if sentence.points_back and sentence.before is not None:
        start = sentence.before
    for quotation in quotations(sentence.document.text):
        if quotation.span.overlaps(Span(start, end)):
            start, end = min(start, quotation.span.start), max(end, quotation.span.end)
    return Span(start, end) if end - start <= LONGEST else sentence.span


def _mostly_speech(sentence: Sentence) -> AttributedQuote | None:
    span = sentence.span
    for quote in _speech(sentence.document):
        inside = min(span.end, quote.span.end) - max(span.start, quote.span.start)
        if quote.key and quote.speaker and inside > MOSTLY_QUOTED * (span.end - span.start):
            return quote
    return None


@lru_cache(maxsize=4)
def _speech(document: Document) -> Sequence[AttributedQuote]:
    language = document.language if document.language != "und" else "en"
    return attributed_quotes(document.text, language=language, blocks=document.block_quotes)
