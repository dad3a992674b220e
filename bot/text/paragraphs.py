"""Where the paragraphs of a text are, however its lines were broken.

Articles reach us in three shapes: one line a paragraph, blank lines between paragraphs, and lines wrapped by hand
or by a mail program at some 72 columns. The third differs from the first by one thing only: a wrapped line is
followed by a word that had no room left on it. That is what is tested here, with the width taken from the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from bot.domain.value import Span

# Code points that print nothing but that `str.isspace` does not call blank: a byte-order mark at a text's head
# or a zero-width space between paragraphs must not make a paragraph of its own.
INVISIBLE: Final = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"

LINE: Final = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
ONE_BREAK: Final = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
SENTENCE_ENDS: Final = frozenset(".!?:;…。！？」』")
CLOSERS: Final = "\"'”’»)]*_"

NARROWEST_WRAP: Final = 40
WIDEST_WRAP: Final = 100


class _Line(NamedTuple):
    """A line that holds something: its trimmed Span, its indent and whether a blank line stands before it."""

    span: Span
    indent: int
    after_gap: bool

    @property
    def length(self) -> int:
        return self.span.end - self.span.start


@lru_cache(maxsize=8)
def _paragraphs(text: str) -> tuple[Span, ...]:
    lines = list(_lines(text))
    width = _wrap_width(text, lines)
    found: list[Span] = []
    before: _Line | None = None
    for line in lines:
        if before is not None and width and _runs_on(text, before, line, width):
            found[-1] = Span(found[-1].start, line.span.end)
        else:
            found.append(line.span)
        before = line
    return tuple(found)


def paragraphs(text: str) -> list[Span]:
    """The paragraphs of `text` in order: trimmed, apart, and over every character that is not blank."""
    return list(_paragraphs(text))


def is_blank(character: str) -> bool:
    """Whether a character prints nothing: white space of any kind, or a zero-width one."""
    return character.isspace() or character in INVISIBLE


def trimmed(text: str, span: Span) -> Span:
    """`span` without the blank characters at its two ends; empty where it holds nothing else."""
    start, end = span
    while start < end and is_blank(text[start]):
        start += 1
    while start < end and is_blank(text[end - 1]):
        end -= 1
    return Span(start, end)


def _lines(text: str) -> Iterator[_Line]:
    last_end = 0
    for match in LINE.finditer(text):
        span = trimmed(text, Span(match.start(), match.end()))
        if span.start == span.end:
            continue
        gap = text[last_end : span.start]
        yield _Line(span, span.start - match.start(), gap == "\n\n" or (gap != "\n" and _is_wide(gap)))
        last_end = span.end


def _is_wide(gap: str) -> bool:
    """Whether a blank line lies between two lines that hold something."""
    breaks = ONE_BREAK.finditer(gap)
    return next(breaks, None) is not None and next(breaks, None) is not None


def _wrap_width(text: str, lines: Sequence[_Line]) -> int:
    """The width at which the text was wrapped, 0 where it was not.

    Wrapped text breaks its lines close to one width, and mostly in the middle of a sentence.
    """
    inner = [(line, after) for line, after in pairwise(lines) if not after.after_gap]
    if len(inner) < 2:
        return 0
    narrow = [line for line, _ in inner if line.length <= WIDEST_WRAP]
    if len(narrow) < 0.8 * len(inner):
        return 0
    width = sorted(line.length for line in narrow)[int(len(narrow) * 0.9)]
    if width < NARROWEST_WRAP:
        return 0
    full = sum(1 for line, after in inner if _had_no_room(text, line, after, width))
    open_ended = sum(1 for line, _ in inner if not _ends_sentence(text, line))
    return width if full >= 0.6 * len(inner) and open_ended >= 0.3 * len(inner) else 0


def _had_no_room(text: str, line: _Line, after: _Line, width: int) -> bool:
    """Whether the first word of `after` would have made `line` longer than `width`."""
    first = re.compile(r"\S{1,40}").match(text, *after.span)
    return line.indent + line.length + 1 + (len(first.group()) if first else 0) > width


def _ends_sentence(text: str, line: _Line) -> bool:
    kept = line.span.of(text)[-6:].rstrip(CLOSERS)
    return bool(kept) and kept[-1] in SENTENCE_ENDS


def _runs_on(text: str, line: _Line, after: _Line, width: int) -> bool:
    """Whether `after` goes on with the paragraph of `line`."""
    if after.after_gap or (after.indent > line.indent + 1 and _ends_sentence(text, line)):
        return False
    if _had_no_room(text, line, after, width):
        return True
    goes_on = text[after.span.start].islower() and not _ends_sentence(text, line)
    return goes_on and line.length > width // 2
