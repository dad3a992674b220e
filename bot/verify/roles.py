"""Who did what to whom: two names that have changed places around the same words.

"Lund beat Malmo" and "Malmo beat Lund" hold the same words and the same names. What tells them apart is on which
side of a name its verb and its company stand; where a passive turns the sides, they are turned back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Final, NamedTuple

from bot.domain.value import Span
from bot.text.words import STOPWORDS, fold, word_spans
from bot.verify.names import names
from bot.verify.opposites import TURNING, is_past, key

_VERB_WITHIN: Final = 3  # words behind a name in which its verb is sought
_JOINT: Final = re.compile(r"\s+")
_WINDOW: Final = 5  # telling words to either side of a name
_BEING: Final = frozenset({"is", "was", "are", "were", "be", "been", "being", "get", "gets", "got"})
# A name behind one of these is where, when or with what it was done, not whom it was done to.
_PREPOSITION_LIST: Final = """
in on at of for with from to about into over after before as than like during between under near by and or while
but because who which when where if
"""
_PREPOSITIONS: Final = frozenset(_PREPOSITION_LIST.split())
BESIDE: Final = frozenset({"and", "with", "by", "or", "said", "says", "told"})  # who did it, too, or tells it
_JOINERS: Final = frozenset({"", "and", "or"})
# The same whoever is named first.
_MUTUAL_LIST: Final = """
meet meets met meeting marry marries married wed wife husband talk talks talked discuss share shares shared
versus vs play plays played playing face faces faced facing against join joins joined joint tie tied draw drew
drawn agree agrees agreed deal border borders bordering rival rivals divorce divorced split date dated dating
clash clashes clashed between fight fights fought both together friend friends couple star stars co-star starred
work works worked partner partners negotiate negotiations relations war match game two brother sister cousin
twin twins
"""
MUTUAL: Final = frozenset(map(key, _MUTUAL_LIST.split()))

Slot = tuple[str, ...]  # the words beside a name
Seen = frozenset[tuple[str, bool]]  # a word's key, and whether it stands behind the name


class Mention(NamedTuple):
    """One name as it stands, its folded words, and the company it is in."""

    words: frozenset[str]
    start: int
    end: int


@dataclass(frozen=True)
class Cast:
    """The names of a sentence, the company of each, and the word right behind it, which says what it does."""

    mentions: tuple[Mention, ...]
    company: tuple[Seen, ...]
    acts: tuple[frozenset[str], ...]


def swaps_roles(said: str, sentences: Sequence[str]) -> bool:
    """Whether two names of `said` have the company that the other one has in `sentences`."""
    mine, theirs = cast(said), [cast(sentence) for sentence in sentences]
    for one, other in combinations(range(len(mine.mentions)), 2):
        first, second = mine.mentions[one].words, mine.mentions[other].words
        if not (first - second and second - first):
            continue
        straight = crossed = False
        for sentence in theirs:
            c, d = _company_of(first - second, sentence), _company_of(second - first, sentence)
            straight = straight or _between(mine.company[one], mine.company[other], c, d)
            crossed = crossed or _between(mine.company[one], mine.company[other], d, c)
            does, other_does = _acts(first - second, sentence), _acts(second - first, sentence)
            own = mine.acts[one] & {word for word, behind in mine.company[other] if not behind}
            straight = straight or bool(own & does)
            crossed = crossed or bool(own & other_does and c)
        if crossed and not straight:
            return True
    return False


def gives_to_another(said: str, around: Sequence[str], named: frozenset[str]) -> bool:
    """Whether `said` begins with one name and its verb, where the text has that verb of other names alone.

    `named` are the folded words of `said` that are names for sure.
    """
    mine = cast(said)
    if not mine.mentions or mine.mentions[0].start > 0 or not mine.mentions[0].words <= named:
        return False
    verbs = {fold(span.of(said)) for span in word_spans(said) if key(span.of(said)) in mine.acts[0]}
    if verbs & TURNING or not any(is_past(verb) or verb.endswith("s") for verb in verbs):
        return False
    subject, deed = mine.mentions[0].words, mine.acts[0]
    company = {word for word, _ in mine.company[0]} - deed
    own = [fold(span.of(said)) for span in word_spans(said)]
    how = voice(own, next(at for at, word in enumerate(own) if key(word) in deed))
    found = False
    for sentence in around:
        words = [fold(span.of(sentence)) for span in word_spans(sentence)]
        keys = [key(word) for word in words]
        if deed.isdisjoint(keys):
            continue
        if company and company.isdisjoint(keys):
            return False  # it may be another thing that was done
        if not _is_told_of_others(subject, deed, cast(sentence), words, keys, how=how):
            return False
        found = True
    return found


def voice(words: Sequence[str], at: int) -> str:
    """Whether the verb at `at` is "active", "passive", or "open": "questioned on Monday" may be either."""
    if not is_past(words[at]):
        return "active"
    if not _BEING.isdisjoint(words[max(0, at - 3) : at]):
        return "passive"
    after = words[at + 1] if at + 1 < len(words) else ""
    return "open" if after in _PREPOSITIONS or not after[:1].isalnum() else "active"


def _is_told_of_others(
    subject: frozenset[str],
    deed: frozenset[str],
    theirs: Cast,
    words: Sequence[str],
    keys: Sequence[str],
    *,
    how: str,
) -> bool:
    """Whether a sentence tells a deed of another name, and has the subject behind it or nowhere."""
    if not any(deed & acts for acts in theirs.acts):
        return False  # of nobody by name: it may be the same person
    first = min(at for at, word in enumerate(keys) if word in deed)
    if how != voice(words, first):
        return False  # it may have been done to the subject, whoever did it
    own = [mention.start for mention in theirs.mentions if mention.words & subject]
    return all(start > first and words[start - 1] not in BESIDE for start in own)


def swaps_places(said: str, sentences: Sequence[str]) -> bool:
    """Whether two names, dates or figures of `said` stand each between the words that hold the other one there."""
    mine = slots(said)
    for theirs in map(slots, sentences):
        shared = [name for name in mine if name in theirs]
        for one, other in combinations(shared, 2):
            a, b = _apart(mine[one], mine[other])
            c, d = _apart(theirs[one], theirs[other])
            straight, crossed = (_alike(a, c), _alike(b, d)), (_alike(a, d), _alike(b, c))
            if min(crossed) > 0 and sum(crossed) > sum(straight) + 1 and not _side_by_side(mine[one], other):
                return True
    return False


def _side_by_side(slot: Slot, other: frozenset[str]) -> bool:
    """Whether `other` is what stands right before or behind: "the 20th MLS season" of "MLS's 20th season"."""
    return bool(other.intersection(slot))


def _apart(one: Slot, other: Slot) -> tuple[Slot, Slot]:
    """Both without what stands beside either."""
    pairs = list(zip(one, other, strict=True))
    return tuple("" if a == b else a for a, b in pairs), tuple("" if a == b else b for a, b in pairs)


def _alike(one: Slot, other: Slot) -> int:
    return sum(mine == theirs and mine not in _JOINERS for mine, theirs in zip(one, other, strict=True))


@lru_cache(maxsize=4_096)
def slots(text: str) -> dict[frozenset[str], Slot]:
    """The two words before and the one behind each name, date or figure of a sentence that has it once."""
    spans = list(word_spans(text))
    words = ["", "", *(fold(span.of(text)) for span in spans), ""]
    found: dict[frozenset[str], Slot] = {}
    twice: set[frozenset[str]] = set()
    figures = (Mention(frozenset({word}), at, at + 1) for at, word in enumerate(words[2:-1]) if word[:1].isdigit())
    for mention in (*_mentions(text, spans), *figures):
        if mention.words in found:
            twice.add(mention.words)
        found[mention.words] = (words[mention.start], words[mention.start + 1], words[mention.end + 2])
    return {name: slot for name, slot in found.items() if name not in twice}


def _between(one: Seen, other: Seen, first: Seen, second: Seen) -> bool:
    """Whether a word that stands behind `one` and before `other` stands behind `first` and before `second` too."""
    return any(
        behind and (word, False) in other and (word, True) in first and (word, False) in second
        for word, behind in one
    )


def _acts(words: frozenset[str], sentence: Cast) -> frozenset[str]:
    """What those who are named by `words` do in `sentence`."""
    pairs = zip(sentence.mentions, sentence.acts, strict=True)
    return frozenset[str]().union(*(acts for mention, acts in pairs if mention.words & words))


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
    company = tuple(_company(mention, words, telling) for mention in mentions)
    return Cast(mentions, company, tuple(_act(mention, spans, words, text) for mention in mentions))


def _act(mention: Mention, spans: Sequence[Span], words: Sequence[str], text: str) -> frozenset[str]:
    for at in range(mention.end, min(len(words), mention.end + _VERB_WITHIN)):
        if not _JOINT.fullmatch(text, spans[at - 1].end, spans[at].start) or words[at] in _PREPOSITIONS:
            break
        if text[: spans[at - 1].end].endswith(("'s", "’s", "s'", "s’")):
            break
        if _tells(words[at]):
            return frozenset() if _is_passive(words, at) else frozenset({key(words[at])})
    return frozenset()


def _tells(word: str) -> bool:
    return word not in STOPWORDS and not word.isdigit() and len(word) > 1 and key(word) not in MUTUAL


def _company(mention: Mention, words: Sequence[str], telling: Sequence[int]) -> Seen:
    before = [
        at
        for at in telling
        if at < mention.start
        and (_PREPOSITIONS.isdisjoint(words[at + 1 : mention.start]) or _is_passive(words, at))
    ][-_WINDOW:]
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
