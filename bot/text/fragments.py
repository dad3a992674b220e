"""Links that open a web page at given words: text fragments, `#:~:text=prefix-,start,end,-suffix`.

The rules are those of the WICG draft "URL Fragment Text Directives": a browser takes the first place where `start`
stands at word ends (after `prefix`, where one is given) and marks all up to the next `end` (before `suffix`). None
of the four may run over the end of a block, so each is taken from inside one paragraph. What is written here is as
short as it can be and still be found first; the browser's search is followed to know that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple
from urllib.parse import quote

from bot.domain.value import Span
from bot.text.folding import UNSPACED

_WEB: Final = re.compile(r"https?://\S+\Z", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\s。、！？「」]+[。、！？]?")
# A browser cuts scripts without blanks into words by a dictionary; any place in them may be a word's end.
_LETTER: Final = re.compile(rf"[^\W{UNSPACED}]")
_BREAK: Final = re.compile(r"[\n\r\v\f\x85\u2028\u2029]")
_SHORT: Final = 60  # characters that are written out whole
_EDGE: Final = 3  # words of a long stretch's start and end, where they are enough
_MOST: Final = 12  # words, before a prefix is tried instead
_CONTEXT: Final = 4  # words of a prefix or suffix


class Directive(NamedTuple):
    """The parts of a text directive, unescaped; "" for those that it has not."""

    start: str
    end: str = ""
    prefix: str = ""
    suffix: str = ""

    @property
    def written(self) -> str:
        """The directive as it stands in an address."""
        parts = [
            f"{_escaped(self.prefix)}-" if self.prefix else "",
            _escaped(self.start),
            _escaped(self.end),
            f"-{_escaped(self.suffix)}" if self.suffix else "",
        ]
        return ",".join(part for part in parts if part)


def link_to(url: str | None, text: str, span: Span) -> str | None:
    """The address that opens `url` at `span` of its `text`; None where `url` is no web page or `span` is blank."""
    if not url or not _WEB.match(url):
        return None
    directive = directive_for(text, span)
    if directive is None:
        return None
    page = url.split(":~:", 1)[0].rstrip("#")
    return f"{page}{':~:' if '#' in page else '#:~:'}text={directive.written}"


def directive_for(text: str, span: Span) -> Directive | None:
    """The shortest directive by which a browser finds `span` of `text`; the best there is where none is sure."""
    words = [Span(*match.span()) for match in _WORD.finditer(text, *span)]
    if not words:
        return None
    best: Directive | None = None
    for directive in _candidates(text, span, words):
        best = directive
        if found(directive, text) == Span(words[0].start, words[-1].end):
            break
    return best


def found(directive: Directive, text: str) -> Span | None:
    """What a browser marks in `text` for `directive`: the first match, by its rules."""
    before = rf"{_plain(directive.prefix)}\s*" if directive.prefix else ""
    after = rf"(?=\s*{_plain(directive.suffix)})" if directive.suffix else ""
    start = _first(f"{before}(?P<marked>{_plain(directive.start)}){'' if directive.end else after}", text, 0)
    if start is None or not directive.end:
        return Span(*start.span("marked")) if start else None
    end = _first(f"{_plain(directive.end)}{after}", text, start.end())
    return Span(start.start("marked"), end.end()) if end else None


def _first(pattern: str, text: str, position: int) -> re.Match[str] | None:
    """The first match at or behind `position` that begins and ends at word ends.

    The ends are looked at here: as part of the pattern, which is another for each stretch, the class of letters
    would be compiled anew each time, and that took most of the time of proving a Brief.
    """
    compiled = re.compile(pattern, re.IGNORECASE)
    while match := compiled.search(text, position):
        inside = match.start() > 0 and _LETTER.match(text, match.start() - 1)
        if not inside and not _LETTER.match(text, match.end()):
            return match
        position = match.start() + 1
    return None


def _candidates(text: str, span: Span, words: list[Span]) -> Iterator[Directive]:
    """Directives for `span`, the shorter ones first, those with a prefix or a suffix after all others."""
    pieces = list(_pieces(text, span, words))
    yield from pieces
    before, after = _context(text, Span(words[0].start, words[-1].end))
    for piece in (pieces[0], pieces[-1]):
        yield piece._replace(prefix=before)
        yield piece._replace(prefix=before, suffix=after)


def _pieces(text: str, span: Span, words: list[Span]) -> Iterator[Directive]:
    whole = Span(words[0].start, words[-1].end)
    broken = _BREAK.search(text, *whole) is not None
    if not broken and whole.end - whole.start <= _SHORT:
        yield Directive(whole.of(text))
        return
    half = max(1, len(words) // 2)
    for count in range(min(_EDGE, half), min(_MOST, half) + 1):
        start, end = _unbroken(text, words[:count]), _unbroken(text, words[-count:], last=True)
        yield Directive(start.of(text), end.of(text))
    if not broken and len(words) < 2 * _EDGE:
        yield Directive(whole.of(text))


def _unbroken(text: str, words: list[Span], *, last: bool = False) -> Span:
    """The run of `words` as far as no block ends in it, from its start or (`last`) from its end."""
    span = Span(words[0].start, words[-1].end)
    breaks = [match.span() for match in _BREAK.finditer(text, *span)]
    if not breaks:
        return span
    kept = [word for word in words if (word.start >= breaks[-1][1] if last else word.end <= breaks[0][0])]
    return Span(kept[0].start, kept[-1].end)


def _context(text: str, span: Span) -> tuple[str, str]:
    """A few words before and after `span`, each from one block; "" at the text's ends."""
    before = [Span(*match.span()) for match in _WORD.finditer(text, max(0, span.start - 200), span.start)]
    after = [Span(*match.span()) for match in _WORD.finditer(text, span.end, min(len(text), span.end + 200))]
    return (
        _unbroken(text, before[-_CONTEXT:], last=True).of(text) if before else "",
        _unbroken(text, after[:_CONTEXT]).of(text) if after else "",
    )


def _plain(words: str) -> str:
    return r"\s+".join(re.escape(word) for word in words.split())


def _escaped(words: str) -> str:
    """Percent-encoded as a directive needs it: "-", "," and "&" are its own marks."""
    return quote(" ".join(words.split()), safe="", errors="replace").replace("-", "%2D")
