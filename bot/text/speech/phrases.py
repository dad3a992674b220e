"""Noun phrases: who stands as the subject before a verb, after it, or after "according to".

No tagger is at hand, so a phrase is known by what may not stand inside it. Every function works on the tokens of
one sentence and gives a half-open range of token indices, or None.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.text.speech import lexicon
from bot.text.speech.cues import SPEECH_NOUNS
from bot.text.speech.lexicon import words
from bot.text.speech.tokens import Token

Range = tuple[int, int]

_NOMINAL: Final = frozenset({"CAP", "W", "DET", "NUM", "GEN", "PREP"})
_KEPT_AFTER_NOUN: Final = words("of for from at with in on to who")
_PARTICIPLE_STARTS: Final = words("asked pressed questioned speaking referring according citing noting")
_SKIPPED: Final = frozenset({"then", "first", "himself", "herself", "itself", "themselves", "myself"})
_TIME_OPENERS: Final = frozenset({"on", "last", "this", "late", "early", "earlier", "later", "in"})
_STAND_FOR: Final = frozenset({"one", "some", "many", "several", "both", "others", "all", "another", "most"})
_PHRASE_ENDS: Final = frozenset({"PUNCT", "QUOTE", "CONJ", "AUX", "VERB", "ADV", "PRON"})


def is_verb(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word at `at` reads as a finite verb here."""
    token = tokens[at]
    if token.tag in {"VERB", "AUX"}:
        return True
    if token.tag != "W":
        return False
    before = tokens[at - 1] if at else None
    if before is None or before.tag in {"DET", "GEN", "PREP", "W", "NUM", "PUNCT", "QUOTE", "CONJ"}:
        return False
    return token.low.endswith("ed") or (
        token.cue is not None and before.tag in {"CAP", "PRON"} and not token.cue.noun
    )


def subject_before(tokens: Sequence[Token], verb: int, low: int) -> Range | None:
    """The subject of the verb at `verb`, looked for leftwards, not before index `low`."""
    at = verb - 1
    while at >= low and (tokens[at].tag in {"ADV", "AUX"} or tokens[at].low in _SKIPPED):
        at -= 1
    at = _before_time(tokens, at, low)
    if at < low:
        return None
    token = tokens[at]
    if token.low in {"who", "which"} or (token.low == "that" and at > low and tokens[at - 1].tag == "W"):
        at -= 1
        while at >= low and tokens[at].word in {",", "—", "–"}:
            at -= 1
        return phrase_ending(tokens, at, low) if at >= low else None
    if token.tag == "PRON":
        return (at, at + 1) if token.low in lexicon.SUBJECT_PRONOUNS else None
    if token.word in {",", ")", "—", "–", "-", "]"} or token.tag == "QUOTE":
        return _before_parenthesis(tokens, at, low)
    return phrase_ending(tokens, at, low)


def _before_time(tokens: Sequence[Token], at: int, low: int) -> int:
    """Step over "on Monday", "late Monday" between a subject and its verb."""
    back = at
    while back > low and tokens[back].low.rstrip(".") in lexicon.TIME_WORDS:
        back -= 1
    if back == at:
        return at
    while back > low and (tokens[back].low in _TIME_OPENERS or tokens[back].tag == "ADV"):
        back -= 1
    return back if tokens[back].tag in {"CAP", "W", "PRON", "PUNCT"} else at


def _before_parenthesis(tokens: Sequence[Token], comma: int, low: int) -> Range | None:
    """In `Jane Roe, a lawyer from Ohio, said`: Jane Roe."""
    begin = comma
    while begin > low and tokens[begin - 1].word != ";":
        begin -= 1
    marks = [i for i in range(begin, comma) if tokens[i].word in {",", "(", "—", "–", "-", "["}]
    opened = False
    starts = [begin, *(mark + 1 for mark in marks)]
    for first, end in zip(starts, [*marks, comma], strict=True):
        start = first + (first < end and tokens[first].low in {"but", "and", "so", "yet"})
        if start >= end:
            continue
        if _introduces(tokens, start, end):
            opened = tokens[end - 1].tag == "CAP"
            continue
        if opened and end - start <= 2 and end < comma:
            continue  # "On Monday in Berea, Ohio, Roe said"
        opened = False
        found = phrase_ending(tokens, end - 1, start)
        if found is None:
            continue
        before = found[0] - 1
        if before >= start and (is_verb(tokens, before) or tokens[before].tag in {"PREP", "AUX", "VERB"}):
            continue
        if stands_alone(tokens, found):
            return found
    return None


def _introduces(tokens: Sequence[Token], start: int, end: int) -> bool:
    first = tokens[start]
    if (
        first.tag in {"PREP", "ADV"}
        or first.low.rstrip(".") in lexicon.TIME_WORDS
        or first.low in lexicon.SUBORDINATORS - {"who", "that", "which"}
    ):
        return not any(token.low == "that" for token in tokens[start + 1 : end])
    return first.low in _PARTICIPLE_STARTS or (first.tag != "CAP" and first.low.endswith("ing"))


def stands_alone(tokens: Sequence[Token], found: Range) -> bool:
    """Whether a phrase can be somebody: a name, a pronoun, a determined noun or people in the plural."""
    start, end = found
    if tokens[start].tag in {"DET", "PRON"} or any(t.tag == "CAP" for t in tokens[start:end]):
        return True
    return tokens[end - 1].low in lexicon.PLURAL_PEOPLE or tokens[end - 1].low.endswith("s")


def phrase_ending(tokens: Sequence[Token], last: int, low: int) -> Range | None:
    """The noun phrase whose last word is at `last`, with its title and what hangs on a common noun."""
    if tokens[last].tag == "PRON":
        return (last, last + 1)
    first = last + 1
    while first > low and _continues_left(tokens, first - 1, last, low):
        first -= 1
    if first > last:
        return None
    if first > low + 1 and tokens[first].tag == "PREP" and _is_participle(tokens, first - 1):
        earlier = phrase_ending(tokens, first - 2, low)  # "a letter obtained by the agency warns"
        if earlier is not None and stands_alone(tokens, earlier):
            return earlier
    return _trim(tokens, first, last + 1)


def _is_participle(tokens: Sequence[Token], at: int) -> bool:
    if tokens[at].tag == "VERB" and tokens[at + 1].low != "by":
        return False
    return tokens[at].low.endswith(("ed", "en"))


def _continues_left(tokens: Sequence[Token], at: int, last: int, low: int) -> bool:
    token = tokens[at]
    if token.low in {"and", "&"}:
        return at > low and tokens[at - 1].tag in {"CAP", "W"} and at < last
    if token.word in {".", "/"} and at > low and tokens[at - 1].tag == "CAP":
        return tokens[at - 1].end == token.start and token.word == "/"
    if token.tag not in _NOMINAL and not (
        token.tag == "ADV"
        and at + 1 <= last
        and tokens[at + 1].tag == "W"
        and at > low
        and tokens[at - 1].tag == "DET"
    ):
        return False
    if token.tag == "W" and at < last:
        return not is_verb(tokens, at)
    return True


def _trim(tokens: Sequence[Token], first: int, end: int) -> Range | None:
    """Leave out an opening phrase ("On Monday Jane Roe") and a closing one ("Jane Roe on Monday")."""
    preps = [i for i in range(first, end) if tokens[i].tag == "PREP"]
    if preps and preps[0] == first:
        first = _after_opening(tokens, preps[-1] + 1, end)
        preps = []
    for prep in preps:
        if prep >= end or prep == first:
            continue
        named = tokens[prep - 1].tag == "CAP"
        if not _belongs(tokens, prep, end, named=named):
            end = prep
            break
    while first < end and _is_time(tokens, first, end):
        first += 1
    while first < end and tokens[first].tag in {"GEN", "PREP", "PUNCT"}:
        first += 1
    if first < end and tokens[first].tag == "W" and tokens[first].low.endswith("ing"):
        return None
    if first >= end or (all(t.tag in {"DET", "GEN"} for t in tokens[first:end]) and end - first > 1):
        return None
    return (first, end)


def _after_opening(tokens: Sequence[Token], start: int, end: int) -> int:
    """Where the subject begins after a preposition's own object: at a second determiner or at the name."""
    for at in range(end - 1, start, -1):
        if tokens[at].tag == "DET" and tokens[at - 1].tag != "DET":
            return at
    at = end
    while at > start and tokens[at - 1].tag == "CAP" and tokens[at - 1].low.rstrip(".") not in lexicon.TIME_WORDS:
        at -= 1
    return at if at < end else start


def _belongs(tokens: Sequence[Token], prep: int, end: int, *, named: bool) -> bool:
    if tokens[prep].low not in _KEPT_AFTER_NOUN:
        return False
    after = tokens[prep + 1 : end]
    if any(t.low.rstrip(".") in lexicon.TIME_WORDS for t in after[:2]):
        return False
    if tokens[prep].low == "in" and any(t.low in SPEECH_NOUNS for t in after):
        return False
    if named:
        return tokens[prep].low == "of" and bool(after)
    return bool(after)


def _is_time(tokens: Sequence[Token], at: int, end: int) -> bool:
    low = tokens[at].low.rstrip(".")
    if low in lexicon.TIME_WORDS and end - at > 1:
        return True
    following = tokens[at + 1].low if at + 1 < end else ""
    return low in {"last", "this", "earlier", "later", "next", "one", "early", "late"} and (
        following in lexicon.TIME_WORDS or following in {"this", "last", "in"}
    )


def phrase_starting(tokens: Sequence[Token], first: int) -> Range | None:
    """The noun phrase that begins at `first`: after an inverted verb, or after "according to"."""
    if first >= len(tokens):
        return None
    if tokens[first].tag == "PRON":
        return (first, first + 1)
    end = first
    while end < len(tokens) and _continues_right(tokens, first, end):
        end += 1
    while end > first and tokens[end - 1].tag in {"PREP", "DET", "CONJ"} and tokens[end - 1].low not in _STAND_FOR:
        end -= 1
    if end == first or all(t.tag in {"NUM", "GEN"} for t in tokens[first:end]):
        return None
    return (first, end)


def _continues_right(tokens: Sequence[Token], first: int, at: int) -> bool:
    token = tokens[at]
    before = tokens[at - 1] if at > first else None
    if token.low == "and" and before is not None:
        return before.tag == "CAP" and at + 1 < len(tokens) and tokens[at + 1].tag == "CAP"
    if token.tag == "ADV" and before is not None and before.tag == "DET":
        return True
    if token.tag in _PHRASE_ENDS:
        return False
    if token.low.rstrip(".") in lexicon.TIME_WORDS and before is not None and before.tag != "DET":
        return False
    if token.tag == "DET":
        return at == first or (before is not None and before.tag in {"PREP", "DET"})
    if token.tag == "PREP":
        if at == first:
            return False
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        if following is None or following.low.rstrip(".") in lexicon.TIME_WORDS:
            return False
        if token.low not in {"of", "for", "from", "at", "with"}:
            return False
        return token.low == "of" or (before is not None and before.tag == "W")
    if token.tag == "W" and before is not None and before.tag == "CAP":
        return token.cue is None and not token.low.endswith(("ed", "ing"))
    return True


def main_subject(tokens: Sequence[Token], before: int) -> Range | None:
    """The subject of the first verb of the sentence that has one, for a participle that lacks its own."""
    for at in range(1, before):
        if not (is_verb(tokens, at) or _active_past(tokens, at)):
            continue
        found = subject_before(tokens, at, 0)
        if found is not None and _is_subject(tokens, found):
            return found
    first = next((at for at in range(before) if tokens[at].tag == "CAP"), None)
    if first is None or any(tokens[at].tag == "PREP" for at in range(first)):
        return None
    return phrase_starting(tokens, first)


def nearest_subject(tokens: Sequence[Token], before: int) -> Range | None:
    """The subject of the nearest finite verb to the left: what `and said` shares."""
    for at in range(before - 1, 0, -1):
        if is_verb(tokens, at) or _active_past(tokens, at):
            found = subject_before(tokens, at, 0)
            if found is not None and _is_subject(tokens, found):
                return found
    return None


def _is_subject(tokens: Sequence[Token], found: Range) -> bool:
    """Whether the phrase can be somebody and hangs on no preposition: not "in a statement released Thursday"."""
    return stands_alone(tokens, found) and not (found[0] and tokens[found[0] - 1].tag == "PREP")


def _active_past(tokens: Sequence[Token], at: int) -> bool:
    """`rallied supporters`, not `rallied by` or `the rallied`: a past form that takes an object."""
    if (
        tokens[at].tag != "W"
        or not tokens[at].low.endswith("ed")
        or tokens[at - 1].tag not in {"W", "PUNCT", "QUOTE"}
    ):
        return False
    return at + 1 < len(tokens) and (
        tokens[at + 1].tag in {"DET", "CAP", "W", "PRON"} or tokens[at + 1].low == "to"
    )
