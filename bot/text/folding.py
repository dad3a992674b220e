"""The words of a text as a reader hears them, each with the place where it stands.

Two people who copy the same sentence agree on its words, and on little else: quotation marks, dashes, blanks, the
first letter, hyphens at line ends and invisible characters all differ by keyboard and program. Folding takes these
away and nothing more. Accents, numbers, signs of currency and per cent, and censoring asterisks stay: with another
one it would be another word.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

APOSTROPHES: Final = "'’‘ʼ`´′＇‛"
HYPHENS: Final = "-‐‑"
IGNORED: Final = "\x01"  # in the shape of a text: a character that prints nothing
OTHER: Final = "\x02"  # punctuation that parts words and says nothing else
SIGN: Final = "\x03"  # a symbol that is a word by itself
KEPT: Final = ".,:*"
SIGNS: Final = "%‰&+"

# One character a word is what is left to compare by where a script puts no blanks between them.
UNSPACED: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
# What is no word is ASCII in a shape; to name that, not the rest of Unicode, keeps the patterns quick to compile.
_W: Final = r"[^\x00\x02-/:-@\[-`{-\x7f]"
_LETTER: Final = r"[^\x00-@\[-`{-\x7f]"
_NOT_IN_WORD: Final = r"(?<![^\x00-/:-@\[-`{-\x7f])"
_INSIDE: Final = rf"{_W}|'(?={_W})|(?<=\d)[.,:](?=\d)"
_BROKEN: Final = (
    rf"(?<={_LETTER})-(?:\x01{{0,4}}|[\x01 ]{{0,8}}\n[\x01 ]{{0,8}})(?={_LETTER})"  # by a hyphen, or a line's end
)


def _pattern(inside: str, *more: str) -> re.Pattern[str]:
    """What is a word, in the shape of a text: the commonest kind first, since most words are of it."""
    kinds = (
        r"[A-Za-z]+(?=[.,:]?(?:[ \n\x02]|\Z))",
        rf"[{UNSPACED}]|{SIGN}",
        rf"{_NOT_IN_WORD}(?<!\*){_W}{{1,3}}\*{{2,}}{_W}*",  # censored
        *more,
        rf"(?:{_NOT_IN_WORD}-(?=\d))?{_W}(?:{inside})*",
    )
    return re.compile(rf"(?=[^ \n\x02.,:*'])(?:{'|'.join(kinds)})")


_JOINED: Final = _pattern(f"{_INSIDE}|{_BROKEN}", rf"(?<!{_W}){_LETTER}(?:\.{_LETTER})+(?!{_W})")  # U.S., a.m.
_SPLIT: Final = _pattern(_INSIDE)
_GROUPED: Final = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?")


class FoldedText:
    """The folded words of a text and where each stands, in order.

    `joined` takes "life-changing" and "U.S." as one word each, and heals a word that was broken at a line's end;
    without it their parts are words.
    """

    def __init__(self, text: str, *, joined: bool = True) -> None:
        self.words: list[str] = []
        self.spans: list[tuple[int, int]] = []
        seen: dict[str, tuple[str, int, int]] = {}
        shape = text.translate(_SHAPES)
        for match in (_JOINED if joined else _SPLIT).finditer(shape):
            start, end = match.span()
            raw = text[start:end]
            if raw not in seen:
                seen[raw] = (fold_word(raw), *_invisible_ends(match.group()))
            word, lead, tail = seen[raw]
            if word:
                self.words.append(word)
                self.spans.append((start + lead, end - tail))


def _invisible_ends(shape: str) -> tuple[int, int]:
    """How many characters at the two ends of a word print nothing."""
    if IGNORED not in shape:
        return 0, 0
    return len(shape) - len(shape.lstrip(IGNORED)), len(shape) - len(shape.rstrip(IGNORED))


class _Shapes(dict[int, str]):
    """For `str.translate`: each character's part in forming words, found once a character."""

    def __missing__(self, code: int) -> str:
        shape = self[code] = _shape(chr(code))
        return shape


_SHAPES: Final = _Shapes()


def _shape(character: str) -> str:
    if character in APOSTROPHES:
        return "'"
    if character in HYPHENS or character == "−":
        return "-"
    if character in KEPT:
        return character
    category = unicodedata.category(character)
    if category == "Sc" or character in SIGNS:
        return SIGN
    if category == "Cf":
        return IGNORED
    if character.isspace() or category == "Cc":
        return "\n" if character in "\n\v\f\x85\u2028" else " "
    return OTHER if category[0] in "PSZ" else character


def fold_word(word: str) -> str:
    """One word without case, invisible characters, inner hyphens and stops, and with one kind of apostrophe."""
    if word.isascii() and word.isalpha():
        return word.lower()
    kept = "".join(character for character in word if _SHAPES[ord(character)] not in (IGNORED, "\n", " "))
    kept = "".join("'" if character in APOSTROPHES else character for character in kept)
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", kept).casefold())
    if any(map(str.isdigit, folded)):
        folded = folded.replace("−", "-")
        return folded.replace(",", "") if _GROUPED.fullmatch(folded) else folded
    for mark in (*HYPHENS, "."):
        folded = folded.replace(mark, "")
    return folded


_MARKS: Final = str.maketrans(
    dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys("‐‑‒–—―−", "-") | {"…": "..."}
)


def fold_line(line: str) -> str:
    """A line with its punctuation kept but in one form; for telling other marks from other words."""
    line = "".join(character for character in line if _SHAPES[ord(character)] != IGNORED)
    line = unicodedata.normalize("NFKC", line.translate(_MARKS)).casefold()
    return " ".join(line.split())
