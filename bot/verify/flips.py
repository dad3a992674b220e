"""Statements that turn the text around: a "not" too much or too little, an opposite, an accusation told as a fact.

Every number and name of "The minister signed the treaty" stands in "The minister did not sign the treaty". Here
it is asked whether a statement says yes where its sentences say no. Only a plain contradiction counts: where the
text might be saying the same in other words, the statement is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, Literal, NamedTuple

from bot.text.words import fold
from bot.verify.claims import Claim, Place
from bot.verify.ground import Ground
from bot.verify.opposites import COMING, OPEN, OPPOSITES, is_past
from bot.verify.roles import gives_to_another, swaps_places, swaps_roles
from bot.verify.sanitise import clean
from bot.verify.subjects import told_of_another
from bot.verify.wording import SPEECH, Wording, wording

Flip = Literal["negation", "attribution", "roles"]

_NEAR: Final = 8  # words around a word that tell what it is said of
_SHARED: Final = 2  # of them that two sentences must share to speak of one thing
_TURNS_TIME: Final = frozenset({"since", "until", "till"})  # "not until May" says that it was so from May on
_SHARED_ALL: Final = 3  # the same, where the text has the "not" or the "may" and the statement has none
_AHEAD: Final = COMING | OPEN.keys() | {"if", "whether", "to", "when", "set", "due"}
_NOT_DONE: Final = frozenset({"to", "be", "the", "a", "an", "being", "its", "his", "her", "their"})
_BESIDE: Final = 4  # the same around one of a pair of opposites


class _Read(NamedTuple):
    """A statement, the sentences it rests on, and those around them."""

    text: str
    sentences: tuple[str, ...]
    said: Wording
    rested: tuple[Wording, ...]
    around: tuple[Wording, ...]
    neighbours: tuple[str, ...]  # the sentences of `around`
    names: frozenset[str]  # the folded words that name somebody in the statement
    grounds: tuple[Ground, ...]


def first_flip(claim: Claim, places: Sequence[Place]) -> Flip | None:
    """How `claim` turns around what its sentences say; None where it does not, or nobody can tell."""
    if claim.is_foreign or any(place.ground.language != "en" for place in places):
        return None
    read = _read(claim, places)
    if any(read.said.words == other.words for other in read.rested):
        return None
    return next((flip for flip, found in _CHECKS if found(read)), None)


def _read(claim: Claim, places: Sequence[Place]) -> _Read:
    beside = {(place.ground, index): None for place in places for index in place.ground.beside(place.at)}
    neighbours = tuple(clean(ground.sentences[index].of(ground.text)) for ground, index in beside)
    sentences = tuple(clean(place.span.of(place.ground.text)) for place in places)
    return _Read(
        claim.text,
        sentences,
        wording(claim.text),
        tuple(map(wording, sentences)),
        tuple(map(wording, neighbours)),
        neighbours,
        frozenset(fold(span.of(claim.text)) for span in claim.named),
        tuple(dict.fromkeys(place.ground for place in places)),
    )


def _denies_too_much(read: _Read) -> bool:
    """A "not" in the statement, where its sentences say the same thing without any shade of it."""
    if not _TURNS_TIME.isdisjoint(read.said.words):
        return False
    return any(
        _stands_plain(read.said, head, read) or not _is_shaded(read.said, head, read)
        for head in read.said.denied
        if not _has_opposite(read.said, head, read)
    )


def _has_opposite(said: Wording, head: int, read: _Read) -> bool:
    """Whether the text has the opposite of what is denied: "did not rise" may well be "fell"."""
    denied = (said.keys[at] for at in range(head, min(len(said.keys), head + _BESIDE)))
    opposite = frozenset[str]().union(*(side.against for key in denied for side in OPPOSITES.get(key, ())))
    return any(not opposite.isdisjoint(other.keys) for other in read.rested)


def _stands_plain(said: Wording, head: int, read: _Read) -> bool:
    """Whether the denied word stands there in the same company, and nowhere near a "not"."""
    found = False
    for other in read.rested:
        for at in other.places(said.keys[head]):
            if other.is_shaded(at):
                return False
            found = found or len(said.around(head, _NEAR) & other.around(at, _NEAR)) >= _SHARED
    return found


def _is_shaded(said: Wording, head: int, read: _Read) -> bool:
    """Whether what the statement speaks of stands near any word that may be another way to say "not"."""
    company = said.around(head, _NEAR) | {said.keys[head]}
    return any(
        other.keys[negative] in company or company & other.around(negative, _NEAR)
        for other in read.rested
        for negative in other.negative
    )


def _affirms_what_is_denied(read: _Read) -> bool:
    return not read.said.negative and any(_told_plainly(read, lambda other: other.denied))


def _owns_what_is_denied(read: _Read) -> bool:
    return not (read.said.negative or read.said.is_soft) and any(_told_plainly(read, lambda other: other.disowned))


def _closes_what_is_open(read: _Read) -> bool:
    return not read.said.is_soft and any(_told_plainly(read, lambda other: other.open))


def _tells_as_done(read: _Read) -> bool:
    """A verb in the past, where the text has it only as something to come."""
    said = read.said
    if said.negative:
        return False
    for at, word in enumerate(said.words):
        before = said.words[max(0, at - _BESIDE) : at]
        if not is_past(word) or at in said.named or not _NOT_DONE.isdisjoint(before[-1:]):
            continue
        if not _AHEAD.isdisjoint(before) or said.keys[at] in SPEECH or said.words[at + 1 : at + 2] == ("as",):
            continue
        for other in read.rested:
            places = other.places(said.keys[at])
            if any(
                place in other.ahead and len(said.around(at, _NEAR) & other.around(place, _NEAR)) >= _SHARED
                for place in places
            ) and not _stands_free(said.keys[at], read, lambda other: other.ahead):
                return True
    return False


def _told_plainly(read: _Read, turned: Callable[[Wording], dict[int, int]]) -> Iterator[str]:
    """What the statement says of the same things, and the text says nowhere but under such a word."""
    for sentence in read.rested:
        for at in turned(sentence):
            key = sentence.keys[at]
            for mine in read.said.places(key):
                same = len(read.said.around(mine, _NEAR) & sentence.around(at, _NEAR)) >= _SHARED_ALL
                if same and not _stands_free(key, read, turned):
                    yield key


def _stands_free(key: str, read: _Read, turned: Callable[[Wording], dict[int, int]]) -> bool:
    return any(at not in turned(other) for other in read.around for at in other.places(key))


def _says_the_opposite(read: _Read) -> bool:
    """One of a pair of opposites in the statement, the other one of the same thing in the text."""
    for at, key in enumerate(read.said.keys):
        if _is_turned(read.said, at):
            continue
        for side in OPPOSITES.get(key, ()):
            about = _next if side.tight else _beside
            mine = about(read.said, at)
            if (
                mine
                and _told_of(mine, side.against, about, read.rested)
                and not _told_of(mine, side.own, about, read.around, turned=True)
            ):
                return True
    return False


def _told_of(
    mine: frozenset[str],
    words: frozenset[str],
    about: Callable[[Wording, int], frozenset[str]],
    sentences: Sequence[Wording],
    *,
    turned: bool = False,
) -> bool:
    """Whether one of `words` stands in `sentences` in the company of `mine`; under a "not" only where `turned`."""
    return any(
        mine & about(sentence, at) and (turned or not _is_turned(sentence, at))
        for sentence in sentences
        for at, key in enumerate(sentence.keys)
        if key in words
    )


def _beside(sentence: Wording, at: int) -> frozenset[str]:
    return sentence.around(at, _BESIDE)


def _next(sentence: Wording, at: int) -> frozenset[str]:
    following = sentence.next_telling(at)
    return frozenset({following} if following else ())


def _is_turned(sentence: Wording, at: int) -> bool:
    return any(0 < at - negative <= _BESIDE for negative in sentence.negative)


def _adds_or_drops_a_not(read: _Read) -> bool:
    """The statement is a stretch of a sentence, word for word, but for its "not"."""
    said, denials = read.said.undenied
    for other in read.rested:
        words, their_denials = other.undenied
        for start in range(len(words) - len(said) + 1):
            if words[start : start + len(said)] == said:
                stretch = range(start, start + len(said))
                return len(denials) != sum(at in stretch for at in their_denials)
    return False


_CHECKS: Final[tuple[tuple[Flip, Callable[[_Read], bool]], ...]] = (
    ("negation", _adds_or_drops_a_not),
    ("negation", _denies_too_much),
    ("negation", _affirms_what_is_denied),
    ("negation", _says_the_opposite),
    ("attribution", _owns_what_is_denied),
    ("attribution", _closes_what_is_open),
    ("attribution", _tells_as_done),
    ("roles", lambda read: gives_to_another(read.text, read.neighbours, read.names)),
    ("roles", lambda read: swaps_roles(read.text, read.sentences) or swaps_places(read.text, read.sentences)),
    ("roles", lambda read: all(told_of_another(read.text, ground) for ground in read.grounds)),
)
