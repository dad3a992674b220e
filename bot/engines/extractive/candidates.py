"""The sentences that may become a point: whole, the story's own, and understandable where they stand.

What belongs to the page (headlines, bylines, picture credits, prompts) never does, nor a fragment without an
end. A dateline ("LUND (AP) — ") is cut off, since it is the agency's and not the story's; nothing else is ever
changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from bot.domain.document import Document
from bot.domain.draft import Evidence
from bot.domain.value import Span
from bot.text.furniture import furniture
from bot.text.paragraphs import paragraphs
from bot.text.sentences import sentences
from bot.text.words import content_stems, folded_words

FEWEST_WORDS: Final = 5
FEWEST_ROOTS: Final = 4  # a sentence with less to it carries nothing by itself
LONGEST: Final = 500  # characters
LONGEST_HEADING: Final = 200

POINTS_BACK: Final = frozenset(
    {
        "he",
        "she",
        "they",
        "it",
        "his",
        "her",
        "their",
        "its",
        "this",
        "that",
        "these",
        "those",
        "him",
        "them",
        "such",
    }
    | {"here", "there", "it's", "that's", "he's", "she's", "they're", "both", "others", "another"}
)
LINKS: Final = frozenset(
    {"but", "and", "so", "or", "however", "still", "also", "then", "yet", "instead", "meanwhile", "because", "nor"}
    | {"therefore", "thus", "now", "well", "plus", "though", "besides", "moreover", "indeed"}
)

# A place in capitals or a name or two; then a day, an agency in brackets and a dash, of which one must be there.
DATELINE: Final = re.compile(
    r"""\s*(?:
      \([A-Z]{2,7}\)\s*[-–—:]*\s*
    | (?:[A-ZÀ-Þ][\w.'’-]*[,\s]*){0,6}
      (?:\w{3,9}\.?\s\d{1,2}(?:,\s\d{4})?,?\s?)?
      \((?:[A-Z][\w\s]{1,20}|dpa)\)\s*[-–—:]+\s*
    | [A-ZÀ-Þ]{3}[A-ZÀ-Þ.'’\s-]*
      (?:,\s[A-Z][\w.\s]{1,20})?
      (?:,\s\w{3,9}\.?\s\d{1,2}(?:,\s\d{4})?)?
      \s?(?:—|–|--|\s-\s|:\s)\s*
    | (?:[A-ZÀ-Þ][\w.'’-]*[,\s]+){1,4}(?:—|--)\s+(?=[A-ZÀ-Þ“"‘])
    )""",
    re.VERBOSE,
)
_ENDS: Final = re.compile(r"[.!?。！？…][\"'”’»)\]」』]*$")
_BYLINE: Final = re.compile(
    r"""\s*(?:by\s+(?:the\s)?[A-Z][\w.'’-]+(?:\s(?:and\s)?[A-Z][\w.'’-]+){0,5}\s*(?:[|,•].*)?[.]?\s*$
    | (?:editors?['’]?s?\snote|correction|updated?|published|posted|last\s(?:updated|modified))\b\s?[:\d]
    | (?:photo|image|picture|video|watch|listen|read|related|source|caption|credit|tags|topics|share|more|note)
      \s?[:|]
    | (?:reporting|additional\sreporting|writing|editing|edited|compiled)\sby\b
    | about\s(?:the\s)?[\w.&-]+(?:\s[\w.&-]+){0,4}:\s
    | \(?\s?(?:©|copyright\b|all\srights\sreserved)
    | (?:for\smore\s(?:on|information|news)|click\shere|follow\s(?:us|him|her|them)\b|sign\sup\b|subscribe\b
      |see\sthe\soriginal)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_CREDITS: Final = re.compile(
    r"\bcontributed\s(?:to|reporting)\b|\ball\srights\sreserved\b|©|\breporting\sby\b"
    r"|\b(?:opinions|views)\sexpressed\b|\bthe\sauthor['’]s?\sown\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Candidate:
    """One sentence of one Document that may be chosen.

    `position` counts the Document's candidates from 0. `span` is what would be shown.
    """

    document: Document
    span: Span
    position: int

    @cached_property
    def text(self) -> str:
        """The sentence as it stands, on one line."""
        return " ".join(self.span.of(self.document.text).split())

    @cached_property
    def words(self) -> list[str]:
        """Its words, folded."""
        return folded_words(self.text)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The roots of its meaningful words."""
        return frozenset(content_stems(self.text))

    @property
    def points_back(self) -> bool:
        """Whether it opens with a word whose meaning stands in the sentence before: "He", "But", "This"."""
        return bool(self.words) and self.words[0] in POINTS_BACK | LINKS

    @property
    def evidence(self) -> Evidence:
        """Its place."""
        return Evidence(source=self.document.id, start=self.span.start, end=self.span.end)


def candidates(document: Document) -> list[Candidate]:
    """The sentences of `document` that may be shown, in order."""
    text = document.text
    found: list[Candidate] = []
    starts = {paragraph.start for paragraph in paragraphs(text)}
    for number, sentence in enumerate(_story(document)):
        span = without_dateline(text, sentence) if number < 3 or sentence.start in starts else sentence
        candidate = Candidate(document, span, len(found))
        if _stands_alone(candidate):
            found.append(candidate)
    return found


def story_sentences(document: Document) -> list[Span]:
    """The sentences that belong to the story: not the page's furniture, not its headline, no byline, no credit."""
    return list(_story(document))


def without_dateline(text: str, sentence: Span) -> Span:
    """`sentence` without the agency's place and mark at its head."""
    match = DATELINE.match(text, *sentence)
    if match is None or match.end() >= sentence.end:
        return sentence
    return Span(match.end(), sentence.end)


def _story(document: Document) -> Iterator[Span]:
    text = document.text
    page = furniture(text)
    language = document.language if document.language != "und" else "en"
    heads = frozenset(_headings(text, paragraphs(text), document.title))
    blocks = iter(paragraphs(text))
    block = next(blocks, None)
    for sentence in sentences(text, language=language):
        while block is not None and block.end <= sentence.start:
            block = next(blocks, None)
        if block in heads or any(line.overlaps(sentence) for line in page):
            continue
        words = sentence.of(text)
        if not _BYLINE.match(words) and not _CREDITS.search(words):
            yield sentence


def _headings(text: str, blocks: Sequence[Span], title: str | None) -> Iterator[Span]:
    """Paragraphs that head others: the title repeated, and short ones that do not end like a sentence."""
    for block in blocks:
        line = block.of(text)
        repeats = title is not None and folded_words(line) == folded_words(title)
        if repeats or (len(line) <= LONGEST_HEADING and not _ENDS.search(line)):
            yield block


def _stands_alone(candidate: Candidate) -> bool:
    text = candidate.text
    if not _ENDS.search(text) or len(text) > LONGEST or text[0] in ",;)]”’»" or text.endswith(("…", "...")):
        return False
    if text[0].islower() and not any(map(str.isupper, text[:6])):
        return False
    if len(candidate.words) < FEWEST_WORDS or len(candidate.stems) < FEWEST_ROOTS:
        return False
    return text.count("“") == text.count("”") and text.count('"') % 2 == 0
