"""Quotation marks: which stretches of a text are quoted, in any language's marks.

Everything about speakers rests on these spans, and so does the promise that a quote in a Brief stands between
marks in the source. The reading is local to a paragraph, because a forgotten closing mark must not swallow the
rest of an article, and it takes one pass, because anybody may send a text of a hundred thousand marks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.domain.value import Span
from bot.text.paragraphs import paragraphs

_OPENERS = {
    "“": '”“"',
    "„": '“”"',
    "‟": "”",
    "«": "»",
    "»": "«",
    "‹": "›",
    "›": "‹",
    "「": "」",
    "『": "』",
    "”": "”",
    '"': '"”',
    "``": ("''", '"', "”"),
    "‘": "’'",
    "‚": "‘’",
    "'": "'’",
}
_SINGLE = frozenset("‘’‚'‹›")
_MARK = re.compile(r"``|''(?!')|[“”„‟«»‹›「」『』\"‘’‚']")
_BEFORE_OPENING = frozenset(" \t\r\n\u00a0\u202f\u2009\u200b([{<—–-―/:;,.…>=*_~|“„«‹「『‘\"'")
_AFTER_CLOSING = frozenset(" \t\r\n\u00a0\u202f\u2009\u200b)]}>—–-―/:;,.!?…<*_~|”»›」』’\"'")
_FEET_AND_INCHES = re.compile(r"\d\s?['’′]\s?\d{0,2}(?:\s?\d/\d)?\s?[\"”″']?\Z")
_ELISION = re.compile(
    r"['‘’](?:\d\ds?\b|(?:em|til|till|twas|tis|cause|bout|round|n|im|er|ere|neath|cuz|tude|hood|nuff)\b)",
    re.IGNORECASE,
)
_BLANK = " \t\r\n\u00a0\u202f\u2009"


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quoted stretch of a text.

    `span` has the marks in it, `words` has not. `depth` is 0 for an outermost quotation. `closed` is false when
    the paragraph ended first; `continues` when moreover the next paragraph opens with the same mark again.
    """

    span: Span
    words: Span
    depth: int
    closed: bool
    continues: bool


@dataclass(slots=True)
class _Open:
    mark: str
    start: int
    inner: int
    slot: int


def quotations(text: str) -> list[Quotation]:
    """Every quoted stretch of `text`, by start, an outer one before those inside it."""
    found: list[Quotation] = []
    blocks = paragraphs(text)
    for index, block in enumerate(blocks):
        following = blocks[index + 1].start if index + 1 < len(blocks) else len(text)
        found.extend(_Paragraph(text, block, _mark_at(text, following)).read())
    return found


def _mark_at(text: str, at: int) -> str:
    match = _MARK.match(text, at)
    return match.group() if match else ""


def _deepened(found: list[Quotation]) -> list[Quotation]:
    """The quotations of a paragraph, in order, each with how many stand open around it."""
    ends: list[int] = []
    deep = []
    for each in found:
        while ends and ends[-1] <= each.span.start:
            ends.pop()
        deep.append(replace(each, depth=len(ends)) if ends else each)
        ends.append(each.span.end)
    return deep


class _Paragraph:
    """One pass over the marks of one paragraph."""

    def __init__(self, text: str, block: Span, next_mark: str) -> None:
        self.text, self.block, self.next_mark = text, block, next_mark
        self.marks = [(m.start(), m.group()) for m in _MARK.finditer(text, block.start, block.end)]
        self.left = self._closers_left()
        self.stack: list[_Open] = []
        self.slots: list[Quotation | None] = []

    def _closers_left(self) -> list[tuple[int, int, int]]:
        """For each mark: how many of ”, strong single closers and weak ones stand after it."""
        counts = (0, 0, 0)
        left = []
        for at, mark in reversed(self.marks):
            left.append(counts)
            curly, strong, weak = counts
            if mark == "”":
                curly += 1
            elif mark in "'’":
                strength = self._single_closer(at)
                strong, weak = strong + (strength == 2), weak + (strength == 1)
            counts = curly, strong, weak
        left.reverse()
        return left

    def _before(self, at: int) -> str:
        return self.text[at - 1] if at > self.block.start else "\n"

    def _after(self, at: int) -> str:
        return self.text[at] if at < self.block.end else "\n"

    def _single_closer(self, at: int) -> int:
        """2: closes a single quotation; 1: may, or may be the apostrophe of "workers'"; 0: cannot."""
        before, after = self._before(at), self._after(at + 1)
        if before in _BLANK or after not in _AFTER_CLOSING or after == "-":
            return 0
        return 1 if before in "sS" and after in _BLANK and self._after(at + 2).islower() else 2

    def read(self) -> list[Quotation]:
        for index, (at, mark) in enumerate(self.marks):
            if not self._closes(index, at, mark):
                self._opens(index, at, mark)
        while self.stack:
            self._give_up(self.stack[-1], self.block.end)
        return _deepened([slot for slot in self.slots if slot is not None])

    def _closes(self, index: int, at: int, mark: str) -> bool:
        """Close the innermost quotation that this mark can close; what is open inside it was an apostrophe."""
        for level in range(len(self.stack) - 1, max(-1, len(self.stack) - 4), -1):
            opened = self.stack[level]
            if mark in _OPENERS[opened.mark] and self._may_close(index, at, mark, opened):
                while len(self.stack) > level + 1:
                    self._drop()
                self._finish(opened, at, at + len(mark), closed=True)
                return True
            if opened.mark not in _SINGLE:
                return False
        return False

    def _may_close(self, index: int, at: int, mark: str, opened: _Open) -> bool:
        before, after = self._before(at), self._after(at + len(mark))
        if at == opened.inner:
            return False
        if mark in _SINGLE and mark in "'’‘":
            strength = self._single_closer(at) if mark != "‘" else 2 * (after in _AFTER_CLOSING)
            return strength == 2 or (strength == 1 and not self.left[index][1])
        if mark == "“":
            return opened.mark == "„" or (before not in _BLANK and after in _AFTER_CLOSING)
        if mark == '"':
            if _FEET_AND_INCHES.search(self.text, max(self.block.start, at - 6), at):
                return False
            return not (before in _BLANK and after not in _AFTER_CLOSING)
        return True

    def _opens(self, index: int, at: int, mark: str) -> None:
        if mark not in _OPENERS or not self._may_open(index, at, mark):
            return
        top = self.stack[-1] if self.stack else None
        if top is not None and top.mark == mark and mark in '“"':
            if len(self.stack) > 8 or self.left[index][0] <= len(self.stack):
                self._give_up(top, at)  # never closed before the next opening
        elif top is not None and len(self.stack) > 8:
            return
        self.stack.append(_Open(mark, at, at + len(mark), len(self.slots)))
        self.slots.append(None)

    def _may_open(self, index: int, at: int, mark: str) -> bool:
        before, after = self._before(at), self._after(at + len(mark))
        if mark in "'‘‚":
            if before not in _BEFORE_OPENING or after in _BLANK or _ELISION.match(self.text, at, self.block.end):
                return False
            return any(self.left[index][1:]) or (at == self.block.start and self.next_mark == mark)
        if mark in "”»›":  # Swedish and German turn them round
            return before in _BEFORE_OPENING and after not in _AFTER_CLOSING
        if mark == '"':
            if before.isalnum() or self._is_value(at) or (after in _BLANK and before in _BLANK):
                return False
            return after not in _BLANK and not (before in ".,!?" and after in _AFTER_CLOSING)
        return not (mark == "“" and before.isalnum() and after in _AFTER_CLOSING)

    def _is_value(self, at: int) -> bool:
        """Whether the mark opens the value of an attribute that was left in the text: `date="…"`."""
        return self._before(at) == "=" and at - 1 > self.block.start and self.text[at - 2].isalpha()

    def _drop(self) -> None:
        self.stack.pop()

    def _give_up(self, opened: _Open, end: int) -> None:
        if opened.mark in _SINGLE and not (opened.start == self.block.start and self.next_mark == opened.mark):
            self._drop()
            return
        while end > opened.inner and self.text[end - 1] in _BLANK:
            end -= 1
        if end <= opened.inner:
            self._drop()
            return
        self._finish(opened, end, end, closed=False)

    def _finish(self, opened: _Open, inner_end: int, end: int, *, closed: bool) -> None:
        self.stack.remove(opened)
        words = Span(opened.inner, inner_end)
        continues = not closed and end == self.block.end and bool(self.next_mark) and self.next_mark == opened.mark
        self.slots[opened.slot] = Quotation(Span(opened.start, end), words, 0, closed, continues)
