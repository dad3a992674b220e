"""Text as a row of tokens, each drawn as one character that stands for all the grammar symbols it may be.

"second" is a unit, a plural's stem and an ordinal at once; a set of symbols is one *signature*, and each signature
gets one private character. A pattern over symbols then is an ordinary regular expression over a string of one
character a token, which is short, so dozens of patterns cost little.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from bot.domain.value import Span

# Most tokens are plain words, so these are tried first; the forms behind them begin with a digit, a mark or one or
# two letters.
_TOKEN = re.compile(
    r"""
      (?P<WORD>aujourd['’]hui\b|(?:segunda|terça|quarta|quinta|sexta)s?-feiras?\b|[^\W\d_]{3,})
    | (?P<ISO>\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\w-]))
    | (?P<NUMDATE>(?<![\d./-])\d{1,4}(?P<sep>[-/.])\d{1,2}(?P=sep)\d{1,4}(?![\d/-]|\.\d|\w))
    | (?P<HANDATE>(?<!\d)(?:\d{4}年)?\d{1,2}月\d{1,2}日)
    | (?P<CLOCK>\d{1,2}:\d\d(?::\d\d)?(?![\d:]))
    | (?P<DECADE>(?:\d{3}0|['’‘]?\d0)['’]?s\b|\d{3}0ern?\b)
    | (?P<NINEELEVEN>\b9/11\b)
    | (?P<FRAC>\d/\d\b)
    | (?P<ORDNUM>\d{1,3}(?:st|nd|rd|th|er)\b)
    | (?P<SHORTYEAR>['’‘]\d\d\b)
    | (?P<NUMBER>\d+(?:[.,]\d+)*)
    | (?P<AMPM>[aApP]\.?[mM]\b\.?)
    | (?P<POSS>['’]s\b|(?<=s)['’](?=\s))
    | (?P<OCLOCK>o['’]clock\b)
    | (?P<ERA>(?:B\.?C\.?(?:E\.?)?|A\.D\.)(?!\w))
    | (?P<PERIODSIGN>[QH][1-4]\b)
    | (?P<SHORTWORD>[^\W\d_]+)
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
    """Which symbols each word has, and the private character of each set of symbols.

    `fillers` are words and marks that expressions hold but none consists of. `foreign` maps another language's
    words to those of the lexicon; then no word but these counts, and none needs a capital.
    """

    def __init__(
        self,
        lexicon: Mapping[str, Iterable[str]],
        fillers: Iterable[str],
        foreign: Mapping[str, str] | None = None,
    ) -> None:
        gathered: dict[str, set[str]] = {}
        for symbol, words in lexicon.items():
            for word in words:
                gathered.setdefault(word, set()).add(symbol)
        self._chars: dict[frozenset[str], str] = {}
        self._words = {word: self.char(frozenset(symbols)) for word, symbols in gathered.items()}
        self._foreign = foreign
        self._capital_only = {word for word, symbols in gathered.items() if "NEEDSCAP" in symbols}
        self._numbers = {shape: self.char(shape) for shape in _NUMBER_SHAPES}
        self._kinds = {kind: self.char(frozenset({kind})) for kind in (*_KINDS, *_MARKS.values(), "MONEY")}
        self._plain = {name: self.char(frozenset({name})) for name in ("CAPWORD", "LOWWORD")}
        plain = "".join((*self._plain.values(), self._kinds["MARK"], self._kinds["BREAK"]))
        weak = "".join({self._words[word] for word in fillers if word in self._words})
        weak += "".join(self._kinds[mark] for mark in (*_MARKS.values(), "POSS"))
        self._island = re.compile(f"[^{plain}]+")
        self._core = re.compile(f"[^{plain}{weak}]")

    def char(self, signature: frozenset[str]) -> str:
        """The private character of a signature."""
        return self._chars.setdefault(signature, chr(0xE000 + len(self._chars)))

    def char_class(self, symbol: str) -> str:
        """A regular expression for one token that may be `symbol`."""
        chars = "".join(char for signature, char in self._chars.items() if symbol in signature)
        return f"[{chars}]" if chars else "(?!)"

    def token(self, kind: str, text: str, start: int, end: int) -> Token:
        """A token as the lexer cut it, its `low` in English where the language's table has it."""
        low = text.lower()
        if kind == "SHORTWORD" or (kind == "AMPM" and self._foreign is not None and text.isalpha()):
            kind = "WORD"  # German "am" is no time of day
        if kind == "WORD" and self._foreign is not None:
            low = self._foreign.get(low, "")
        return Token(text, low or text.lower(), kind if low else "FOREIGN", start, end)

    def draw(self, token: Token, after_money: bool) -> str:
        """The character of a token; names of months and the like only count with a capital."""
        if token.kind == "WORD":
            char = self._words.get(token.low)
            capital = token.text[0].isupper()
            if char is None or (not capital and self._foreign is None and token.low in self._capital_only):
                return self._plain["CAPWORD" if capital else "LOWWORD"]
            return char
        if token.kind == "FOREIGN":
            return self._plain["CAPWORD" if token.text[0].isupper() else "LOWWORD"]
        if token.kind == "NUMBER":
            return self._kinds["MONEY"] if after_money else self._numbers[_number_shape(token.text)]
        return self._kinds[_MARKS.get(token.text, token.kind) if token.kind == "MARK" else token.kind]

    def islands(self, drawn: str) -> Iterator[tuple[int, int]]:
        """Ranges of tokens that may hold an expression, each with the plain token on either side of it."""
        for found in self._island.finditer(drawn):
            start, end = found.span()
            if self._core.search(drawn, start, end):
                yield max(start - 1, 0), min(end + 1, len(drawn))


def _number_shape(text: str) -> frozenset[str]:
    if not text.isascii() or not text.isdigit():
        return frozenset({"BIGNUM"}) if "." not in text and "," in text else frozenset({"DECIMAL"})
    number, size = int(text[:5]), len(text)
    symbols = {"INT"}
    if size <= 2:
        symbols |= ({"DAYNUM"} if 1 <= number <= 31 else set()) | ({"HOURNUM"} if number <= 24 else set())
        symbols |= {"TWODIGITS"} if size == 2 else set()
    if size == 4:
        symbols |= {"YEAR"} if 1000 <= number <= 2199 else set()
        symbols |= {"MILITARY"} if number % 100 < 60 and number < 2400 else set()
    return frozenset(symbols)


_SAMPLES = "0 5 00 05 28 40 99 100 0030 1200 1960 2030 0990 2175 2350 9999 1,000 1.5".split()  # noqa: SIM905
_NUMBER_SHAPES = frozenset(
    _number_shape(sample) for sample in _SAMPLES
)  # every shape: characters come before patterns
_KINDS = [name for name in _TOKEN.groupindex if name not in ("WORD", "SHORTWORD", "NUMBER", "sep")]


class TokenRow(NamedTuple):
    """The tokens of a text; `drawn` has a character for each that matters, `places` says which token that is."""

    tokens: list[Token]
    drawn: str
    places: list[int]

    def span(self, first: int, end: int) -> Span:
        """Characters of the text from token `first` up to, not including, token `end`."""
        return Span(self.tokens[first].start, self.tokens[end - 1].end)


def read_tokens(text: str, alphabet: Alphabet) -> TokenRow:
    """Cut `text` into tokens; a line break inside a hard-wrapped paragraph is no token."""
    wrapped = max(map(len, text.split("\n")), default=0) <= _LONG_LINE
    tokens: list[Token] = []
    chars: list[str] = []
    after_money = False
    for found in _TOKEN.finditer(text):
        kind, piece = found.lastgroup or "MARK", found.group()
        if kind == "BREAK" and wrapped and piece.count("\n") == 1:
            continue
        start, end = found.span()
        token = alphabet.token(kind, piece, start, end)
        tokens.append(token)
        chars.append(alphabet.draw(token, after_money))
        after_money = piece in _MONEY
    drawn = "".join(chars)
    places: list[int] = []
    for first, end in alphabet.islands(drawn):
        places.extend(range(max(first, places[-1] + 1 if places else 0), end))
    return TokenRow(tokens, "".join([drawn[place] for place in places]), places)
