"""The numbers in a text, however they are written, so that "3,000", "3 thousand" and "three thousand" meet.

A number may be read in more than one way ("3m" is three metres, or three million): each Number holds all its
readings, and two Numbers agree when they share one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from bot.domain.value import Span
from bot.text.words import fold
from bot.verify import number_words
from bot.verify.quantities import Hedge, Measure, bears_out, clocks, hedge_of, measure_of, shares, unit_of

ANY_FORM: Final = "?"  # for `numbers`: digits as any country writes them
MAGNITUDES: Final = {
    "hundred": Decimal(100),
    "thousand": Decimal(1_000),
    "million": Decimal(10**6),
    "billion": Decimal(10**9),
    "trillion": Decimal(10**12),
}
# Glued to the digits only ("3bn"). A bare letter may be a unit instead ("3m" of cloth), so both readings stand.
LETTERS: Final = {
    "k": Decimal(1_000),
    "m": Decimal(10**6),
    "mn": Decimal(10**6),
    "bn": Decimal(10**9),
    "b": Decimal(10**9),
    "tn": Decimal(10**12),
}
CURRENCIES: Final = {
    "$": "$",
    "€": "€",
    "£": "£",
    "¥": "¥",
    "₹": "₹",
    "dollar": "$",
    "dollars": "$",
    "euro": "€",
    "euros": "€",
    "pound": "£",
    "pounds": "£",
    "yen": "¥",
    "rupees": "₹",
    # as other languages write them, folded
    **dict.fromkeys(("dolar", "dolares", "dollari", "ドル"), "$"),
    **dict.fromkeys(("euros", "ユーロ"), "€"),
    **dict.fromkeys(("pfund", "livres", "libras", "ポンド"), "£"),
    **dict.fromkeys(("yenes", "ienes", "円"), "¥"),
}
_UNITS: Final = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen
"""
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS: Final = """
zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
fifteenth sixteenth seventeenth eighteenth nineteenth
"""
SPELLED: Final[dict[str, int]] = {
    **{word: value for value, word in enumerate(_UNITS.split())},
    **{word: value for value, word in enumerate(_ORDINALS.split())},
    **{word: value * 10 for value, word in enumerate(_TENS.split(), start=2)},
    **{word[:-1] + "ieth": value * 10 for value, word in enumerate(_TENS.split(), start=2)},
    "dozen": 12,
}
_COMMA_LANGUAGES: Final = """
bg ca cs da de el es et fi fr hr hu id it lt lv nb nl no pl pt ro ru sk sl sr sv tr uk vi
"""
DECIMAL_COMMA: Final = frozenset(_COMMA_LANGUAGES.split())
# These are pronouns, adverbs or clock time more often than they count anything.
UNCOUNTED: Final = frozenset({"one", "first", "second", "zero", "zeroth"})

_AFTER: Final = r"""
    (?: \s?(?P<percent>%|per\s?cent\b|percent(?:age)?\b|Prozent\b|(?:pour|por|per)\s+cent(?:o)?\b|por\s+ciento\b
        |パーセント)
      | (?:[\s-]|\s+d[eo]\s+|\s+d[’'])
        (?P<money>dollars?|euros?|pounds?|yen|rupees|d[oó]lar(?:es)?|Pfund|livres|libras|[yi]enes)\b
      | \s?(?P<sign>[$€£¥₹円](?!\s?\d)|ドル|ユーロ|ポンド) )"""


def _digits_pattern(magnitudes: str) -> re.Pattern[str]:
    return re.compile(
        rf"""(?P<currency>[$€£¥₹])?\s?
        (?P<digits>\d{{1,30}}(?:[.,\u00a0\u2009\u202f’']\d{{1,30}}){{0,8}})
        (?: (?P<letters>(?:bn|mn|tn|[kmb])\b) | [\s-](?P<magnitude>{magnitudes}) )?
        (?:{_AFTER})?""",
        re.VERBOSE | re.IGNORECASE,
    )


_DIGITS: Final = _digits_pattern(r"(?:hundred|thousand|million|billion|trillion)s?\b")


@lru_cache(maxsize=8)
def _digits_in(language: str) -> re.Pattern[str]:
    """What digits look like in `language`, with its words for millions behind them."""
    words = number_words.MAGNITUDES.get(language)
    if not words:
        return _DIGITS
    spelled = sorted((_unfolded(word) for word in words), key=len, reverse=True)
    return _digits_pattern(rf"(?:{'|'.join(spelled)})\b\.?")


def _unfolded(word: str) -> str:
    """A pattern for a folded word of the tables, with the accents that it is written with."""
    return re.escape(word).replace(r"\ ", r"\s+").replace("o", "[oóõ]").replace("a", "[aã]")


_WORDS: Final = re.compile(
    rf"\b(?:{'|'.join(sorted((*SPELLED, *MAGNITUDES), key=len, reverse=True))})s?\b"
    rf"(?:(?:\s+and\s+|[\s-]+)(?:{'|'.join(sorted((*SPELLED, *MAGNITUDES), key=len, reverse=True))})\b){{0,9}}",
    re.IGNORECASE,
)
_AFTER_WORDS: Final = re.compile(_AFTER, re.VERBOSE | re.IGNORECASE)
_CLOCK: Final = re.compile(r"\s?(?:Uhr|h|heures|horas)\b")
_KANJI_PART: Final = re.compile(r"(\d[\d,]*(?:\.\d+)?)([十百千万萬億亿兆]*)")
_KANJI: Final = re.compile(
    rf"(?P<currency>[$€£¥₹])?(?P<digits>(?:\d[\d,]*(?:\.\d+)?[十百千万萬億亿兆]*)+)(?:{_AFTER})?", re.VERBOSE
)
_GLUED: Final = re.compile(r"\d[\s-]$")  # "1.2 million": the word belongs to the digits before it
_GROUPED: Final = re.compile(r"\d{1,3}(?:([.,\u00a0\u2009\u202f’'])\d{3})(?:\1\d{3})*")


class Number(NamedTuple):
    """One number: where it stands, every value it may mean, and "%", "points", a currency sign or "" for its unit.

    `measure` is what it counts, where a unit of measure follows; `hedge` how it is rounded aloud; a `share` is a
    part of a whole said in words ("a third of"), as percent.
    """

    span: Span
    values: frozenset[Decimal]
    unit: str
    measure: Measure | None = None
    hedge: Hedge = ""
    share: bool = False

    def agrees(self, other: Number) -> bool:
        """Whether `other` bears this one out: the same quantity, or one that may be rounded to it as is said here.

        A unit that this one states must be the other's too; where both count something, it must be one thing.
        """
        if self.unit not in {"", other.unit}:
            return False
        mine, theirs = self.values, other.values
        if self.measure and other.measure:
            if self.measure.dimension != other.measure.dimension:
                return False
            mine, theirs = _times(mine, self.measure.factor), _times(theirs, other.measure.factor)
        if mine & theirs:
            return True
        share = self.share or other.share
        hedge = self.hedge if self.hedge or not share else ""
        return (share or bool(hedge)) and any(
            bears_out(real, said, hedge, share=share) for said in mine for real in theirs
        )


def _times(values: frozenset[Decimal], factor: Decimal) -> frozenset[Decimal]:
    return frozenset(value * factor for value in values)


def numbers(text: str, *, marks: str = ".", language: str = "en") -> list[Number]:
    """Every number of `text`, in digits and in words of `language` (of English, where its words are not known).

    `marks` holds the decimal marks to read by: "." for English, "," for most of Europe, ".," where not known,
    ANY_FORM for a text that may follow either custom.
    """
    digits = list(_in_kanji(text) if language in {"ja", "zh"} else _in_digits(text, marks, language))
    spelled = [
        number
        for number in _spelled_in(text, language)
        if not _GLUED.match(text[max(0, number.span.start - 2) : number.span.start])
    ]
    found = [*digits, *spelled]
    return sorted(_measured(text, found) if language == "en" else found, key=lambda number: number.span)


def _measured(text: str, found: Sequence[Number]) -> Iterator[Number]:
    """`found` with what stands around each, with shares of a whole and times of day in their places."""
    parts = [
        Number(part.span, frozenset({part.percent}), "%", hedge=hedge_of(text, part.span), share=True)
        for part in shares(text)
    ]
    parts += [Number(clock.span, frozenset({clock.minutes}), "clock") for clock in clocks(text)]
    yield from parts
    for number in found:
        if not any(part.span.overlaps(number.span) for part in parts):
            yield number._replace(
                unit=unit_of(text, number.span, number.unit),
                measure=measure_of(text, number.span),
                hedge=hedge_of(text, number.span),
            )


def decimal_mark(language: str) -> str:
    """The decimal marks that texts in `language` (ISO 639-1 or "und") are written with."""
    if language == "und":
        return ".,"
    return "," if language in DECIMAL_COMMA else "."


def _in_digits(text: str, marks: str, language: str) -> Iterator[Number]:
    own = number_words.MAGNITUDES.get(language, MAGNITUDES)
    for match in _digits_in(language).finditer(text):
        values = frozenset(value for mark in marks for value in _readings(match["digits"], mark))
        if match["magnitude"]:
            times = own[
                " ".join(fold(match["magnitude"]).split()).removesuffix("" if own is not MAGNITUDES else "s")
            ]
            values = frozenset(value * times for value in values)
        elif match["letters"]:
            values |= {value * LETTERS[match["letters"].lower()] for value in values}
        elif language != "en" and _CLOCK.match(text, match.end("digits")):
            values |= {value // 1 - 12 for value in values if 12 < value < 25}
        money = match["money"] or match["sign"] or match["currency"]
        yield Number(Span(*match.span("digits")), values, _unit(match["percent"], money))


def _in_kanji(text: str) -> Iterator[Number]:
    """Digits in Japanese and Chinese: "4億1000万", "3千万", "1,200"."""
    for match in _KANJI.finditer(text):
        value = Decimal(0)
        for digits, signs in _KANJI_PART.findall(match["digits"]):
            part = Decimal(digits.replace(",", ""))
            for sign in signs:
                part *= number_words.KANJI[sign]
            value += part
        money = match["money"] or match["sign"] or match["currency"]
        yield Number(Span(*match.span("digits")), frozenset({value}), _unit(match["percent"], money))


def _spelled_in(text: str, language: str) -> Iterator[Number]:
    if language not in number_words.MAGNITUDES:
        yield from _in_words(text)
        return
    for span, value in number_words.spelled_numbers(text, language):
        after = _AFTER_WORDS.match(text, span.end)
        money = (after["money"] or after["sign"]) if after else None
        yield Number(span, frozenset({value}), _unit(after["percent"] if after else None, money))


def _in_words(text: str) -> Iterator[Number]:
    for match in _WORDS.finditer(text):
        spoken = re.split(r"[\s-]+", match[0].lower())
        if len(spoken) == 1 and spoken[0] in UNCOUNTED:
            continue
        after = _AFTER_WORDS.match(text, match.end())
        unit = _unit(after["percent"], after["money"] or after["sign"]) if after else ""
        yield Number(Span(*match.span()), frozenset({_spoken_value(spoken)}), unit)


def _readings(digits: str, decimal: str) -> Iterator[Decimal]:
    """What a run of digits and marks means where `decimal` parts whole from fraction."""
    if decimal == ANY_FORM:
        yield from _any_readings(digits)
        return
    whole, mark, rest = digits.rpartition(decimal)
    if mark and decimal not in whole and rest.isdecimal():
        yield Decimal(f"{_only_digits(whole)}.{rest}")
    elif not mark and not (_GROUPED.fullmatch(digits) or digits.isdecimal()):
        yield from (Decimal(part) for part in re.split(r"\D", digits) if part)  # a list or a score: "2,1"
    else:
        yield Decimal(_only_digits(digits))


def _any_readings(digits: str) -> Iterator[Decimal]:
    """What digits mean whatever custom they follow: of two kinds of marks the last one is the decimal mark, a mark
    that comes twice groups, and a lone one before three digits may be either."""
    found = [mark for mark in digits if not mark.isdecimal()]
    last = found[-1] if found else ""
    whole, _, rest = digits.rpartition(last) if last else ("", "", digits)
    may_part = last in {".", ","} and found.count(last) == 1
    if may_part:
        yield Decimal(f"{_only_digits(whole)}.{rest}")
    if not may_part or (len(found) == 1 and _GROUPED.fullmatch(digits)):
        yield Decimal(_only_digits(digits))


def _only_digits(digits: str) -> str:
    return "".join(filter(str.isdecimal, digits)) or "0"


def _spoken_value(spoken: list[str]) -> Decimal:
    """The value of number words in the English order: "two hundred and forty thousand"."""
    total, part = Decimal(0), Decimal(0)
    for word in spoken:
        bare = word if word in SPELLED or word in MAGNITUDES else word.removesuffix("s")
        if bare == "hundred":
            part = (part or Decimal(1)) * 100
        elif bare in MAGNITUDES:
            total += (part or Decimal(1)) * MAGNITUDES[bare]
            part = Decimal(0)
        elif bare == "dozen":
            part = (part or Decimal(1)) * 12
        elif bare in SPELLED:
            part += SPELLED[bare]
    return total + part


def _unit(percent: str | None, money: str | None) -> str:
    if percent:
        return "%"
    return CURRENCIES.get(money.lower(), CURRENCIES.get(fold(money), "")) if money else ""
