"""Verbs of speech with their subjects: every place in a sentence where somebody says something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.text.speech import lexicon
from bot.text.speech.cues import SPEECH_NOUNS, Cue
from bot.text.speech.lexicon import words
from bot.text.speech.phrases import (
    Range,
    main_subject,
    nearest_subject,
    phrase_ending,
    phrase_starting,
    stands_alone,
    subject_before,
)
from bot.text.speech.tokens import Token

BETWEEN: Final = frozenset({",", "—", "–", "-", "--", "…"})
_NOT_INVERTED: Final = words("tell inform remind reassure")
_ALWAYS_SAY: Final = frozenset({"said", "says", "wrote", "writes"})
_PUT: Final = frozenset({"put", "puts", "putting"})
_OWNERS: Final = frozenset({"his", "her", "their", "its", "my", "our"})
_WITHIN: Final = frozenset({"CAP", "W", "DET", "GEN", "ADV"})
_PASSIVE: Final = words("is are was were be been being gets got")
_TITLED: Final = frozenset({"titled", "entitled", "captioned", "headlined", "labeled", "labelled"})
_SPOKEN_OF: Final = frozenset({"quoted", "heard", "cited", "recorded"})


@dataclass(frozen=True, slots=True)
class Claim:
    """A speaker phrase and the verb that makes it one; `inverted` when the phrase follows the verb."""

    speaker: Range
    verb: int
    kind: str
    inverted: bool = False
    modal: bool = False

    @property
    def strong(self) -> bool:
        """Whether the verb alone makes this an attribution."""
        return self.kind in {"say", "treat"}

    @property
    def start(self) -> int:
        """First token of phrase and verb together."""
        return min(self.speaker[0], self.verb)

    @property
    def end(self) -> int:
        """Token after phrase and verb together, the phrase that follows far behind left out."""
        return max(self.speaker[1], self.verb + 1) if self.inverted else self.verb + 1


def low_limit(tokens: Sequence[Token], verb: int) -> int:
    """Where a subject may begin: after the last quotation before the verb."""
    for at in range(verb - 1, -1, -1):
        if tokens[at].tag == "QUOTE" and not _embedded(tokens, at):
            return at + 1
    return 0


def _embedded(tokens: Sequence[Token], place: int) -> bool:
    """Whether a quotation is a name inside a phrase: `Roe's "…," the star of "…," thanked`."""
    return place > 1 and (tokens[place - 1].tag == "GEN" or tokens[place - 1].low == "of")


def claims_of(tokens: Sequence[Token], sources: Mapping[str, tuple[str, ...]]) -> list[Claim]:
    """Every claim of a sentence, by its verb; `sources` are the phrases before a source ("according to")."""
    found: list[Claim] = []
    for at, token in enumerate(tokens):
        cue = token.cue
        if (cue is not None and token.tag != "CAP") or (cue is not None and at == 0):
            claim = _claim(tokens, at, cue, found) or (None if found else _noun_claim(tokens, at))
            if claim is not None:
                found.append(claim)
        elif token.low in _PUT and at + 1 < len(tokens) and tokens[at + 1].low == "it":
            speaker = subject_before(tokens, at, low_limit(tokens, at))
            if speaker is not None:
                found.append(Claim(speaker, at, "say"))
        else:
            source = _source(tokens, at, sources) or (None if found else _noun_claim(tokens, at))
            if source is not None:
                found.append(source)
    return found


def _noun_claim(tokens: Sequence[Token], at: int) -> Claim | None:
    """`her remark that "…"`, `in Roe's words, "…"`: whose the words are."""
    if tokens[at].low not in SPEECH_NOUNS or at + 1 >= len(tokens) or at == 0:
        return None
    following = tokens[at + 1]
    if not (following.tag == "QUOTE" or following.low == "that" or following.word in {",", ":"}):
        return None
    owner = at - 1
    while owner > 0 and tokens[owner].tag in {"W", "CAP"}:
        owner -= 1
    if tokens[owner].low in _OWNERS:
        return Claim((owner, owner + 1), at, "say")
    if tokens[owner].tag == "GEN" and owner:
        speaker = phrase_ending(tokens, owner - 1, low_limit(tokens, at))
        return Claim(speaker, at, "say") if speaker else None
    return None


def _source(tokens: Sequence[Token], at: int, sources: Mapping[str, tuple[str, ...]]) -> Claim | None:
    phrase = sources.get(tokens[at].low)
    if phrase is None or tuple(t.low for t in tokens[at : at + len(phrase)]) != phrase:
        return None
    speaker = phrase_starting(tokens, at + len(phrase))
    return Claim(speaker, at, "say", inverted=True) if speaker else None


def _claim(tokens: Sequence[Token], at: int, cue: Cue, earlier: Sequence[Claim]) -> Claim | None:
    before = tokens[at - 1] if at else None
    low = low_limit(tokens, at)
    if before is not None and before.tag in {"DET", "GEN"} and cue.noun:
        return None
    if _is_passive(tokens, at, cue):
        agent = _agent(tokens, at)
        return Claim(agent, at, cue.kind) if agent else None
    if _stands_inverted(tokens, at, cue):
        speaker = phrase_starting(tokens, at + 1)
        if speaker is not None and tokens[speaker[0]].low.rstrip(".") not in lexicon.TIME_WORDS:
            return Claim(speaker, at, cue.kind, inverted=True)
    if cue.form == "ing" or (before is not None and before.low in {"to", "and", "but"}):
        return _shared(tokens, at, cue, earlier, low)
    if cue.form == "base" and not _base_is_finite(tokens, at):
        return None
    speaker = subject_before(tokens, at, low)
    if speaker is None:
        return None
    if cue.noun and not _plausible(tokens, at, speaker):
        return None
    if not stands_alone(tokens, speaker):
        return None
    return Claim(speaker, at, cue.kind, modal=cue.form == "base" and tokens[at - 1].tag == "AUX")


def _stands_inverted(tokens: Sequence[Token], at: int, cue: Cue) -> bool:
    """Whether the subject follows: after a quotation that ends with a mark, or after a comma ("…, said Roe")."""
    if cue.kind != "say" or cue.form not in {"past", "third"} or cue.lemma in _NOT_INVERTED:
        return False
    if at == 0:
        return True
    back = at - 1
    while back > 0 and tokens[back].tag == "AUX":  # "a déclaré Roe"
        back -= 1
    if tokens[back].tag == "QUOTE":
        return True
    if tokens[back].word not in BETWEEN or back < 1 or at + 1 >= len(tokens):
        return False
    if tokens[back - 1].tag == "QUOTE":
        return True
    if any(token.tag == "QUOTE" for token in tokens[at:]) or not any(t.tag == "QUOTE" for t in tokens[:at]):
        return tokens[at + 1].tag == "CAP" and _hands_over(tokens, at + 2)
    return (
        tokens[at + 1].tag == ("CAP" if tokens[at].low not in _ALWAYS_SAY else tokens[at + 1].tag)
        and tokens[at + 1].tag in {"CAP", "DET"}
        and not cue.noun
    )


def _hands_over(tokens: Sequence[Token], at: int) -> bool:
    """Whether a name that may run on from `at` ends at a colon, or at a comma with a quotation after it."""
    while at < len(tokens) and tokens[at].tag in {"CAP", "W"}:
        at += 1
    if at + 1 >= len(tokens):
        return at < len(tokens) and tokens[at].word == ":"
    return tokens[at].word == ":" or (tokens[at].word == "," and tokens[at + 1].tag == "QUOTE")


def _plausible(tokens: Sequence[Token], at: int, speaker: Range) -> bool:
    """Whether a noun-like word is a verb here: a name or a pronoun stands before it, or a quotation after it."""
    head = tokens[speaker[1] - 1]
    if tokens[at - 1].word == "," or head.tag in {"PRON", "CAP"}:
        return True
    if speaker[0] and (tokens[speaker[0] - 1].tag == "QUOTE" or tokens[speaker[0] - 1].word == ","):
        return True
    if at + 2 < len(tokens) and tokens[at + 1].low == "to" and tokens[at + 2].tag == "QUOTE":
        return True
    return at + 1 < len(tokens) and (
        tokens[at + 1].tag == "QUOTE" or tokens[at + 1].word in {",", ":"} or tokens[at + 1].low == "that"
    )


def _shared(tokens: Sequence[Token], at: int, cue: Cue, earlier: Sequence[Claim], low: int) -> Claim | None:
    """`X rose and said`, `X wrote back, adding`: the subject of an earlier verb."""
    if cue.form == "ing" and tokens[at - 1].low in {"is", "was", "are", "were", "been", "be", "kept", "not"}:
        speaker = subject_before(tokens, at, low)
        return Claim(speaker, at, cue.kind) if speaker else None
    if cue.form == "ing" and at < 2:
        return _ahead(tokens, at, cue)
    if cue.form == "ing":
        own = _with_subject(tokens, at)
    elif (
        earlier
        and earlier[-1].kind == "say"
        and not earlier[-1].modal
        and tokens[earlier[-1].verb - 1].low != "to"
    ):
        own = earlier[-1].speaker  # "Roe said the plan had failed and called it …"
    else:
        own = nearest_subject(tokens, at)
    lender = next((c for c in reversed(earlier) if tokens[c.verb].low not in _TITLED), None)
    if own is None and lender and (cue.form != "ing" or lender.strong):
        own = lender.speaker
    speaker = own or main_subject(tokens, at)
    return Claim(speaker, at, cue.kind) if speaker else None


def _ahead(tokens: Sequence[Token], at: int, cue: Cue) -> Claim | None:
    """`After saying "…", Roe left`: the main clause names who said it."""
    for comma in range(at + 1, len(tokens) - 1):
        if tokens[comma].word == "," or (tokens[comma].tag == "QUOTE" and tokens[comma].low == ","):
            speaker = phrase_starting(tokens, comma + 1)
            if speaker is not None and stands_alone(tokens, speaker):
                return Claim(speaker, at, cue.kind)
    return None


def _with_subject(tokens: Sequence[Token], at: int) -> Range | None:
    """`with Roe saying`: the participle's own subject."""
    last = at
    while last > 0 and tokens[last - 1].tag == "ADV":
        last -= 1
    first = last
    while first > 0 and (tokens[first - 1].tag in _WITHIN or tokens[first - 1].low == "of"):
        first -= 1
    if 0 < first < last and tokens[first - 1].low == "with":
        return phrase_ending(tokens, last - 1, first)
    return None


def _base_is_finite(tokens: Sequence[Token], at: int) -> bool:
    before = tokens[at - 1] if at else None
    if before is None:
        return False
    if before.tag in {"PRON", "AUX"} or before.low == "not" or before.word == ",":
        return True
    return before.low.endswith("s") or before.low in lexicon.PLURAL_PEOPLE or before.tag == "ADV"


def _is_passive(tokens: Sequence[Token], at: int, cue: Cue) -> bool:
    if cue.form != "past":
        return False
    back = at - 1
    while back >= 0 and tokens[back].tag == "ADV":
        back -= 1
    return back >= 0 and tokens[back].low in _PASSIVE and tokens[at].low not in _SPOKEN_OF


def _agent(tokens: Sequence[Token], at: int) -> Range | None:
    for by in range(at + 1, min(at + 8, len(tokens))):
        if tokens[by].low == "by":
            return phrase_starting(tokens, by + 1)
        if tokens[by].tag in {"PUNCT", "QUOTE"}:
            return None
    return None
