"""Whether the words around an expression speak of what was or what will be: that decides which Friday is meant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from bot.text.dates.lexicon import words_of
from bot.text.dates.tokens import Token

Tense = Literal["past", "future"]

_FUTURE = frozenset(
    words_of(
        """
        will shall 'll would could should may might can going plans planned planning expect expects expected ll
        scheduled due set slated upcoming intends intend hopes hope aims vows promises tomorrow until
        till payable must expires matures maturing redeemable effective deadline wo won forecast
        forecasts projected projects unless if
        """
    )
)
_PAST = frozenset(
    words_of(
        """
        was were had did been said told went came got took gave began fell rose saw became thought wrote
        ran spoke grew struck broke drew knew flew drove threw chose rode wore swore shook froze woke
        has have ago sank
        """
    )
)
_PARTICIPLES = frozenset(
    words_of(
        """
        made found left won lost met kept held brought stood heard meant paid sat led sent built
        understood spent shot sought bought sold caught fought taught hung slid taken given begun fallen
        risen seen written spoken grown broken drawn known flown driven thrown chosen worn shaken frozen
        done gone shown
        """
    )
)
_NOT_VERBS = frozenset(
    words_of("need feed seed deed reed weed speed indeed exceed proceed succeed breed hundred sacred")
)
_DETERMINERS = frozenset(
    words_of("the a an his her its their our my your this that these those all some more about at be people")
)
_SAYING_PAST = frozenset(words_of("said told announced reported added noted wrote stated declared disclosed"))
_LOOSE = frozenset(words_of("planned scheduled expected set"))  # future as participles, past as verbs
_SAYING = _SAYING_PAST | frozenset(words_of("says estimated"))
_ABBREVIATIONS = frozenset(
    words_of(
        """
        corp inc ltd prof gen sen rep gov rev capt col sgt lt mrs messrs sept calif mass conn penn wash
        ariz fla ill ind minn wis tenn miss okla ala ark colo mich mont nev ore tex vs etc bros cos assn
        dept intl jan feb mar apr aug oct nov dec
        """
    )
)
_BEFORE, _AFTER, _BESIDE = 24, 14, 3


def _sentence_ends(tokens: Sequence[Token], index: int) -> bool:
    """Whether the token at `index` ends a sentence (a full stop after an abbreviation or initial does not)."""
    token = tokens[index]
    if token.kind == "BREAK" or token.text in "?!":
        return True
    if token.text != "." or index == 0:
        return False
    before = tokens[index - 1]
    follows = tokens[index + 1].text[:1] if index + 1 < len(tokens) else ""
    if follows.islower() or before.low in _ABBREVIATIONS:
        return False
    return len(before.text) > 2 or before.text.islower() or before.text.isdigit()


def _cue(tokens: Sequence[Token], index: int) -> Tense | None:
    low = tokens[index].low
    if low == "set" and not (index + 1 < len(tokens) and tokens[index + 1].low in ("for", "to")):
        return None
    if low in _FUTURE and not (low in ("may", "will") and tokens[index].text[0].isupper()):
        return "past" if _follows(tokens, index, "had", "been") else "future"
    if low == "to" and index and tokens[index - 1].low in ("is", "are", "supposed"):
        return "future"
    if low in _PAST or low in _SAYING_PAST:
        return "past"
    regular = len(low) > 3 and low.endswith("ed") and tokens[index].text.islower() and low not in _NOT_VERBS
    if not regular and low not in _PARTICIPLES:
        return None
    for back in range(index - 1, max(index - 4, -1), -1):  # "will be released", "to be sold", "is heard"
        word = tokens[back].low
        if word in ("be", "will", "to"):
            return "future"
        if word in ("is", "are"):
            return None
        if word not in ("not", "also", "being", "likely"):
            break
    return "past"


def _follows(tokens: Sequence[Token], index: int, *words: str) -> bool:
    """Whether `words` stand right before the token at `index`."""
    start = index - len(words)
    return start >= 0 and all(token.low == word for token, word in zip(tokens[start:index], words, strict=True))


def _infinitive(tokens: Sequence[Token], index: int, first: int) -> bool:
    """Whether "to" at `index` begins an infinitive, whose time the verbs before it do not say."""
    if tokens[index].low != "to" or index + 1 >= first:
        return False
    verb = tokens[index + 1]
    return verb.kind == "WORD" and verb.text.islower() and verb.low not in _DETERMINERS


def tense_at(tokens: Sequence[Token], first: int, end: int) -> Tense | None:
    """Tense of the clause around tokens [first, end): the nearest cue before it, else the nearest after it.

    A verb of saying counts only when the expression stands right beside it ("said Friday"), since what is said may
    lie in any time.
    """
    reported = False
    for index in range(first - 1, max(first - 1 - _BEFORE, -1), -1):
        if _sentence_ends(tokens, index):
            break
        if tokens[index].low in _SAYING and first - index > _BESIDE:
            reported = True
        elif found := _cue(tokens, index):
            return found
        elif _infinitive(tokens, index, first):  # "due to start", but not "asked to start"
            return "future" if index and _cue(tokens, index - 1) == "future" else None
    if reported:
        return None
    for index in range(end, min(end + _AFTER, len(tokens))):
        if _sentence_ends(tokens, index):
            break
        if tokens[index].low in _SAYING and index - end >= _BESIDE:
            continue
        if tokens[index].low in _LOOSE:
            return "past"
        if found := _cue(tokens, index):
            return found
    return None
