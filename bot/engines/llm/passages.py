"""Numbered passages: what a model points to, and the places in the Documents that the numbers stand for.

Numbers run on over all Documents of a Task. A passage goes out as one line, so that a line in the article that
looks like "[7] …" is never taken for one of ours. What the page sets apart as quoted, without
marks, begins with ">".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.document import Document
from bot.domain.draft import Evidence
from bot.text.passages import passages
from bot.text.tokens import count_tokens

_LONGEST_HEADER = 240  # characters of a title or a site's name


@dataclass(frozen=True, slots=True)
class Passage:
    """One numbered piece. `line` is what the model reads; `tokens` is the line's count, with its line end."""

    number: int
    document: int
    evidence: Evidence
    line: str
    tokens: int

    @property
    def words(self) -> str:
        """The line without its number."""
        return self.line.partition("] ")[2].removeprefix("> ")


@dataclass(frozen=True, slots=True)
class Header:
    """The line above the passages of a Document."""

    line: str
    tokens: int


def number_passages(documents: Sequence[Document]) -> tuple[Passage, ...]:
    """All passages of `documents`, numbered from 1 without a gap."""
    numbered: list[Passage] = []
    for index, document in enumerate(documents):
        for span in passages(document.text):
            number = len(numbered) + 1
            quoted = "> " if any(block.contains(span) for block in document.block_quotes) else ""
            line = f"[{number}] {quoted}{one_line(span.of(document.text))}"
            evidence = Evidence(source=document.id, start=span.start, end=span.end)
            numbered.append(Passage(number, index, evidence, line, count_tokens(line) + 1))
    return tuple(numbered)


def headers_of(documents: Sequence[Document]) -> tuple[Header, ...]:
    """A line for each Document: title, site and publication date, as far as they are known."""
    lines = []
    for number, document in enumerate(documents, start=1):
        published = f"published {document.published.isoformat()}" if document.published else None
        known = [one_line(part)[:_LONGEST_HEADER] for part in (document.title, document.site, published) if part]
        lines.append(f"Article {number}: {' · '.join(known) or 'no title'}")
    return tuple(Header(line, count_tokens(line) + 2) for line in lines)


def article_text(chunk: Iterable[Passage], headers: Sequence[Header]) -> str:
    """The lines of a chunk, each Document's under its header."""
    lines: list[str] = []
    document = -1
    for passage in chunk:
        if passage.document != document:
            document = passage.document
            lines += ["", headers[document].line] if lines else [headers[document].line]
        lines.append(passage.line)
    return "\n".join(lines)


def one_line(text: str) -> str:
    """`text` with every run of white space, line ends included, as one blank."""
    return " ".join(text.split())
