"""Site furniture: the lines between an article's paragraphs that belong to the page and not to the story.

Extraction keeps such a line where it stands in the article's own column. It must not be briefed, quoted or
counted: a cross-promotion headline opens with a quotation mark like any quote, and names another story.
A line is furniture only when it is a paragraph by itself; nothing inside running prose is ever touched.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Final

from bot.domain.value import Span
from bot.text.paragraphs import CLOSERS, paragraphs

LONGEST: Final = 300  # characters; furniture is short, and this bounds every pattern below

LONGEST_LINK: Final = 200  # characters; a longer line that begins like a link goes on as a sentence

MARKS: Final = " .,:;!?…·|/»›>→↓▼+-–—_*)]}\"'”’"

# A capital line that carries a time or a date heads an entry of a live blog; one with a wire's mark is a dateline.
CLOCK_OR_DAY: Final = re.compile(
    r"""\b\d{1,2}[:.h]\d{2}\b | \b\d{1,2}\s?[AP]\.?M\b
    | \b(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY\b
    | \b(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEPT?|OCT|NOV|DEC)[A-Z]*\.?\s\d{1,2}\b
    | \b\d{1,2}\.?\s(?:JAN|FEB|MAR|APR|MA[YI]|JU[NL]|AUG|SEP|O[CK]T|NOV|DE[CZ])""",
    re.VERBOSE,
)
ITEM: Final = re.compile(r"\W{0,3}\d{1,3}[.)\s]|[-*•–]\s|[^|]{0,99}\||[^\t]{0,99}\t")  # of a list or a table
DATELINE: Final = re.compile(r"/\s?[\w ]+\s?/|\((?:AP|AFP|REUTERS|CNN|UPI|DPA)\)|(?:--|—|–)$")


def furniture(text: str) -> list[Span]:
    """The lines of `text` that are site furniture, in order; each Span is a whole paragraph, trimmed."""
    lines = paragraphs(text)
    capitals_mean_something = not _mostly_capitals(text)
    return [
        line
        for number, line in enumerate(lines)
        if line.end - line.start <= LONGEST
        and (
            _is_prompt(line.of(text))
            or (number > 0 and capitals_mean_something and _is_capital_headline(line.of(text)))
        )
    ]


@cache
def _phrases() -> dict[str, re.Pattern[str]]:
    """The table of phrases, a pattern a kind: all its languages at once, for pages mix them."""
    table = tomllib.loads((resources.files("bot.text") / "data" / "furniture.toml").read_text("utf-8"))
    patterns = {}
    for kind, by_language in table.items():
        phrases = "|".join(phrase for phrases in by_language.values() for phrase in phrases)
        patterns[kind] = re.compile(rf"[\W_]*(?:{phrases})", re.IGNORECASE)
    return patterns


def _is_prompt(line: str) -> bool:
    line = " ".join(line.split())
    bare = line.rstrip(MARKS)
    known = _phrases()
    return bool(
        known["whole"].fullmatch(bare)
        or known["credit"].fullmatch(bare)
        or (len(line) <= LONGEST_LINK and known["head"].match(line))
        or (not line.endswith(".") and known["title"].match(line))
    )


def _is_capital_headline(line: str) -> bool:
    """A headline in capitals without a full stop: another story's, or a heading with nothing to brief in it."""
    if not line.isupper() or ITEM.match(line) or len(line.split()) < 2 or sum(map(str.isalpha, line)) < 8:
        return False
    bare = line.rstrip(CLOSERS)
    if bare != line and line[0] in "\"“‘«„'" and not any(mark in line[1:-1] for mark in '"“”‘«»„'):
        return False  # wholly between quotation marks: somebody's words
    if bare[-1:] in ".!?…:;,。！？":
        return False
    return not CLOCK_OR_DAY.search(line) and not DATELINE.search(line)


def _mostly_capitals(text: str) -> bool:
    """Whether the article itself is written in capitals, so that they tell nothing."""
    upper = sum(map(str.isupper, text))
    lower = sum(map(str.islower, text))
    return upper > lower
