"""Which words of a sentence name the speaker of each quotation in it.

Each verb of speech with a subject is a claim; a quotation goes to the claim that stands nearest to it, beside it
before around it, and to the sentence's subject when no verb of speech is there. A sentence that is only a
quotation says nothing here: the paragraph decides (see `monologue`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.text.speech import lexicon
from bot.text.speech.cues import AMBIGUOUS, SOURCE_PHRASES, SPEECH_NOUNS, VERBS, Cue
from bot.text.speech.lexicon import words
from bot.text.speech.phrases import Range, is_verb, phrase_ending, phrase_starting, subject_before
from bot.text.speech.tokens import Token

_BETWEEN: Final = frozenset({",", "—", "–", "-", "--", "…"})
_NOT_INVERTED: Final = words("tell inform assure remind call dub label brand deem term see know find give make")
_PASSIVE: Final = words("is are was were be been being gets got")
_SPOKEN_OF: Final = frozenset({"quoted", "heard", "cited", "recorded"})


@dataclass(frozen=True, slots=True)
class Claim:
    """A speaker phrase and the verb that makes it one; `inverted` when the phrase follows the verb."""

    speaker: Range
    verb: int
    strong: bool
    inverted: bool = False

    @property
    def start(self) -> int:
        """First token of phrase and verb together."""
        return min(self.speaker[0], self.verb)

    @property
    def end(self) -> int:
        """Token after phrase and verb together."""
        return max(self.speaker[1], self.verb + 1)


def attribute(tokens: Sequence[Token]) -> dict[int, tuple[Range, str]]:
    """For the quotations of one sentence that it attributes: number -> (speaker's token range, the rule's name)."""
    places = [i for i, token in enumerate(tokens) if token.tag == "QUOTE"]
    if not places or len(tokens) == len(places):
        return {}
    claims = _claims(tokens)
    found: dict[int, tuple[Range, str]] = {}
    for place in places:
        best = _beside(tokens, place, claims) or _around(tokens, place, claims)
        if best is None:
            continue
        found[tokens[place].quote] = best
    return found


def _beside(tokens: Sequence[Token], place: int, claims: Sequence[Claim]) -> tuple[Range, str] | None:
    """The claim that touches the quotation: `"…," said X`, `X said, "…"`."""
    after = place + 1
    while after < len(tokens) and (
        tokens[after].word in _BETWEEN or tokens[after].tag == "ADV" or tokens[after].low == "as"
    ):
        after += 1
    for claim in claims:
        if claim.start == after:
            return claim.speaker, "after"
    before = place - 1
    if before >= 0 and tokens[before].word in {":", ",", "—", "–"}:
        before -= 1
    while before >= 0 and (tokens[before].low == "that" or tokens[before].tag == "ADV"):
        before -= 1
    for claim in reversed(claims):
        if claim.verb == before and not claim.inverted:
            return claim.speaker, "before"
    return None


def _around(tokens: Sequence[Token], place: int, claims: Sequence[Claim]) -> tuple[Range, str] | None:
    before = [c for c in claims if c.end <= place]
    after = [c for c in claims if c.start > place and c.strong]
    if before:
        return before[-1].speaker, "governs"
    if after and tokens[after[0].start - 1].word == ",":
        return after[0].speaker, "closes"
    subject = _sentence_subject(tokens, place)
    if subject is not None:
        return subject, "subject"
    if after:
        return after[0].speaker, "follows"
    return None


def _sentence_subject(tokens: Sequence[Token], place: int) -> Range | None:
    """The subject of the nearest verb to the left whose form is sure; the last resort."""
    for at in range(place - 1, 0, -1):
        if is_verb(tokens, at):
            low = _low_limit(tokens, at)
            subject = subject_before(tokens, at, low)
            if subject is not None and any(t.tag in {"CAP", "PRON"} for t in tokens[subject[0] : subject[1]]):
                return subject
    return None


def _low_limit(tokens: Sequence[Token], verb: int) -> int:
    """Where a subject may begin: after the last quotation before the verb."""
    for at in range(verb - 1, -1, -1):
        if tokens[at].tag == "QUOTE":
            return at + 1
    return 0


def _claims(tokens: Sequence[Token]) -> list[Claim]:
    found: list[Claim] = []
    for at, token in enumerate(tokens):
        cue = VERBS.get(token.low)
        if (cue is not None and token.tag != "CAP") or (cue is not None and at == 0):
            claim = _claim(tokens, at, cue, found)
            if claim is not None:
                found.append(claim)
        else:
            source = _source(tokens, at)
            if source is not None:
                found.append(source)
    return found


def _source(tokens: Sequence[Token], at: int) -> Claim | None:
    for phrase in SOURCE_PHRASES:
        size = len(phrase)
        if tuple(t.low for t in tokens[at : at + size]) == phrase:
            speaker = phrase_starting(tokens, at + size)
            if speaker is not None:
                return Claim(speaker, at, strong=True, inverted=True)
    return None


def _claim(tokens: Sequence[Token], at: int, cue: Cue, earlier: Sequence[Claim]) -> Claim | None:
    before = tokens[at - 1] if at else None
    low = _low_limit(tokens, at)
    if before is not None and before.tag in {"DET", "GEN"} and tokens[at].low in AMBIGUOUS:
        return None
    if _is_passive(tokens, at, cue):
        agent = _agent(tokens, at)
        return Claim(agent, at, cue.strong) if agent else None
    beside_quote = before is not None and (
        before.tag == "QUOTE" or (before.word in _BETWEEN and at > 1 and tokens[at - 2].tag == "QUOTE")
    )
    if beside_quote or at == 0:
        if cue.form in {"past", "third"} and cue.lemma not in _NOT_INVERTED:
            speaker = phrase_starting(tokens, at + 1)
            if speaker is not None:
                return Claim(speaker, at, cue.strong, inverted=True)
        if beside_quote and cue.form == "ing" and earlier:
            return Claim(earlier[-1].speaker, at, cue.strong)
    if cue.form == "ing" or (before is not None and before.low in {"to", "and", "then", "but"}):
        return _shared(tokens, at, cue, earlier, low)
    if cue.form == "base" and not _base_is_finite(tokens, at):
        return None
    speaker = subject_before(tokens, at, low)
    if speaker is None:
        return None
    if tokens[at].low in AMBIGUOUS and not _plausible(tokens, at, speaker):
        return None
    return Claim(speaker, at, cue.strong)


def _plausible(tokens: Sequence[Token], at: int, speaker: Range) -> bool:
    """Whether an ambiguous word is a verb here: it follows a name or a pronoun directly, or a quotation follows it."""
    head = tokens[speaker[1] - 1]
    if tokens[at - 1].word == "," or head.tag in {"PRON", "CAP"}:
        return True
    return at + 1 < len(tokens) and (
        tokens[at + 1].tag == "QUOTE" or tokens[at + 1].word in {",", ":"} or tokens[at + 1].low == "that"
    )


def _shared(tokens: Sequence[Token], at: int, cue: Cue, earlier: Sequence[Claim], low: int) -> Claim | None:
    """`X rose and said`, `X wrote back, adding`: the subject of an earlier verb."""
    if cue.form == "ing" and tokens[at - 1].low in {"is", "was", "are", "were", "been", "be", "kept", "not"}:
        speaker = subject_before(tokens, at, low)
        return Claim(speaker, at, cue.strong) if speaker else None
    for claim in reversed(earlier):
        if claim.verb < at:
            return Claim(claim.speaker, at, cue.strong)
    for verb in range(at - 1, 0, -1):
        if is_verb(tokens, verb):
            speaker = subject_before(tokens, verb, 0)
            if speaker is not None:
                return Claim(speaker, at, cue.strong)
    return None


def _base_is_finite(tokens: Sequence[Token], at: int) -> bool:
    before = tokens[at - 1] if at else None
    if before is None:
        return False
    if before.tag in {"PRON", "AUX"} or before.low == "not":
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


__all__ = ["SPEECH_NOUNS", "Claim", "attribute", "phrase_ending"]
