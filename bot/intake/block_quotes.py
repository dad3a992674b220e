"""What a page sets apart as quoted (<blockquote>, embedded posts): found again in the canonical text.

Such words have no quotation marks around them, and the extraction keeps no elements. So the page's blocks are read
from its tree beforehand, and each is sought in the text, one after the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from bot.domain.value import Span

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

_BLOCKS: Final = frozenset(
    (
        "p",
        "div",
        "li",
        "br",
        "footer",
        "figcaption",
        "cite",
        "blockquote",
        "ul",
        "ol",
        "section",
        "h1",
        "h2",
        "h3",
        "h4",
    )
)
_FEWEST_LETTERS: Final = 12  # a shorter line stands in too many places
_MOST: Final = 0.5  # of the text: a page that sets apart more uses the element for its looks


def quoted_lines(tree: HtmlElement) -> list[list[str]]:
    """The lines of every outermost <blockquote>, as the page has them, white space aside."""
    outermost = (
        block for block in tree.iter("blockquote") if next(block.iterancestors("blockquote"), None) is None
    )
    return [list(_lines(block)) for block in outermost]


def spans_of(blocks: Iterable[Sequence[str]], text: str) -> tuple[Span, ...]:
    """Where the lines of `blocks` stand in canonical `text`: one Span for each block of which a line is found."""
    found: list[Span] = []
    at = 0
    for lines in blocks:
        places = list(_places(lines, text, at))
        if places:
            found.append(Span(places[0].start, places[-1].end))
            at = places[-1].end
    covered = sum(span.end - span.start for span in found)
    return tuple(found) if covered <= _MOST * len(text) else ()


def _places(lines: Sequence[str], text: str, at: int) -> Iterator[Span]:
    """The lines that stand in `text` from `at` on as lines of their own, nothing else between them."""
    first = True
    for line in lines:
        start = _line_at(line, text, at, anywhere=first)
        if start >= 0 and (not first or len(line) >= _FEWEST_LETTERS):
            yield Span(start, start + len(line))
            at, first = start + len(line), False


def _line_at(line: str, text: str, at: int, *, anywhere: bool) -> int:
    while (start := text.find(line, at)) >= 0:
        begins = start == 0 or text[start - 1] == "\n"
        ends = start + len(line) == len(text) or text[start + len(line)] == "\n"
        if begins and ends:
            return start if anywhere or not text[at:start].strip() else -1
        if not anywhere:
            return -1
        at = start + 1
    return -1


def _lines(block: HtmlElement) -> Iterator[str]:
    """The block's text, a line for each element inside it that stands on a line of its own."""
    line: list[str] = []
    for event, element in _walk(block):
        if event == "break":
            yield from _said(line)
            line = []
        else:
            line.append(element)
    yield from _said(line)


def _said(parts: Sequence[str]) -> Iterator[str]:
    words = " ".join("".join(parts).split())
    if words:
        yield words


def _walk(element: HtmlElement) -> Iterator[tuple[str, str]]:
    """Text and line breaks of an element, in order."""
    if element.text:
        yield "text", element.text
    for child in element:
        breaks = child.tag in _BLOCKS
        if breaks:
            yield "break", ""
        if isinstance(child.tag, str):
            yield from _walk(child)
        if breaks:
            yield "break", ""
        if child.tail:
            yield "text", child.tail
