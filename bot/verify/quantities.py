"""What stands around a number: how it is rounded aloud, what it measures, and shares said without a figure.

"Nearly 4,000" is borne out by 3,987 and "about a third" by 34 percent; "nearly 4,000" is not by 4,100, and three
days are not three hours. English only: in other languages the bare numbers are compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from bot.domain.value import Span

Hedge = Literal["", "about", "nearly", "over", "under"]

_HEDGE_WORDS: Final[dict[Hedge, str]] = {
    "about": "about|around|roughly|approximately|some|circa|an estimated|close to",
    "nearly": "nearly|almost|just under|just below|not quite|up to",
    "over": "more than|over|at least|above|upwards of|just over|in excess of|exceeding|exceeds|topping",
    "under": "less than|fewer than|under|below",
}
_HEDGE: Final = re.compile(
    r"\b(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _HEDGE_WORDS.items())
    + r")\s(?:an?\s|the\s)?[$€£¥₹]?$",
    re.IGNORECASE,
)
_OR_SO: Final = re.compile(r"[^.,;]{0,24}?\bor so\b", re.IGNORECASE)

# How far the real figure may lie from the one said, as a share of it; of shares, in percentage points.
_REACH: Final[dict[Hedge, Decimal]] = {
    "about": Decimal("0.06"),
    "nearly": Decimal("0.07"),
    "over": Decimal("0.15"),
    "under": Decimal("0.10"),
}
_SHARE_REACH: Final[dict[Hedge, Decimal]] = {
    "": Decimal("0.7"),
    "about": Decimal("2.5"),
    "nearly": Decimal(4),
    "over": Decimal(9),
    "under": Decimal(6),
}

_UNIT_LIST: Final = """
second seconds time 1, minute minutes time 60, hour hours time 3600, day days time 86400, week weeks time
604800, fortnight time 1209600, month months months 1, year years months 12, decade decades months 120, century
centuries months 1200, millimetre millimetres millimeter millimeters mm length 0.001, centimetre centimetres
centimeter centimeters cm length 0.01, metre metres meter meters length 1, kilometre kilometres kilometer
kilometers km length 1000, inch inches inch 1, foot feet inch 12, yard yards inch 36, mile miles mile 1, mph
speed_mph 1, kph speed_kmh 1, gram grams gram 1, kilogram kilograms kilo kilos kg gram 1000, tonne tonnes gram
1000000, ton tons ton 1, ounce ounces ounce 1, pound_weight ounce 16, litre litres liter liters litre 1, gallon
gallons gallon 1, barrel barrels barrel 1, hectare hectares area 1, acre acres acre 1, degree degrees degree 1,
megawatt megawatts watt 1, gigawatt gigawatts watt 1000, volt volts volt 1
"""
_SHARES_LIST: Final = "half:2 third:3 quarter:4 fifth:5 sixth:6 seventh:7 eighth:8 ninth:9 tenth:10"
_PARTS: Final = {word.split(":")[0]: int(word.split(":")[1]) for word in _SHARES_LIST.split()}
_COUNT_LIST: Final = "one two three four five six seven eight nine ten"
_COUNTS: Final = {word: count for count, word in enumerate(_COUNT_LIST.split(), start=1)}
_FRACTION: Final = re.compile(
    rf"""\b(?P<half>half)(?=\s(?:of|the|its|their|all)\b)
    | \b(?:an?|one)[\s-](?P<one>{"|".join(list(_PARTS)[1:])})(?=\sof\b)
    | \b(?P<count>two|three|four|five|seven|nine)[\s-](?P<parts>{"|".join(list(_PARTS)[1:])})s\b
    | \b(?P<some>one|two|three|four|nine|[1-9])\s(?:in|out\sof)\s(?:every\s)?(?P<every>{"|".join(_COUNTS)}|10)
      \b(?!\s?[%-])""",
    re.VERBOSE | re.IGNORECASE,
)


class Measure(NamedTuple):
    """What a number counts: a dimension, and how many of its base units one of these is."""

    dimension: str
    factor: Decimal


class Share(NamedTuple):
    """A part of a whole said in words, as percent."""

    span: Span
    percent: Decimal


class Clock(NamedTuple):
    """A time of day, as minutes since midnight or noon."""

    span: Span
    minutes: Decimal


def _units() -> dict[str, Measure]:
    found: dict[str, Measure] = {}
    for row in _UNIT_LIST.split(","):
        *names, dimension, factor = row.split()
        found |= dict.fromkeys(names, Measure(dimension, Decimal(factor)))
    return found


UNITS: Final = _units()
_MEASURE: Final = re.compile(
    r"(?:\s?(?:bn|mn|tn|[km])\b|[\s-](?:hundred|thousand|million|billion|trillion)s?\b)?[\s-](?P<power>(?:square|cubic)\s)?"
    rf"(?P<unit>{'|'.join(sorted(UNITS, key=len, reverse=True))})\b",
    re.IGNORECASE,
)
_CLOCK: Final = re.compile(r"(?<![\d:.])(\d{1,2}:\d{2}|\d{1,2}\.\d{2}(?=\s?[ap]\.?m))(?![\d:])", re.IGNORECASE)
_POINTS: Final = re.compile(r"\s?(?:%|per\s?cent(?:age)?)[\s-]points?\b", re.IGNORECASE)
_CODES: Final = {"usd": "$", "eur": "€", "gbp": "£", "jpy": "¥", "inr": "₹"}
_CODE_BEFORE: Final = re.compile(rf"\b({'|'.join(_CODES)})\s?$", re.IGNORECASE)
_CODE_AFTER: Final = re.compile(rf"[^.,;]{{0,9}}?\s({'|'.join(_CODES)})\b", re.IGNORECASE)


def shares(text: str) -> Iterator[Share]:
    """The parts of a whole that `text` says in words: "half of", "a third of", "two thirds", "one in ten"."""
    for match in _FRACTION.finditer(text):
        yield Share(Span(*match.span()), Decimal(100) * _count(match) / _whole(match))


def _count(match: re.Match[str]) -> int:
    said = (match["count"] or match["some"] or "one").lower()
    return _COUNTS.get(said) or int(said)


def _whole(match: re.Match[str]) -> int:
    if match["every"]:
        every = match["every"].lower()
        return _COUNTS.get(every) or int(every)
    return _PARTS[(match["half"] or match["one"] or match["parts"]).lower()]


def clocks(text: str) -> Iterator[Clock]:
    """The times of day that `text` gives in figures: "18:40", "4.12 a.m."."""
    for match in _CLOCK.finditer(text):
        hour, minute = (int(part) for part in re.split(r"[:.]", match[1]))
        if hour < 24 and minute < 60:
            yield Clock(Span(*match.span(1)), Decimal(60 * (hour % 12) + minute))


def hedge_of(text: str, span: Span) -> Hedge:
    """How the number at `span` is rounded aloud: "nearly 4,000", "20 or so"."""
    match = _HEDGE.search(text, max(0, span.start - 24), span.start)
    if match:
        return next(name for name in _HEDGE_WORDS if match[name])
    return "about" if _OR_SO.match(text, span.end) else ""


def measure_of(text: str, span: Span) -> Measure | None:
    """What the number at `span` counts, where a unit follows it."""
    match = _MEASURE.match(text, span.end)
    if match is None:
        return None
    unit = UNITS[match["unit"].lower()]
    return Measure(f"{match['power'].lower()}{unit.dimension}", unit.factor) if match["power"] else unit


def unit_of(text: str, span: Span, unit: str) -> str:
    """`unit` of the number at `span`, with what a plain look behind it misses: percentage points, "USD"."""
    if unit == "%" and _POINTS.match(text, span.end):
        return "points"
    code = (
        None
        if unit
        else _CODE_BEFORE.search(text, max(0, span.start - 5), span.start) or _CODE_AFTER.match(text, span.end)
    )
    return _CODES[code[1].lower()] if code else unit


def bears_out(real: Decimal, said: Decimal, hedge: Hedge, *, share: bool) -> bool:
    """Whether a text's `real` figure may be told as `said`, rounded as `hedge` says."""
    if real == said:
        return True
    gap = real - said
    if share:
        return abs(gap) <= _SHARE_REACH[hedge] and _right_side(gap, hedge)
    if not hedge or not _right_side(gap, hedge) or abs(gap) > _REACH[hedge] * abs(said):
        return False
    return _rounded(real, said) == said if hedge in {"about", "nearly"} else _is_round(said, real)


def _right_side(gap: Decimal, hedge: Hedge) -> bool:
    return (hedge not in {"nearly", "under"} or gap < 0) and (hedge != "over" or gap > 0)


def _rounded(real: Decimal, said: Decimal) -> Decimal:
    """`real` to as many figures as `said` has."""
    place = Decimal(1).scaleb(_exponent(said))
    return (real / place).quantize(Decimal(1)) * place


def _is_round(said: Decimal, real: Decimal) -> bool:
    return _exponent(said) > _exponent(real) or len(said.normalize().as_tuple().digits) == 1


def _exponent(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0
