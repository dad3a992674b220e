"""Statements that turn the text around: a "not" too much or too little, an opposite, an accusation told as a fact.

Every number and name of "The minister signed the treaty" stands in "The minister did not sign the treaty". Here
it is asked whether a statement says yes where its sentences say no. Only a plain contradiction counts: where the
text might be saying the same in other words, the statement is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, Literal, NamedTuple

from bot.verify.claims import Claim, Place
from bot.verify.opposites import OPPOSITES
from bot.verify.roles import swaps_roles
from bot.verify.sanitise import clean
from bot.verify.wording import Wording, wording

Flip = Literal["negation", "attribution", "roles"]

_NEAR: Final = 8  # words around a word that tell what it is said of
_SHARED: Final = 2  # of them that two sentences must share to speak of one thing
_SHADE: Final = 5  # words between a word and a "not" that may be meant for it
_BESIDE: Final = 4  # the same around one of a pair of opposites


class _Read(NamedTuple):
    """A statement, the sentences it rests on, and those around them."""

    text: str
    sentences: tuple[str, ...]
    said: Wording
    rested: tuple[Wording, ...]
    around: tuple[Wording, ...]


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
    around = tuple(wording(clean(ground.sentences[index].of(ground.text))) for ground, index in beside)
    sentences = tuple(clean(place.span.of(place.ground.text)) for place in places)
    return _Read(claim.text, sentences, wording(claim.text), tuple(map(wording, sentences)), around)


def _denies_too_much(read: _Read) -> bool:
    """A "not" in the statement, where its sentences say the same thing without any shade of it."""
    return any(
        _stands_plain(read.said, head, read) or not _is_shaded(read.said, head, read) for head in read.said.denied
    )


def _stands_plain(said: Wording, head: int, read: _Read) -> bool:
    """Whether the denied word stands there in the same company, and nowhere near a "not"."""
    found = False
    for other in read.rested:
        for at in other.places(said.keys[head]):
            if any(abs(at - negative) <= _SHADE for negative in other.negative):
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


def _told_plainly(read: _Read, turned: Callable[[Wording], dict[int, int]]) -> Iterator[str]:
    """What the statement says of the same things, and the text says nowhere but under such a word."""
    for sentence in read.rested:
        for at in turned(sentence):
            key = sentence.keys[at]
            for mine in read.said.places(key):
                same = len(read.said.around(mine, _NEAR) & sentence.around(at, _NEAR)) >= _SHARED
                if same and not _stands_free(key, read, turned):
                    yield key


def _stands_free(key: str, read: _Read, turned: Callable[[Wording], dict[int, int]]) -> bool:
    return any(at not in turned(other) for other in read.around for at in other.places(key))


def _says_the_opposite(read: _Read) -> bool:
    """One of a pair of opposites in the statement, the other one of the same thing in the text."""
    known = frozenset[str]().union(*(frozenset(other.keys) for other in read.around))
    for at, key in enumerate(read.said.keys):
        for own, against in OPPOSITES.get(key, ()):
            if not known & own and not _is_turned(read.said, at) and _stands_against(read, at, against):
                return True
    return False


def _stands_against(read: _Read, at: int, against: frozenset[str]) -> bool:
    mine = read.said.around(at, _BESIDE)
    return any(
        mine & other.around(place, _BESIDE) and not _is_turned(other, place)
        for other in read.rested
        for place, key in enumerate(other.keys)
        if key in against
    )


def _is_turned(sentence: Wording, at: int) -> bool:
    return any(0 < at - negative <= _BESIDE for negative in sentence.negative)


_CHECKS: Final[tuple[tuple[Flip, Callable[[_Read], bool]], ...]] = (
    ("negation", _denies_too_much),
    ("negation", _affirms_what_is_denied),
    ("negation", _says_the_opposite),
    ("attribution", _owns_what_is_denied),
    ("attribution", _closes_what_is_open),
    ("roles", lambda read: swaps_roles(read.text, read.sentences)),
)
