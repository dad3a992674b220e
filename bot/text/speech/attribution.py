"""Which words of a sentence name the speaker of each quotation in it.

Each verb of speech with a subject is a claim; a quotation goes to the claim that stands nearest to it, beside it
before around it, and to the sentence's subject when no verb of speech is there. A sentence that is only a
quotation says nothing here: the paragraph decides (see `monologue`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.text.speech.claims import BETWEEN, Claim, claims_of, low_limit
from bot.text.speech.cues import SPEECH_NOUNS
from bot.text.speech.lexicon import TIME_WORDS
from bot.text.speech.phrases import (
    Range,
    is_verb,
    main_subject,
    nearest_subject,
    phrase_ending,
    phrase_starting,
    subject_before,
)
from bot.text.speech.tokens import Token

Sources = Mapping[str, tuple[str, ...]]
_DASHES = frozenset({"-", "–", "—", "―", "~"})


def attribute(tokens: Sequence[Token], sources: Sources) -> dict[int, tuple[Range, str]]:
    """The quotations of one sentence that it attributes: number -> (speaker's token range, the rule's name)."""
    places = [i for i, token in enumerate(tokens) if token.tag == "QUOTE"]
    if not places or len(tokens) == len(places):
        return {}
    claims = claims_of(tokens, sources)
    found: dict[int, tuple[Range, str]] = {}
    for place in places:
        best = _beside(tokens, place, claims) or _around(tokens, place, claims)
        if best is None:
            continue
        found[tokens[place].quote] = best
    return found


def topic(tokens: Sequence[Token], sources: Sources, *, last: bool) -> Range | None:
    """Whom a sentence without quotations is about, for a quotation that stands alone after it.

    The `last` one to speak where a colon hands over, else the first.
    """
    claims = claims_of(tokens, sources)
    strong = [c for c in claims if c.strong] or claims
    if strong:
        return strong[-1 if last else 0].speaker
    return _sentence_subject(tokens, len(tokens))


def _beside(tokens: Sequence[Token], place: int, claims: Sequence[Claim]) -> tuple[Range, str] | None:
    """The claim that touches the quotation: `"…," said X`, `X said, "…"`."""
    if place and tokens[place - 1].low == "that":
        governing = [c for c in claims if c.end <= place and c.strong and not c.modal]
        if governing and not any(t.tag == "QUOTE" for t in tokens[governing[-1].end : place]):
            return governing[-1].speaker, "before"
    after = place + 1
    while after < len(tokens) and (
        tokens[after].word in BETWEEN or tokens[after].tag in {"ADV", "AUX"} or tokens[after].low == "as"
    ):
        after += 1
    for claim in claims:
        if claim.start == after and not (after == place + 1 and _names(tokens, place)):
            return claim.speaker, "after"
    before = place - 1
    if before >= 0 and tokens[before].word in {":", ",", "—", "–"}:
        before -= 1
    while before >= 0 and (tokens[before].low in {"that", "it"} or tokens[before].tag == "ADV"):
        before -= 1
    for claim in reversed(claims):
        if (claim.speaker[1] - 1 if claim.inverted else claim.verb) == before:
            return claim.speaker, "before"
    return None


def _names(tokens: Sequence[Token], place: int) -> bool:
    """Whether a quotation runs into the noun after it: `"Late Tide" host Jane Roe said`."""
    return tokens[place].low.isalnum() and tokens[place + 1].tag == "W" and tokens[place + 1].cue is None


def _that(tokens: Sequence[Token], place: int) -> tuple[Range, str] | None:
    """`the plan foresees that "…"`: any verb before "that" and the quotation."""
    at = place - 2
    if at < 1 or tokens[place - 1].low != "that" or tokens[at].tag not in {"W", "VERB"}:
        return None
    if tokens[at - 1].tag in {"DET", "GEN", "PREP"} or tokens[at].low in SPEECH_NOUNS:
        return None
    speaker = subject_before(tokens, at, low_limit(tokens, at))
    return (speaker, "that") if speaker else None


def signature(tokens: Sequence[Token], first: int = 0) -> Range | None:
    """The name in `— Jane Roe, Ohio` from index `first` on: who signs the words before it.

    Without a dash only a name of several words with a comma after it signs.
    """
    dash = first < len(tokens) and tokens[first].word in _DASHES
    begin = first + dash
    if begin >= len(tokens) or tokens[begin].tag != "CAP" or len(tokens) - begin > 20:
        return None
    if any(is_verb(tokens, at) or tokens[at].tag == "QUOTE" for at in range(begin, len(tokens))):
        return None
    found = phrase_starting(tokens, begin)
    if found is None or dash:
        return found
    if tokens[begin].low.rstrip(".") in TIME_WORDS:
        return None
    end = found[1]
    return found if end - begin > 1 and end < len(tokens) and tokens[end].word == "," else None


def _around(tokens: Sequence[Token], place: int, claims: Sequence[Claim]) -> tuple[Range, str] | None:
    signed = (
        signature(tokens, place + 1) if place + 1 < len(tokens) and tokens[place + 1].word in _DASHES else None
    )
    if signed is not None:
        return signed, "signed"
    label = _label(tokens, place)
    if label is not None:
        return label, "label"
    before = [c for c in claims if c.end <= place]
    after = [c for c in claims if c.start > place and c.strong]
    that = None if any(c.strong for c in before) else _that(tokens, place)
    if that is not None:
        return that
    if before:
        closing = [c for c in after if c.inverted and tokens[c.start - 1].word == ","]
        sure = [c for c in before if c.strong and not c.modal]
        return (sure or closing or [c for c in before if c.strong] or before)[-1].speaker, "governs"
    if after and tokens[after[0].start - 1].word == ",":
        return after[0].speaker, "closes"
    subject = _sentence_subject(tokens, place)
    if subject is not None:
        return subject, "subject"
    if place == 0 and tokens[0].low in {",", "?", "!"}:
        speaker = phrase_starting(tokens, 1)
        if speaker is not None:
            return speaker, "comma"
    return _handing_over(tokens, place) if place and tokens[place - 1].word == ":" else None


def _label(tokens: Sequence[Token], place: int) -> Range | None:
    """`Jane Roe: "…"`, `From the report: "…"`: what stands before the colon when no verb does."""
    if place < 2 or tokens[place - 1].word != ":":
        return None
    if any(is_verb(tokens, at) or tokens[at].tag == "QUOTE" for at in range(1, place - 1)):
        begin = max((at for at in range(place) if tokens[at].word in _DASHES), default=place)
        if any(is_verb(tokens, at) for at in range(begin + 1, place)):
            return None
        return phrase_ending(tokens, place - 2, begin + 1) if begin < place - 2 else None
    found = phrase_ending(tokens, place - 2, 0)
    if found is None or not any(t.tag in {"CAP", "DET"} for t in tokens[found[0] : found[1]]):
        return None
    return found


def _handing_over(tokens: Sequence[Token], place: int) -> tuple[Range, str] | None:
    """`The campaign worded it more carefully: "…"`: whoever does something before the colon."""
    found = nearest_subject(tokens, place - 1) or main_subject(tokens, place - 1)
    if found is None or not _somebody(tokens, found):
        named = phrase_ending(tokens, place - 2, 0)
        found = named if named and _somebody(tokens, named) else found
    return (found, "hands") if found else None


def _sentence_subject(tokens: Sequence[Token], place: int) -> Range | None:
    """The subject of the nearest verb to the left whose form is sure; the last resort."""
    for at in range(place - 1, 0, -1):
        if is_verb(tokens, at):
            low = low_limit(tokens, at)
            subject = subject_before(tokens, at, low)
            if subject is not None and _somebody(tokens, subject):
                return subject
    return None


def _somebody(tokens: Sequence[Token], found: Range) -> bool:
    """Whether a phrase names a person or a body, by a capital that the sentence's head does not explain."""
    start, end = found
    if tokens[start].tag == "PRON":
        return tokens[start].low not in {"it", "you", "one"}
    return any(t.tag == "CAP" for t in tokens[max(start, 1) : end]) or (
        tokens[start].tag == "CAP" and end - start < 2
    )
