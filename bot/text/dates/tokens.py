"""Text as a row of tokens, each drawn as one character that stands for all the grammar symbols it may be.

"second" is a unit, a plural's stem and an ordinal at once; a set of symbols is one *signature*, and each signature
gets one private character. A pattern over symbols then is an ordinary regular expression over a string of one
character a token, which is short, so dozens of patterns cost little.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from bot.domain.value import Span

_TOKEN = re.compile(
    r"""
      (?P<ISO>\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\w-]))
    | (?P<NUMDATE>(?<![\d./-])\d{1,4}(?P<sep>[-/.])\d{1,2}(?P=sep)\d{1,4}(?![\d/-]|\.\d|\w))
    | (?P<CLOCK>\d{1,2}:\d\d(?::\d\d)?(?![\d:]))
    | (?P<DECADE>(?:\d{3}0|['’‘]?\d0)['’]?s\b)
    | (?P<NINEELEVEN>\b9/11\b)
    | (?P<PERIODSIGN>\b[QH][1-4]\b)
    | (?P<FRAC>\d/\d\b)
    | (?P<ORDNUM>\d{1,3}(?:st|nd|rd|th)\b)
    | (?P<SHORTYEAR>['’‘]\d\d\b)
    | (?P<NUMBER>\d+(?:[.,]\d+)*)
    | (?P<AMPM>[aApP]\.?[mM]\b\.?)
    | (?P<POSS>['’]s\b|(?<=s)['’](?=\s))
    | (?P<OCLOCK>o['’]clock\b)
    | (?P<ERA>B\.?C\.?(?:E\.?)?|A\.D\.)(?!\w)
    | (?P<WORD>[^\W\d_]+)
    | (?P<BREAK>\n[^\S\n]*\n\s*|\n)
    | (?P<MARK>[^\s\w])
    """,
    re.VERBOSE,
)
_MARKS = {
    ",": "COMMA",
    ".": "PERIOD",
    "-": "HYPHEN",
    "–": "HYPHEN",
    "—": "DASH",
    "/": "SLASH",
    "(": "OPEN",
    ")": "CLOSE",
}
_MONEY = frozenset("$€£¥#₹")
_LONG_LINE = 120  # a text with longer lines is not hard-wrapped: each line is a paragraph


class Token(NamedTuple):
    """One word, number or mark. `low` is its lower-case text, `kind` the lexer's own class."""

    text: str
    low: str
    kind: str
    start: int
    end: int


class Alphabet:
    """Which symbols each word has, and the private character of each set of symbols."""

    def __init__(self, lexicon: Mapping[str, Iterable[str]]) -> None:
        self._words: dict[str, frozenset[str]] = {}
        gathered: dict[str, set[str]] = {}
        for symbol, words in lexicon.items():
            for word in words:
                gathered.setdefault(word, set()).add(symbol)
        self._words = {word: frozenset(symbols) for word, symbols in gathered.items()}
        self._chars: dict[frozenset[str], str] = {}
        for signature in self._words.values():
            self.char(signature)
        for signature in _shapes():
            self.char(signature)

    def char(self, signature: frozenset[str]) -> str:
        """The private character of a signature."""
        return self._chars.setdefault(signature, chr(0xE000 + len(self._chars)))

    def char_class(self, symbol: str) -> str:
        """A regular expression for one token that may be `symbol`."""
        chars = "".join(char for signature, char in self._chars.items() if symbol in signature)
        return f"[{chars}]" if chars else "(?!)"

    def word(self, token: Token) -> frozenset[str]:
        """The symbols of a word token; names of months and the like only count with a capital."""
        symbols = self._words.get(token.low)
        if symbols is None:
            return _CAPWORD if token.text[0].isupper() else _LOWWORD
        if "NEEDSCAP" in symbols and not token.text[0].isupper():
            return _LOWWORD
        return symbols


_CAPWORD = frozenset({"CAPWORD"})
_LOWWORD = frozenset({"LOWWORD"})


def _number_shape(text: str, after_money: bool) -> frozenset[str]:
    if after_money:
        return frozenset({"MONEY"})
    if not text.isascii() or not text.isdigit():
        return frozenset({"BIGNUM"}) if "." not in text and "," in text else frozenset({"DECIMAL"})
    number, size = int(text[:5]), len(text)
    symbols = {"INT"}
    if size <= 2:
        symbols |= ({"DAYNUM"} if 1 <= number <= 31 else set()) | ({"HOURNUM"} if number <= 24 else set())
        symbols |= {"MONTHNUM"} if 1 <= number <= 12 else set()
        symbols |= {"TWODIGITS"} if size == 2 else set()
    if size == 4:
        symbols |= {"YEAR"} if 1000 <= number <= 2199 else set()
        symbols |= {"MILITARY"} if number % 100 < 60 and number < 2400 else set()
    return frozenset(symbols)


def _shapes() -> list[frozenset[str]]:
    """Every signature that a token may get from its shape, so that each has its character before patterns
    compile."""
    numbers = [
        "0",
        "5",
        "05",
        "13",
        "28",
        "40",
        "99",
        "100",
        "1200",
        "1960",
        "2030",
        "0930",
        "2175",
        "2350",
        "9999",
        "1,000",
        "1.5",
    ]
    shapes = {_number_shape(text, False) for text in numbers} | {_number_shape("1", True), _CAPWORD, _LOWWORD}
    kinds = (
        "ISO",
        "NUMDATE",
        "CLOCK",
        "DECADE",
        "FRAC",
        "NINEELEVEN",
        "PERIODSIGN",
        "ORDNUM",
        "SHORTYEAR",
        "AMPM",
        "POSS",
        "OCLOCK",
        "ERA",
        "BREAK",
        "MARK",
    )
    shapes |= {frozenset({kind}) for kind in kinds} | {frozenset({mark}) for mark in _MARKS.values()}
    return sorted(shapes, key=sorted)


class TokenRow(NamedTuple):
    """The tokens of a text and, in `drawn`, one character for each."""

    tokens: list[Token]
    drawn: str

    def span(self, first: int, end: int) -> Span:
        """Characters of the text from token `first` up to, not including, token `end`."""
        return Span(self.tokens[first].start, self.tokens[end - 1].end)


def read_tokens(text: str, alphabet: Alphabet) -> TokenRow:
    """Cut `text` into tokens; a line break inside a hard-wrapped paragraph is no token."""
    wrapped = max(map(len, text.split("\n")), default=0) <= _LONG_LINE
    tokens: list[Token] = []
    drawn: list[str] = []
    after_money = False
    for found in _TOKEN.finditer(text):
        kind, piece = found.lastgroup or "MARK", found.group()
        if kind == "sep":
            kind = "NUMDATE"
        if kind == "BREAK" and wrapped and piece.count("\n") == 1:
            continue
        token = Token(piece, piece.lower(), kind, found.start(), found.end())
        if kind == "WORD":
            signature = alphabet.word(token)
        elif kind == "NUMBER":
            signature = _number_shape(piece, after_money)
        else:
            signature = frozenset({_MARKS.get(piece, kind) if kind == "MARK" else kind})
        after_money = piece in _MONEY
        tokens.append(token)
        drawn.append(alphabet.char(signature))
    return TokenRow(tokens, "".join(drawn))
