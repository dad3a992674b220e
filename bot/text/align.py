"""The proof of a quote: does it stand in the text, and where exactly?

What comes back is a place in the source, never the claim: the source's own characters become the quote. So the
question is only whether a reader would say "these are the same words". Marks, blanks, case and broken lines may
differ. A marked omission may be closed again, by showing what was left out. One slip of a letter in a long word is
forgiven, where it makes no other word. A word changed, added or left out is another statement, and gives None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise
from typing import Final, Literal

from bot.domain.value import Span
from bot.text.folding import FoldedText, fold_line
from bot.text.slips import is_slip

How = Literal["exact", "normalised", "fuzzy"]

QUOTES: Final = "\"“”„‟«»‹›'‘’‚‛`"
OMISSION: Final = re.compile(r"[\[(]\s*(?:…|\.\s?\.\s?\.)\s*[\])]|…|\.\s?\.\s?\.(?:\s?\.)*")
INSERTION: Final = re.compile(r"\[[^\[\]]{0,200}\]")
PAIRS: Final = (("“", "”"), ("„", "“"), ("«", "»"), ("[", "]"), ("(", ")"), ('"', '"'))
SPOKEN_MARK: Final = re.compile("[\"“”„«»]|''|``|\n\\s*\n|\u2029")

MOST_PLACES: Final = 500  # occurrences looked at; a claim of one common word has thousands, all alike
LONGEST_GAP: Final = 15  # words that a marked omission may have left out
WORDS_A_SLIP: Final = 8


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where a claim stands: `exact` to the letter, `normalised` but for marks and case, else `fuzzy`."""

    span: Span
    how: How


def align(claim: str, text: str, *, near: Span | None = None) -> Alignment | None:
    """Where `claim` stands in `text`, the occurrence nearest to `near` if several; None where it does not."""
    return aligner(text).align(claim, near=near)


@lru_cache(maxsize=8)
def aligner(text: str) -> Aligner:
    """The Aligner of a text; the last few are kept."""
    return Aligner(text)


class _Index:
    """A text as a string of one character a word, so that finding a run of words is finding a substring."""

    def __init__(self, text: str, *, joined: bool) -> None:
        self.joined = joined
        self._text = FoldedText(text, joined=joined)
        self._codes = {word: chr(number + 1) for number, word in enumerate(dict.fromkeys(self._text.words))}
        self._run = "".join(map(self._codes.__getitem__, self._text.words))

    def folded(self, line: str) -> list[str]:
        """The words of a line, folded as this text's are."""
        return FoldedText(line, joined=self.joined).words

    def words(self, first: int, count: int) -> list[str]:
        """`count` words of the text from the one numbered `first` on."""
        return self._text.words[first : first + count]

    def knows(self, word: str) -> bool:
        return word in self._codes

    def places(self, sought: Sequence[str], start: int = 0) -> Iterator[int]:
        """The numbers of the words at which the run `sought` begins, from `start` on."""
        try:
            run = "".join(self._codes[word] for word in sought)
        except KeyError:
            return
        at = self._run.find(run, start) if run else -1
        while at >= 0:
            yield at
            at = self._run.find(run, at + 1)

    def span(self, first: int, last: int) -> Span:
        return Span(self._text.spans[first][0], self._text.spans[last][1])


class Aligner:
    """Aligns claims to one text, which is folded once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._indexes: dict[bool, _Index] = {}

    def align(self, claim: str, *, near: Span | None = None) -> Alignment | None:
        """Where `claim` stands in the text; None where its words do not. Never raises."""
        core = _bare(claim)
        for joined in (True, False):
            index = self._index(joined)
            for search in (_whole, _without_insertions, _with_slips, _with_omissions):
                if spans := list(islice(search(index, core, self._text), MOST_PLACES)):
                    return self._best(spans, core, near, exact=search is _whole)
        return None

    def _index(self, joined: bool) -> _Index:
        if joined not in self._indexes:
            self._indexes[joined] = _Index(self._text, joined=joined)
        return self._indexes[joined]

    def _best(self, spans: Sequence[Span], core: str, near: Span | None, *, exact: bool) -> Alignment:
        if near is not None:
            spans = [min(spans, key=lambda span: _distance(span, near))]
        best: Alignment | None = None
        for span in spans:
            bare = _with_edges(self._text, span, core)
            full = _balanced(self._text, bare)
            how = _how(self._text, bare, full, core) if exact else "fuzzy"
            if best is None or _RANK[how] < _RANK[best.how]:
                best = Alignment(full, how)
            if how == "exact":
                break
        assert best is not None  # noqa: S101  the caller found at least one
        return best


_RANK: Final[dict[How, int]] = {"exact": 0, "normalised": 1, "fuzzy": 2}


def _whole(index: _Index, core: str, _: str) -> Iterator[Span]:
    """The claim's words, one after the other."""
    sought = index.folded(core)
    for at in index.places(sought):
        yield index.span(at, at + len(sought) - 1)


def _without_insertions(index: _Index, core: str, text: str) -> Iterator[Span]:
    """The claim without what its brackets mark as somebody else's words."""
    bare, removed = INSERTION.subn(" ", core)
    if removed and not OMISSION.search(core):
        yield from _whole(index, bare, text)


def _with_slips(index: _Index, core: str, _: str) -> Iterator[Span]:
    """The claim's words, where a few that the text does not know are a letter away from those that stand there."""
    sought = index.folded(core)
    slips = [at for at, word in enumerate(sought) if not index.knows(word)]
    if not slips or len(slips) > len(sought) // WORDS_A_SLIP:
        return
    edges = [-1, *slips, len(sought)]
    begin, end = max(pairwise(edges), key=lambda edge: edge[1] - edge[0])
    for place in islice(index.places(sought[begin + 1 : end]), MOST_PLACES):
        first = place - begin - 1
        there = index.words(first, len(sought)) if first >= 0 else []
        if len(there) == len(sought) and all(
            mine == theirs or (at in slips and is_slip(mine, theirs))
            for at, (mine, theirs) in enumerate(zip(sought, there, strict=True))
        ):
            yield index.span(first, first + len(sought) - 1)


def _with_omissions(index: _Index, core: str, text: str) -> Iterator[Span]:
    """The parts around marked omissions, in order, with little and nobody else's words between them.

    The Span runs over what was left out: a quote that shows it cannot have been bent by the omission.
    """
    parts = [part for piece in OMISSION.split(core) if (part := index.folded(piece))]
    if len(parts) < 2 or any(len(part) < 2 for part in parts):
        return
    room = min(LONGEST_GAP, sum(map(len, parts)))
    for first in islice(index.places(parts[0]), MOST_PLACES):
        last = first + len(parts[0]) - 1
        for part in parts[1:]:
            nearest = next(index.places(part, last + 1), None)
            if nearest is None:
                return
            if nearest - last - 1 > room:
                break
            last = nearest + len(part) - 1
        else:
            span = index.span(first, last)
            if not SPOKEN_MARK.search(text, *span):
                yield span


def _bare(claim: str) -> str:
    """The claim without blanks and the quotation marks around it, unless one of them belongs to a pair inside."""
    core = claim.strip()
    while len(core) > 1 and core[0] in QUOTES and core[-1] in QUOTES and not _closes_early(core):
        core = core[1:-1].strip()
    if core[:1] in tuple(QUOTES) and not any(mark in QUOTES for mark in core[1:]):
        return core[1:].strip()
    if core[-1:] in tuple(QUOTES) and not any(mark in QUOTES for mark in core[:-1]):
        return core[:-1].strip()
    return core


def _closes_early(core: str) -> bool:
    """Whether the mark at the head closes before the end: "Go," she said, "now" is not one quotation."""
    inner = core[1:-1]
    if core[0] == '"':
        return inner.count('"') >= 2 and inner.find('"') >= 0 and core[-1] == '"'
    closers = {opener: closer for opener, closer in PAIRS if opener != closer}
    closer = closers.get(core[0], "")
    at = inner.find(closer) if closer else -1
    return at >= 0 and core[0] not in inner[:at]


def _with_edges(text: str, span: Span, core: str) -> Span:
    """The Span with the marks at its ends that the claim has too, such as the stop of its sentence."""
    found = FoldedText(core).spans
    if not found:
        return span
    start, end = span
    for mark in core[found[-1][1] :]:
        if end >= len(text) or text[end] != mark or mark.isspace() or mark in QUOTES:
            break
        end += 1
    for mark in reversed(core[: found[0][0]]):
        if start == 0 or text[start - 1] != mark or mark.isspace() or mark in QUOTES:
            break
        start -= 1
    return Span(start, end)


def _balanced(text: str, span: Span) -> Span:
    """The Span with the other half of a pair of marks, where only one half lies inside and the other beside it."""
    start, end = span
    for opener, closer in PAIRS:
        inside = text[start:end]
        opened, closed = inside.count(opener), inside.count(closer)
        lacks_closer = opened % 2 == 1 if opener == closer else opened > closed
        lacks_opener = opened % 2 == 1 if opener == closer else closed > opened
        tail = re.compile(rf"[.,;:!?…]{{0,3}}{re.escape(closer)}").match(text, end)
        if lacks_closer and tail:
            end = tail.end()
        elif lacks_opener and start > 0 and text[start - 1] == opener:
            start -= 1
    return Span(start, end)


def _how(text: str, bare: Span, full: Span, core: str) -> How:
    if core in (bare.of(text), full.of(text)):
        return "exact"
    return "normalised" if _inner(fold_line(bare.of(text))) == _inner(fold_line(core)) else "fuzzy"


def _inner(line: str) -> str:
    return line.strip(" .,;:!?-" + QUOTES)


def _distance(span: Span, near: Span) -> int:
    return max(0, near.start - span.end, span.start - near.end)
