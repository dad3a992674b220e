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
from bot.text.speech.phrases import Range, is_verb, main_subject, phrase_ending, phrase_starting, subject_before
from bot.text.speech.tokens import Token

_BETWEEN: Final = frozenset({",", "—", "–", "-", "--", "…"})
_NOT_INVERTED: Final = words("tell inform remind reassure")
_ALWAYS_SAY: Final = frozenset({"said", "says", "wrote", "writes"})
_PUT: Final = frozenset({"put", "puts", "putting"})
_OWNERS: Final = frozenset({"his", "her", "their", "its", "my", "our"})
_PASSIVE: Final = words("is are was were be been being gets got")
_SPOKEN_OF: Final = frozenset({"quoted", "heard", "cited", "recorded"})


@dataclass(frozen=True, slots=True)
class Claim:
    """A speaker phrase and the verb that makes it one; `inverted` when the phrase follows the verb."""

    speaker: Range
    verb: int
    kind: str
    inverted: bool = False

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
        best = _beside(tokens, place, claims) or _that(tokens, place) or _around(tokens, place, claims)
        if best is None:
            continue
        found[tokens[place].quote] = best
    return found


def topic(tokens: Sequence[Token], *, last: bool) -> Range | None:
    """Whom a sentence without quotations is about, for a quotation that stands alone after it.

    The `last` one to speak where a colon hands over, else the first.
    """
    claims = _claims(tokens)
    claims = [c for c in claims if c.strong] or claims
    if claims:
        return claims[-1 if last else 0].speaker
    return _sentence_subject(tokens, len(tokens))


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
    while before >= 0 and (tokens[before].low in {"that", "it"} or tokens[before].tag == "ADV"):
        before -= 1
    for claim in reversed(claims):
        if claim.verb == before and not claim.inverted:
            return claim.speaker, "before"
    return None


def _that(tokens: Sequence[Token], place: int) -> tuple[Range, str] | None:
    """`the plan foresees that "…"`: any verb before "that" and the quotation."""
    at = place - 2
    if at < 1 or tokens[place - 1].low != "that" or tokens[at].tag not in {"W", "VERB"}:
        return None
    if tokens[at - 1].tag in {"DET", "GEN", "PREP"} or tokens[at].low in SPEECH_NOUNS:
        return None
    speaker = subject_before(tokens, at, _low_limit(tokens, at))
    return (speaker, "that") if speaker else None


def _signed(tokens: Sequence[Token], place: int) -> Range | None:
    """`"…" — Jane Roe, Ohio`: a dash and a name close the sentence."""
    if place + 2 >= len(tokens) or tokens[place + 1].word not in {"-", "–", "—", "―", "~"}:
        return None
    if tokens[place + 2].tag != "CAP" or any(is_verb(tokens, at) for at in range(place + 2, len(tokens))):
        return None
    return phrase_starting(tokens, place + 2)


def _around(tokens: Sequence[Token], place: int, claims: Sequence[Claim]) -> tuple[Range, str] | None:
    signed = _signed(tokens, place)
    if signed is not None:
        return signed, "signed"
    label = _label(tokens, place)
    if label is not None:
        return label, "label"
    before = [c for c in claims if c.end <= place]
    after = [c for c in claims if c.start > place and c.strong]
    if before:
        closing = [c for c in after if c.inverted and tokens[c.start - 1].word == ","]
        governing = [c for c in before if c.strong] or closing or before
        return governing[-1].speaker, "governs"
    if after and tokens[after[0].start - 1].word == ",":
        return after[0].speaker, "closes"
    subject = _sentence_subject(tokens, place)
    if subject is not None:
        return subject, "subject"
    if place == 0 and tokens[0].low in {",", "?", "!"}:
        speaker = phrase_starting(tokens, 1)
        if speaker is not None:
            return speaker, "comma"
    if after:
        return after[0].speaker, "follows"
    return None


def _label(tokens: Sequence[Token], place: int) -> Range | None:
    """`Jane Roe: "…"`, `From the report: "…"`: what stands before the colon when no verb does."""
    if place < 2 or tokens[place - 1].word != ":":
        return None
    if any(is_verb(tokens, at) or tokens[at].tag == "QUOTE" for at in range(1, place - 1)):
        begin = max((at for at in range(place) if tokens[at].word in {"-", "–", "—"}), default=place)
        if any(is_verb(tokens, at) for at in range(begin + 1, place)):
            return None
        return phrase_ending(tokens, place - 2, begin + 1) if begin < place - 2 else None
    found = phrase_ending(tokens, place - 2, 0)
    if found is None or not any(t.tag in {"CAP", "DET"} for t in tokens[found[0] : found[1]]):
        return None
    return found


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
        if tokens[at].tag == "QUOTE" and not _embedded(tokens, at):
            return at + 1
    return 0


def _embedded(tokens: Sequence[Token], place: int) -> bool:
    """Whether a quotation is a name inside a phrase: `star of the show "…," thanked`."""
    return place > 1 and tokens[place - 1].tag == "GEN"


def _claims(tokens: Sequence[Token]) -> list[Claim]:
    found: list[Claim] = []
    for at, token in enumerate(tokens):
        cue = VERBS.get(token.low)
        if (cue is not None and token.tag != "CAP") or (cue is not None and at == 0):
            claim = _claim(tokens, at, cue, found)
            if claim is not None:
                found.append(claim)
        elif token.low in _PUT and at + 1 < len(tokens) and tokens[at + 1].low == "it":
            speaker = subject_before(tokens, at, _low_limit(tokens, at))
            if speaker is not None:
                found.append(Claim(speaker, at, "say"))
        else:
            source = _source(tokens, at) or _noun_claim(tokens, at)
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
        return Claim((owner, owner + 1), at, "noun")
    if tokens[owner].tag == "GEN" and owner:
        speaker = phrase_ending(tokens, owner - 1, _low_limit(tokens, at))
        return Claim(speaker, at, "noun") if speaker else None
    return None


def _source(tokens: Sequence[Token], at: int) -> Claim | None:
    for phrase in SOURCE_PHRASES:
        size = len(phrase)
        if tuple(t.low for t in tokens[at : at + size]) == phrase:
            speaker = phrase_starting(tokens, at + size)
            if speaker is not None:
                return Claim(speaker, at, "say", inverted=True)
    return None


def _claim(tokens: Sequence[Token], at: int, cue: Cue, earlier: Sequence[Claim]) -> Claim | None:
    before = tokens[at - 1] if at else None
    low = _low_limit(tokens, at)
    if before is not None and before.tag in {"DET", "GEN"} and tokens[at].low in AMBIGUOUS:
        return None
    if _is_passive(tokens, at, cue):
        agent = _agent(tokens, at)
        return Claim(agent, at, cue.kind) if agent else None
    if _stands_inverted(tokens, at, cue):
        speaker = phrase_starting(tokens, at + 1)
        if speaker is not None:
            return Claim(speaker, at, cue.kind, inverted=True)
    if cue.form == "ing" or (before is not None and before.low in {"to", "and", "but"}):
        return _shared(tokens, at, cue, earlier, low)
    if cue.form == "base" and not _base_is_finite(tokens, at):
        return None
    speaker = subject_before(tokens, at, low)
    if speaker is None:
        return None
    if tokens[at].low in AMBIGUOUS and not _plausible(tokens, at, speaker):
        return None
    return Claim(speaker, at, cue.kind)


def _stands_inverted(tokens: Sequence[Token], at: int, cue: Cue) -> bool:
    """Whether the subject follows: after a quotation that ends with a mark, or after a comma ("…, said Roe")."""
    if cue.kind != "say" or cue.form not in {"past", "third"} or cue.lemma in _NOT_INVERTED:
        return False
    if at == 0:
        return True
    before = tokens[at - 1]
    if before.tag == "QUOTE":
        return True
    if before.word not in _BETWEEN or at < 2 or at + 1 >= len(tokens):
        return False
    return tokens[at - 2].tag == "QUOTE" or (
        tokens[at + 1].tag == ("CAP" if tokens[at].low not in _ALWAYS_SAY else tokens[at + 1].tag)
        and tokens[at + 1].tag in {"CAP", "DET"}
        and tokens[at].low not in AMBIGUOUS
    )


def _plausible(tokens: Sequence[Token], at: int, speaker: Range) -> bool:
    """Whether an ambiguous word is a verb here: it follows a name or a pronoun directly, or a quotation follows it."""
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
    if earlier and (cue.form != "ing" or earlier[-1].strong):
        return Claim(earlier[-1].speaker, at, cue.kind)
    speaker = main_subject(tokens, at)
    return Claim(speaker, at, cue.kind) if speaker else None


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


__all__ = ["SPEECH_NOUNS", "Claim", "attribute", "phrase_ending"]
