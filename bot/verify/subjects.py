"""Of whom the text tells what a statement tells of a person: "Dahl sold the ferry", where it was Olsen.

People only, since a house, a town and those who speak for it are told of in each other's place. Two things show
that another one is meant: the sentences that hold what is told have another person as the subject of its verb; or
the person is named nowhere near them. A subject that is a pronoun or a description may be anyone who was named
not long before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from bot.domain.value import Span
from bot.text.speech import quotations
from bot.text.speech.claims import claims_of
from bot.text.speech.grammar import grammar_of
from bot.text.speech.lexicon import TIME_WORDS
from bot.text.speech.people import split_name
from bot.text.speech.phrases import Range, is_verb, nearest_subject, subject_before
from bot.text.speech.tokens import Token, paragraph_tokens
from bot.text.words import content_stems, fold
from bot.verify.ground import Ground
from bot.verify.names import names
from bot.verify.opposites import key
from bot.verify.roles import BESIDE, MUTUAL, voice
from bot.verify.sanitise import clean

_ENGLISH: Final = grammar_of("en")
_TELLS: Final = 0.6  # share of the telling words that a sentence must hold to be the one that tells it
_HALF: Final = 0.5  # the same share where it is not read for its subject; and of that, for another one to count
_FEWEST: Final = 3  # telling words of a statement, likewise
_REACH: Final = 6  # sentences behind a name in which "he" or "the mayor" may mean its bearer
_VERB_WITHIN: Final = 6  # words behind a name in which its verb is sought
_APPOSITION_WITHIN: Final = 14  # words
_FOLLOWING: Final = 5  # words behind a verb that tell it from another place where it stands
_SURELY: Final = 2  # of them that must agree where the verb alone says little
_WHEN: Final = frozenset({"this", "last", "next", "earlier", "later", "himself", "herself"})
_JOINS: Final = frozenset({"and", "but", "or"})
_SPEECH: Final = frozenset({"say", "think", "treat"})
_KIN_LIST: Final = "brother sister father mother wife husband son daughter uncle aunt cousin nephew niece"
_KIN: Final = frozenset(_KIN_LIST.split())
_AUTHOR_LIST: Final = "i i'm i've i'd i'll we we're we've my our me us"
_AUTHOR: Final = frozenset(_AUTHOR_LIST.split())  # who writes or speaks there may be named far away


class _Said(NamedTuple):
    """A statement: its words, the person it begins with, and the place of the word that tells what they do."""

    words: Sequence[Token]
    own: frozenset[str]
    verb: int

    @property
    def voice(self) -> str:
        """Whether they do it, or it is done to them."""
        return voice([token.low for token in self.words], self.verb)


def told_of_another(text: str, ground: Ground) -> bool:
    """Whether `text` begins with a person and tells what `ground` tells of others."""
    said = _read(text, ground)
    if said is None:
        return False
    roots = frozenset(content_stems(text[said.words[said.verb].start :]))
    held = Counter(index for root in roots for index in ground.holders.get(root, ()))
    if not held:
        return False
    return _has_another_subject(said, held, len(roots), ground) or _is_far(said, held, len(roots), ground)


def _has_another_subject(said: _Said, held: Mapping[int, int], told: int, ground: Ground) -> bool:
    """Whether the sentences that tell it have others for its subject.

    `held` says how many of the `told` telling words a sentence holds, by its position.
    """
    most = max(held.values())
    if most < _TELLS * told:
        return False
    found = {index: _subject_of(said, index, ground) for index, words in held.items() if words >= _HALF * most}
    return "other" in found.values() and all(
        subject == "other" or (subject == "unknown" and not _may_mean(said.own, index, ground))
        for index, subject in found.items()
    )


def _is_far(said: _Said, held: Mapping[int, int], told: int, ground: Ground) -> bool:
    """Whether the sentences that tell most of it name others, and those that may mean the person tell little."""
    most = max(held.values())
    cue = said.words[said.verb].cue
    if told < _FEWEST or most < _HALF * told or (cue is not None and cue.kind in _SPEECH):
        return False
    if any(words > _HALF * most and _may_mean(said.own, index, ground) for index, words in held.items()):
        return False
    return all(
        _AUTHOR.isdisjoint(ground.words(index)) and _names_another(said.own, index, ground)
        for index, words in held.items()
        if words == most
    )


def _names_another(own: frozenset[str], index: int, ground: Ground) -> bool:
    """Whether a sentence or one of the two before it names somebody else."""
    around = (ground.sentences[other] for other in range(max(0, index - 2), index + 1))
    return any(
        ground.known.person([name.word]) - own for span in around for name in names(clean(span.of(ground.text)))
    )


def _may_mean(own: frozenset[str], index: int, ground: Ground) -> bool:
    """Whether a sentence names a person, or may speak of them without the name."""
    around = range(max(0, index - _REACH), min(len(ground.sentences), index + 2))
    return any(not own.isdisjoint(ground.words(other)) for other in around)


def _subject_of(said: _Said, index: int, ground: Ground) -> str:
    """Whom a sentence tells it of: "own", "other", or "unknown"."""
    theirs = _tokens(clean(ground.sentences[index].of(ground.text)))
    at, subject = _speaker(said, theirs) if _speaks(said) else _doer(said, theirs)
    if subject is None:
        return "unknown"
    phrase = theirs[subject[0] : subject[1]]
    _, name = split_name(phrase)
    named = ground.known.person(token.word for token in name)
    if not named:
        return "other" if _is_kin(phrase, said.own) else "unknown"
    if not named.isdisjoint(said.own):
        return "own"
    beside = any(_stands_beside(said, theirs, place, at, subject) for place in _places(said.own, theirs))
    return "own" if beside else "other"


def _places(own: frozenset[str], words: Sequence[Token]) -> Iterator[int]:
    return (place for place, token in enumerate(words) if fold(token.word) in own)


def _stands_beside(said: _Said, theirs: Sequence[Token], place: int, at: int, subject: Range) -> bool:
    """Whether one who is named at `place` may share in what the subject of the verb at `at` does."""
    if key(said.words[said.verb].word) in MUTUAL or (_speaks(said) and _hands_on(said, theirs)):
        return True
    if any(is_verb(theirs, between) for between in range(place + 1, subject[0])):
        return False  # "Dahl said Olsen sold the ferry"
    return place < max(at, subject[1]) or theirs[place - 1].low in BESIDE


def _is_kin(phrase: Sequence[Token], own: frozenset[str]) -> bool:
    """Whether a subject is one of the person's family: "Dahl's brother"."""
    owned = len(phrase) > 2 and phrase[-2].tag == "GEN" and fold(phrase[-3].word) in own
    return owned and phrase[-1].low in _KIN


def _hands_on(said: _Said, theirs: Sequence[Token]) -> bool:
    """Whether a sentence may tell what somebody says through somebody else: "Olsen quoted Dahl as saying"."""
    lemmas = [token.cue.lemma for token in theirs if token.cue is not None and token.cue.kind == "say"]
    own = said.words[said.verb].cue
    return own is None or lemmas != [own.lemma]


def _speaks(said: _Said) -> bool:
    cue = said.words[said.verb].cue
    if cue is None or cue.kind != "say":
        return False
    return cue.lemma == "say" or said.voice == "active"


def _speaker(said: _Said, theirs: Sequence[Token]) -> tuple[int, Range | None]:
    """The place of the verb with which a sentence says something, and who says it."""
    claims = [claim for claim in claims_of(theirs, _ENGLISH.sources) if claim.kind == "say"]
    claims.sort(key=lambda claim: -_agreeing(said, theirs, claim.verb))
    if not claims:
        return 0, None
    if len({claim.speaker for claim in claims}) > 1:
        first, second = (_agreeing(said, theirs, claim.verb) for claim in claims[:2])
        if first < _SURELY or first == second:
            return 0, None
    return claims[0].verb, claims[0].speaker


def _doer(said: _Said, theirs: Sequence[Token]) -> tuple[int, Range | None]:
    """The place of the verb of `said` in a sentence, and its subject there."""
    verb = said.words[said.verb]
    sought = key(verb.word)
    found = [
        at
        for at, token in enumerate(theirs)
        if token.low == verb.low or (verb.tag != "AUX" and token.tag != "CAP" and key(token.word) == sought)
    ]
    found.sort(key=lambda at: -_agreeing(said, theirs, at))
    agreeing = [_agreeing(said, theirs, at) for at in found[:2]]
    if not found or (len(found) > 1 and agreeing[0] == agreeing[1]):
        return 0, None
    if verb.tag == "AUX" and agreeing[0] < min(_SURELY, len(_following(said.words, said.verb))):
        return 0, None
    at = found[0]
    if at == 0 or said.voice != voice([token.low for token in theirs], at):
        return 0, None
    return at, nearest_subject(theirs, at) if theirs[at - 1].low in _JOINS else subject_before(theirs, at, 0)


def _agreeing(said: _Said, theirs: Sequence[Token], at: int) -> int:
    """How many of the words behind the verb of `said` stand behind `at`, too."""
    return len(_following(said.words, said.verb) & _following(theirs, at, 2 * _FOLLOWING))


def _following(words: Sequence[Token], at: int, reach: int = _FOLLOWING) -> frozenset[str]:
    return frozenset(token.low for token in words[at + 1 : at + 1 + reach] if token.tag not in {"PUNCT", "DET"})


def _read(text: str, ground: Ground) -> _Said | None:
    """`text` as a statement on one person, None where it is none."""
    words = _tokens(text)
    end = next((at for at, token in enumerate(words) if token.tag != "CAP"), len(words))
    _, name = split_name(words[:end]) if end else ((), ())
    own = ground.known.person(token.word for token in name)
    if not own or end == len(words):
        return None
    if words[end].word == ",":
        close = [at for at in range(end + 1, min(len(words), end + _APPOSITION_WITHIN)) if words[at].word == ","]
        end = close[0] + 1 if close else len(words)
    verb = _verb(words, end)
    return _Said(words, own, verb) if verb is not None else None


def _verb(words: Sequence[Token], start: int) -> int | None:
    """The word that says what is told: the first that is neither helper nor adverb, or else the last helper."""
    helper = None
    for at in range(start, min(len(words), start + _VERB_WITHIN)):
        token = words[at]
        if token.low in TIME_WORDS or token.low in _WHEN:
            continue
        if token.tag == "AUX":
            helper = at
        elif token.tag in {"W", "VERB"}:
            return at
        elif token.tag != "ADV":
            break
    return helper


@lru_cache(maxsize=256)  # some 6 KB each
def _tokens(text: str) -> tuple[Token, ...]:
    """The words of one cleaned sentence, each quotation as one."""
    quotes = [quote for quote in quotations(text) if quote.depth == 0]
    return tuple(paragraph_tokens(text, Span(0, len(text)), list(enumerate(quotes)), _ENGLISH))
