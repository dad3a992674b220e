"""How other languages than English say numbers: their number words, and what "million" is called there.

A statement may be written in another language than the article. "zweihundert Hektar" must then meet "two hundred
hectares", and "sechs" must not pass for "five". Words are compared as `bot.text.words.fold` leaves them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from bot.domain.value import Span
from bot.text.words import fold

_MILLE, _MILLION, _MILLIARD, _BILLION = Decimal(1_000), Decimal(10**6), Decimal(10**9), Decimal(10**12)

# The words behind digits ("3,2 Millionen"). A "billion" of continental Europe is a thousand times an English one.
MAGNITUDES: Final[dict[str, dict[str, Decimal]]] = {
    "de": {
        **{"tausend": _MILLE, "tsd": _MILLE, "mio": _MILLION, "million": _MILLION, "millionen": _MILLION},
        **{"mrd": _MILLIARD, "milliarde": _MILLIARD, "milliarden": _MILLIARD},
        **{"billion": _BILLION, "billionen": _BILLION},
    },
    "fr": {
        **{"mille": _MILLE, "million": _MILLION, "millions": _MILLION},
        **{"milliard": _MILLIARD, "milliards": _MILLIARD, "billion": _BILLION, "billions": _BILLION},
    },
    "es": {
        **{"mil": _MILLE, "millon": _MILLION, "millones": _MILLION, "mil millones": _MILLIARD},
        **{"billon": _BILLION, "billones": _BILLION},
    },
    "pt": {
        **{"mil": _MILLE, "milhao": _MILLION, "milhoes": _MILLION, "mil milhoes": _MILLIARD},
        **{"bilhao": _MILLIARD, "bilhoes": _MILLIARD, "trilhao": _BILLION, "trilhoes": _BILLION},
    },
    "it": {
        **{"mila": _MILLE, "milione": _MILLION, "milioni": _MILLION},
        **{"miliardo": _MILLIARD, "miliardi": _MILLIARD},
    },
    "nl": {"duizend": _MILLE, "miljoen": _MILLION, "miljard": _MILLIARD, "biljoen": _BILLION},
}
KANJI: Final = {
    **{"十": Decimal(10), "百": Decimal(100), "千": _MILLE, "万": Decimal(10**4), "萬": Decimal(10**4)},
    **{"億": Decimal(10**8), "亿": Decimal(10**8), "兆": _BILLION},
}
_LONGEST_PHRASE: Final = 6  # words of a number below a thousand
_WORD: Final = re.compile(r"[^\W\d_]+")
_JOINT: Final = re.compile(r"[\s-]+")
_AND: Final = frozenset({"e", "y", "et", "und"})
_NO_LEAD: Final = frozenset({"pour", "por", "per"})  # "por ciento" is no hundred


class Spelled(NamedTuple):
    """A number in words: where it stands and what it is."""

    span: Span
    value: Decimal


def spelled_numbers(text: str, language: str) -> Iterator[Spelled]:
    """The numbers from two on that `text` says in words of `language`; none where the language is not known."""
    phrases = _phrases(language)
    if not phrases:
        return
    for words in _runs(text):
        at = 0
        while at < len(words):
            end, value = _number(words, at, phrases, MAGNITUDES.get(language, {}))
            if end > at and not (at and words[at - 1].folded in _NO_LEAD):
                yield Spelled(Span(words[at].start, words[end - 1].end), value)
            at = max(end, at + 1)


class _Word(NamedTuple):
    folded: str
    start: int
    end: int


def _runs(text: str) -> Iterator[list[_Word]]:
    """The words of `text`, cut where anything but blanks and hyphens stands between two of them."""
    run: list[_Word] = []
    for match in _WORD.finditer(text):
        if run and not _JOINT.fullmatch(text, run[-1].end, match.start()):
            yield run
            run = []
        run.append(_Word(fold(match[0]), *match.span()))
    yield run


def _number(
    words: Sequence[_Word], at: int, phrases: Mapping[str, int], magnitudes: Mapping[str, Decimal]
) -> tuple[int, Decimal]:
    """The end and the value of the number that begins with word `at`; `at` itself where none does."""
    total = part = Decimal(0)
    end = at
    while True:
        joined = end + 1 if end > at and end < len(words) and words[end].folded in _AND else end
        length, value = _phrase(words, joined, phrases)
        if not length or (end > at and part % 1_000):  # "two, three": two numbers
            return end, total + part
        part, end = part + value, joined + length
        while end < len(words) and (times := magnitudes.get(words[end].folded)):
            total, part = (total, part * times) if times == _MILLE else (total + part * times, Decimal(0))
            end += 1


def _phrase(words: Sequence[_Word], at: int, phrases: Mapping[str, int]) -> tuple[int, Decimal]:
    for length in range(min(_LONGEST_PHRASE, len(words) - at), 0, -1):
        value = phrases.get(" ".join(word.folded for word in words[at : at + length]))
        if value is not None:
            return length, Decimal(value)
    glued = _glued(words[at].folded, phrases) if at < len(words) else None
    return (1, Decimal(glued)) if glued else (0, Decimal(0))


def _glued(word: str, phrases: Mapping[str, int]) -> int | None:
    """The value of a German word like "zweitausendfünfhundert"; None for any other word."""
    head, thousand, tail = word.partition("tausend")
    if not thousand or f"{head}tausend" not in phrases:
        return None
    rest = phrases.get(tail.removeprefix("und"))
    return phrases[f"{head}tausend"] + rest if rest else None


@lru_cache(maxsize=8)
def _phrases(language: str) -> dict[str, int]:
    """Every number from 2 to 999 as it is said, folded, with the few words of its own ("Dutzend")."""
    make = {"de": _german, "fr": _french, "es": _spanish, "pt": _portuguese}.get(language)
    if make is None:
        return {}
    found = {fold_all(form): number for number in range(2, 1_000) for form in _forms(make(number), language)}
    if language == "de":  # "zweitausend" and "dreißigtausend" are one word
        found |= {f"{words}tausend": value * 1_000 for words, value in found.items() if value < 1_000}
    return found | {fold(word): value for word, value in _OTHER_WORDS[language].items()}


def _forms(words: str, language: str) -> Iterator[str]:
    """`words` as they are, and as they are said of feminine nouns."""
    yield words
    for feminine, masculine in _FEMININE.get(language, ()):
        words = re.sub(masculine, feminine, words)
    yield words


def fold_all(words: str) -> str:
    """Each word of `words` folded, single blanks between them, hyphens as blanks."""
    return " ".join(map(fold, words.replace("-", " ").split()))


_FEMININE: Final = {
    "es": (("una", r"uno\b"), ("cientas", r"cientos\b"), ("quinientas", r"quinientos\b")),
    "pt": (("uma", r"um\b"), ("duas", r"dois\b"), ("entas", r"entos\b")),
}
_OTHER_WORDS: Final[dict[str, dict[str, int]]] = {
    "de": {"zwo": 2, "Dutzend": 12, "hundert": 100, "tausend": 1_000, "eintausend": 1_000},
    "fr": {"douzaine": 12, "mille": 1_000},
    "es": {"docena": 12, "ciento": 100, "mil": 1_000},
    "pt": {"dúzia": 12, "cento": 100, "dezasseis": 16, "dezassete": 17, "dezanove": 19, "mil": 1_000},
}


def _words(listed: str) -> tuple[str, ...]:
    return tuple(listed.split())


_DE: Final = _words(
    "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn "
    "siebzehn achtzehn neunzehn"
)
_DE_TENS: Final = _words("zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig")
_FR: Final = _words(
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept "
    "dix-huit dix-neuf"
)
_FR_TENS: Final = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante"}
_ES: Final = _words(
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis "
    "diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis "
    "veintisiete veintiocho veintinueve"
)
_ES_TENS: Final = _words("treinta cuarenta cincuenta sesenta setenta ochenta noventa")
_ES_HUNDREDS: Final = _words(
    "ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos"
)
_PT: Final = _words(
    "zero um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis dezessete "
    "dezoito dezenove"
)
_PT_TENS: Final = _words("vinte trinta quarenta cinquenta sessenta setenta oitenta noventa")
_PT_HUNDREDS: Final = _words(
    "cento duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos novecentos"
)


def _german(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    head = f"{_DE[hundreds]}hundert" if hundreds else ""
    if not rest:
        return head
    if rest < 20:
        return head + _DE[rest]
    tens, unit = divmod(rest, 10)
    return head + (f"{_DE[unit]}und" if unit else "") + _DE_TENS[tens - 2]


def _french(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    head = ("" if hundreds == 1 else f"{_FR[hundreds]} ") + f"cent{'s' if hundreds > 1 and not rest else ''} "
    return ((head if hundreds else "") + (_french_below(rest) if rest else "")).strip()


def _french_below(number: int) -> str:
    if number < 20:
        return _FR[number]
    if number >= 80:
        return "quatre-vingts" if number == 80 else f"quatre-vingt-{_FR[number - 80]}"
    tens = min(number // 10, 6)
    unit = number - 10 * tens
    if not unit:
        return _FR_TENS[tens]
    return f"{_FR_TENS[tens]}{' et ' if unit in {1, 11} else ' '}{_FR[unit]}"


def _spanish(number: int) -> str:
    return _iberian(number, _ES, _ES_TENS, _ES_HUNDREDS, "cien", after_hundred=" ")


def _portuguese(number: int) -> str:
    return _iberian(number, _PT, _PT_TENS, _PT_HUNDREDS, "cem", after_hundred=" e ")


def _iberian(
    number: int,
    small: Sequence[str],
    tens: Sequence[str],
    hundreds: Sequence[str],
    hundred: str,
    *,
    after_hundred: str,
) -> str:
    high, rest = divmod(number, 100)
    if number == 100:
        return hundred
    first = (len(small) // 10) * 10
    if rest < len(small):
        low = small[rest] if rest else ""
    else:
        ten, unit = divmod(rest, 10)
        joint = " y " if first == 30 else " e "
        low = tens[ten - first // 10] + (joint + small[unit] if unit else "")
    return f"{hundreds[high - 1]}{after_hundred if low else ''}{low}" if high else low
