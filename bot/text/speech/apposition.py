"""A speaker who is described first and named after a comma: "said the buyer, Moira Kerr, a retired teacher".

Then the name is the speaker, and the description the role.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.text.speech import lexicon
from bot.text.speech.cues import SPEECH_NOUNS
from bot.text.speech.people import split_name
from bot.text.speech.phrases import Range
from bot.text.speech.tokens import Token

_DESCRIBES: Final = frozenset({"W", "CAP", "NUM", "GEN", "DET"})
_LONGEST_TAIL: Final = 8  # tokens of "of the day" and the like between the described and the comma
_CLOSES: Final = frozenset({",", ".", ";", ":", "(", "—", "–", "?", "!"})
# First words of places with two: "the mayor of Springfield, New Jersey, said".
_COMPASS: Final = lexicon.words(
    "new north south west east northern southern western eastern san santa st los las el"
)


def apposed(tokens: Sequence[Token], found: Range) -> tuple[Range, Range | None]:
    """The range that names the speaker, and the range that describes them when that stands before the name."""
    start, end = found
    if not _is_description(tokens, found):
        return found, None
    comma = end
    while comma < len(tokens) and comma - end < _LONGEST_TAIL and _runs_on(tokens, end, comma):
        comma += 1
    if comma + 1 >= len(tokens) or tokens[comma].word != ",":
        return found, None
    named = _name_at(tokens, comma + 1)
    if named is None or not _is_closed(tokens, named[1]):
        return found, None
    placed = any(token.tag == "PREP" for token in tokens[start:comma]) and tokens[comma - 1].tag == "CAP"
    if placed and (named[1] - named[0] < 2 or tokens[named[0]].low.rstrip(".") in _COMPASS):
        return found, None
    return named, (start, comma)


def _is_description(tokens: Sequence[Token], found: Range) -> bool:
    start, end = found
    core = next((i for i in range(start + 1, end) if tokens[i].tag == "PREP"), end)
    head = tokens[core - 1]
    if tokens[start].tag == "PRON" or tokens[start].low in lexicon.TIME_WORDS or head.low in SPEECH_NOUNS:
        return False
    if head.tag == "W" or head.low.rstrip(".") in lexicon.TITLES:
        return True
    # "die Bürgermeisterin": where nouns have capitals
    return head.tag == "CAP" and core - start == 2 and tokens[start].tag == "DET"


def _runs_on(tokens: Sequence[Token], first: int, at: int) -> bool:
    token = tokens[at]
    if at == first:
        return token.tag == "PREP"
    return token.tag == "PREP" or (token.tag in _DESCRIBES and token.cue is None)


def _name_at(tokens: Sequence[Token], first: int) -> Range | None:
    end = first
    while end < len(tokens) and (
        tokens[end].tag == "CAP"
        or (end > first and tokens[end].low in lexicon.NAME_PARTICLES and tokens[end].tag != "CONJ")
    ):
        end += 1
    title, name = split_name(tokens[first:end])
    if not name or any(token.low.rstrip(".") in lexicon.TIME_WORDS for token in name):
        return None
    return first + len(title), end


def _is_closed(tokens: Sequence[Token], end: int) -> bool:
    """Whether the name ends there as an apposition does, and is neither a new subject nor the first of a list."""
    if end >= len(tokens):
        return True
    token = tokens[end]
    if token.tag == "QUOTE" or (token.tag == "PREP" and token.low not in {"of"}):
        return True
    if token.word not in _CLOSES:
        return False
    if token.word != "," or end + 1 >= len(tokens) or tokens[end + 1].tag != "CAP":
        return True
    after = end + 1
    while after < len(tokens) and tokens[after].tag == "CAP":
        after += 1
    return after < len(tokens) and tokens[after].word != "," and tokens[after].tag != "CONJ"
