"""Who did what to whom: two names that have changed places around the same words.

"Lund beat Malmo" and "Malmo beat Lund" hold the same words and the same names. What tells them apart is on which
side of a name its verb and its company stand; where a passive turns the sides, they are turned back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Final, NamedTuple

from bot.domain.value import Span
from bot.text.words import STOPWORDS, fold, word_spans
from bot.verify.names import names
from bot.verify.opposites import key

_WINDOW: Final = 3  # telling words to either side of a name
_LEAST: Final = 2  # words that must stand with the other name before anybody is accused
_BEING: Final = frozenset({"is", "was", "are", "were", "be", "been", "being", "get", "gets", "got"})
# The same whoever is named first.
_MUTUAL_LIST: Final = """
meet meets met meeting marry marries married wed wife husband talk talks talked discuss share shares shared
versus vs play plays played playing face faces faced facing against join joins joined joint tie tied draw drew
drawn agree agrees agreed deal border borders bordering rival rivals divorce divorced split date dated dating
clash clashes clashed between fight fights fought both together friend friends couple star stars co-star starred
work works worked partner partners negotiate negotiations relations war match game two brother sister cousin
twin twins
"""
_MUTUAL: Final = frozenset(map(key, _MUTUAL_LIST.split()))

Seen = frozenset[tuple[str, bool]]  # a word's key, and whether it stands behind the name


class Mention(NamedTuple):
    """One name as it stands, its folded words, and the company it is in."""

    words: frozenset[str]
    start: int
    end: int


@dataclass(frozen=True)
class Cast:
    """The names of a sentence and the company of each."""

    mentions: tuple[Mention, ...]
    company: tuple[Seen, ...]


def swaps_roles(said: str, sentences: Sequence[str]) -> bool:
    """Whether two names of `said` have the company that the other one has in `sentences`."""
    mine, theirs = cast(said), [cast(sentence) for sentence in sentences]
    for one, other in combinations(range(len(mine.mentions)), 2):
        first, second = mine.mentions[one].words, mine.mentions[other].words
        if first & second:
            continue
        a, b = _apart(mine.company[one], mine.company[other])
        straight = crossed = 0
        for sentence in theirs:
            c, d = _apart(_company_of(first - second, sentence), _company_of(second - first, sentence))
            if not c or not d:
                straight = max(straight, len(a & c) + len(b & d))
                continue
            straight = max(straight, len(a & c) + len(b & d))
            if a & d and b & c:
                crossed = max(crossed, len(a & d) + len(b & c))
        if crossed >= _LEAST and crossed > straight + 1:
            return True
    return False


def _apart(one: Seen, other: Seen) -> tuple[Seen, Seen]:
    return one - other, other - one


def _company_of(words: frozenset[str], sentence: Cast) -> Seen:
    return frozenset[tuple[str, bool]]().union(
        *(seen for mention, seen in zip(sentence.mentions, sentence.company, strict=True) if mention.words & words)
    )


@lru_cache(maxsize=4_096)
def cast(text: str) -> Cast:
    """The Cast of one cleaned sentence."""
    spans = list(word_spans(text))
    words = [fold(span.of(text)) for span in spans]
    mentions = tuple(_mentions(text, spans))
    named = {at for mention in mentions for at in range(mention.start, mention.end)}
    telling = [at for at, word in enumerate(words) if at not in named and _tells(word)]
    return Cast(mentions, tuple(_company(mention, words, telling) for mention in mentions))


def _tells(word: str) -> bool:
    return word not in STOPWORDS and not word.isdigit() and len(word) > 1 and key(word) not in _MUTUAL


def _company(mention: Mention, words: Sequence[str], telling: Sequence[int]) -> Seen:
    before = [at for at in telling if at < mention.start][-_WINDOW:]
    behind = [at for at in telling if at >= mention.end][:_WINDOW]
    return frozenset((key(words[at]), (at >= mention.end) != _is_passive(words, at)) for at in (*before, *behind))


def _is_passive(words: Sequence[str], at: int) -> bool:
    """Whether the verb at `at` is done to the one before it: "was beaten by"."""
    if words[at + 1 : at + 2] == ["by"] and words[at].endswith(("ed", "en")):
        return True
    return "by" in words[at + 1 : at + 4] and not _BEING.isdisjoint(words[max(0, at - 3) : at])


def _mentions(text: str, spans: Sequence[Span]) -> Iterator[Mention]:
    found = {name.span.start for name in names(text)}
    at = 0
    while at < len(spans):
        end = at
        while (
            end < len(spans)
            and spans[end].start in found
            and (end == at or _joined(text, spans[end - 1], spans[end]))
        ):
            end += 1
        if end > at:
            yield Mention(frozenset(fold(span.of(text)) for span in spans[at:end]), at, end)
        at = max(end, at + 1)


def _joined(text: str, one: Span, other: Span) -> bool:
    return text[one.end : other.start] in {" ", "-", ". "} and not one.of(text).endswith(("'s", "’s"))
