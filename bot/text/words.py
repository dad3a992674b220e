"""Words as evidence counts them: which words of a text carry meaning, and when two spellings are the same word.

The verifier asks whether a statement's words stand in a sentence, and the extractive engine asks what an
article is about; both must mean the same by "word", or a sentence chosen by one would be doubted by the other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from bot.domain.value import Span
from bot.domain.words import UNSPACED

# Scripts written without blanks are read in pairs of characters: a pair is the nearest thing to a word there.
_WORD = re.compile(
    rf"(?P<pair>[{UNSPACED}]{{1,2}})"
    r"|[^\W\d_]\.(?:[^\W\d_]\.)+"  # U.S., e.g.
    r"|\d+(?:[.,]\d+)+"
    rf"|(?:(?![{UNSPACED}])[^\W_])+(?:['’](?:(?![{UNSPACED}])[^\W_])+)*"
)

_STOPWORDS = """
a about above after again against all almost also although always am among an and another any are as
at away be became because been before behind being below between both but by came can cannot could
did do does doing done down during each either else even ever every few for from further get gets
getting go goes going gone got had has have having he her here hers herself him himself his how
however i if in indeed instead into is it its itself just later least less let like made make makes
making many may me might more most much must my myself near neither never no nor not now of off
often on once one only onto or other others our ours ourselves out over own per perhaps put quite
rather really same say saying says see seem seemed seems shall she should since so some soon still
such take taken takes than that the their theirs them themselves then there therefore these they
thing things this those though through thus to together too took toward towards under until up upon
us very via was way we well went were what when where whether which while who whom whose why will
with within without would yet you your yours yourself yourselves said told according mr mrs ms dr
didn't doesn't don't isn't wasn't aren't weren't won't wouldn't couldn't shouldn't can't hasn't
haven't hadn't it's that's there's he's she's i'm i've we've you've they've we're you're they're
i'll we'll he'd she'd
der die das und ist ein eine einer eines den dem des im mit von zu auf für nicht sich als auch es an
werden aus er hat dass sie nach wird bei noch wie einem über einen so zum war haben nur oder aber
vor zur bis mehr durch le la les un une et est en du au aux dans par pour sur pas que qui ne se ce
il elle ont été sont avec plus son sa ses leur leurs nous vous mais ou où cette ces comme tout el
los las una y en del al por con para su sus que se lo como más pero fue ha este esta son entre il lo
gli i di che è non per una sono con della del nel alla
"""
STOPWORDS: frozenset[str] = frozenset(_STOPWORDS.split())

# Longest first. What is cut leaves at least four letters, so that "king" keeps its ending.
_ENDING_LIST = """
ations ation ates ated ating ate ements ement ments ment ingly edly ions ion ings ing ers er ied es ed ly s y e
"""
_ENDINGS = tuple(sorted(_ENDING_LIST.split(), key=len, reverse=True))
_STEM_LETTERS = 4


def word_spans(text: str) -> Iterator[Span]:
    """Every word of `text`, in order; numbers count as words, marks do not."""
    at = 0
    while match := _WORD.search(text, at):
        yield Span(*match.span())
        # Pairs overlap by one character, so that a pair is found wherever a reader would begin.
        at = match.end() - 1 if match["pair"] and len(match["pair"]) == 2 else match.end()


@lru_cache(maxsize=16_384)
def fold(word: str) -> str:
    """`word` without case, accents, dots and a possessive ending: "Erdoğan’s" and "erdogan" are one word."""
    plain = word.replace("’", "'").casefold()
    if not plain.isascii():
        spread = unicodedata.normalize("NFKD", plain.replace("ı", "i"))
        plain = "".join(mark for mark in spread if not unicodedata.combining(mark))
    plain = plain.replace(".", "")
    if plain.endswith("'s"):
        return plain[:-2]
    return plain.rstrip("'")


@lru_cache(maxsize=16_384)
def stem(folded: str) -> str:
    """A crude root of a folded word, so that "evacuate" and "evacuations" meet; digits stay as they are."""
    if not folded.isalpha():
        return folded
    if folded.endswith("ies"):
        folded = f"{folded[:-3]}y"
    for ending in _ENDINGS:
        if folded.endswith(ending) and len(folded) - len(ending) >= _STEM_LETTERS:
            return folded[: -len(ending)]
    return folded


def folded_words(text: str) -> list[str]:
    """All words of `text`, folded, in order."""
    return list(_folded_words(text))


def content_stems(text: str) -> list[str]:
    """The roots of the words of `text` that carry meaning, in order, repeats kept."""
    return list(_content_stems(text))


# The rooms of an article's way all ask for the words of the same sentences.
@lru_cache(maxsize=512)
def _folded_words(text: str) -> tuple[str, ...]:
    return tuple(fold(span.of(text)) for span in word_spans(text))


@lru_cache(maxsize=512)
def _content_stems(text: str) -> tuple[str, ...]:
    return tuple(
        stem(word) for word in _folded_words(text) if word not in STOPWORDS and (len(word) > 1 or word.isdigit())
    )
