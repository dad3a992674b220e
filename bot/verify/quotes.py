"""Quotes: only what stands between quotation marks, in the text's own characters, with the text's own speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from bot.domain.brief import Quote
from bot.domain.draft import Finding, ProposedQuote
from bot.domain.value import Span
from bot.text.align import align
from bot.text.sentences import sentences
from bot.text.speech import AttributedQuote
from bot.text.words import STOPWORDS, folded_words
from bot.verify.ground import Ground, Grounds
from bot.verify.sanitise import clean, glimpse
from bot.verify.translations import check_translation

LONGEST: Final = 3_000  # characters; longer than any quotation worth the name
FEWEST_WORDS: Final = 3
SAME_BREATH: Final = 400  # characters between two parts of one quotation that an attribution interrupts

_MARKS: Final = "\"'“”‘’„‟«»‹›「」『』`"
_TRAILING: Final = '"“”„«»,;:'  # a comma before the closing mark belongs to the sentence around it
# One-word titles with which people are addressed; every other role follows the name.
_ADDRESS_LIST: Final = """
dr prof professor sir dame lord lady judge justice president senator sen rep gov governor mayor councillor gen
general col colonel lt capt captain maj major sgt adm admiral rev father sister pope cardinal bishop archbishop
rabbi imam king queen prince princess sheikh
"""
_ADDRESSES: Final = frozenset(_ADDRESS_LIST.split())
_INNER_MARKS: Final = re.compile(r"[\"“”„«»]|\s['‘]|['’](?=[\s,.;:]|$)|\[?(?:\.\s?\.\s?\.|…)\]?")


class Stretch(NamedTuple):
    """Quoted words as they stand in a Document, and the quotation they are taken from."""

    ground: Ground
    span: Span
    quote: AttributedQuote
    trimmed: bool


def check_quote(proposed: ProposedQuote, grounds: Grounds) -> tuple[Quote | None, list[Finding]]:
    """The proven Quote, or None; and what was changed, or why nothing is left."""
    claim = clean(proposed.text).strip(_MARKS + " ")
    if not claim:
        return None, [Finding(code="quote-empty")]
    if len(claim) > LONGEST:
        return None, [Finding(code="quote-too-long")]
    aligned = list(_places(claim, proposed, grounds))
    if not aligned:
        return None, [Finding(code="quote-not-verbatim", detail=glimpse(claim))]
    stretches = [
        stretch for ground, span, trimmed in aligned for stretch in _quoted(ground, span, trimmed=trimmed)
    ]
    if not stretches:
        return None, [Finding(code="quote-not-quoted", detail=glimpse(claim))]
    key = [stretch for stretch in stretches if _is_key(stretch)]
    if not key:
        return None, [Finding(code="quote-not-key", detail=glimpse(claim))]
    best = max(key, key=lambda stretch: stretch.span.end - stretch.span.start)
    quote = _quote(best)
    findings = [Finding(code="quote-trimmed", detail=glimpse(claim))] if best.trimmed else []
    if proposed.translation and folded_words(proposed.translation) != folded_words(quote.text):
        translation = check_translation(proposed.translation, quote.text, best.ground)
        if isinstance(translation, Finding):
            findings.append(translation)
        elif not best.trimmed:  # of a part, nobody knows which words translate it
            quote = quote.model_copy(update={"translation": translation})
    if proposed.speaker and not _same_speaker(proposed.speaker, best):
        findings.append(Finding(code="speaker-corrected", detail=glimpse(proposed.speaker)))
    return quote, findings


def overlaps(quote: Quote, kept: Sequence[Quote]) -> bool:
    """Whether a Quote repeats characters, or words, of one that is kept already."""
    place = quote.evidence[0]
    words = folded_words(quote.text)
    return any(
        (other.evidence[0].source == place.source and other.evidence[0].span.overlaps(place.span))
        or folded_words(other.text) == words
        for other in kept
    )


def _places(claim: str, proposed: ProposedQuote, grounds: Grounds) -> Iterator[tuple[Ground, Span, bool]]:
    """Where the claim stands: whole, or each of its parts, first in the Document the model named."""
    pointed = dict(reversed(grounds.proposed(proposed.evidence)))
    ordered = [*pointed, *(ground for ground in grounds if ground not in pointed)]
    for ground in ordered:
        found = align(claim, ground.text, near=pointed.get(ground))
        if found is not None:
            spoken = _spoken(claim, ground, pointed.get(ground)) if not _in_key(ground, found.span) else None
            yield ground, spoken or found.span, False
            return
    for split in (_at_marks, _at_sentences):
        for ground in ordered:
            spans = _all_aligned(split(claim), ground, pointed.get(ground))
            if spans:
                yield from ((ground, span, True) for span in spans)
                return


def _in_key(ground: Ground, span: Span) -> bool:
    return any(quote.key and quote.words.overlaps(span) for quote in ground.quotes)


def _spoken(claim: str, ground: Ground, near: Span | None) -> Span | None:
    """The claim's words in somebody's speech, for a text that has them in a headline or in the narrative too."""
    words = folded_words(claim)
    speaking = [
        quote for quote in ground.quotes if quote.key and _run_in(words, folded_words(quote.words.of(ground.text)))
    ]
    for quote in sorted(speaking, key=lambda quote: abs(quote.words.start - (near or quote.words).start)):
        found = align(claim, ground.text, near=quote.words)
        if found is not None and quote.words.contains(found.span):
            return found.span
    return None


def _run_in(words: Sequence[str], longer: Sequence[str]) -> bool:
    return any(list(longer[at : at + len(words)]) == list(words) for at in range(len(longer) - len(words) + 1))


def _at_marks(claim: str) -> list[str]:
    return [part.strip(" ,;:" + _MARKS) for part in _INNER_MARKS.split(claim)]


def _at_sentences(claim: str) -> list[str]:
    return [span.of(claim) for span in sentences(claim)]


def _all_aligned(parts: Sequence[str], ground: Ground, near: Span | None) -> list[Span]:
    """The places of all `parts`, one after the other and not far apart; empty if a single one is missing.

    A model often leaves out the "she said" between two halves of a quotation. Then both halves stand in the text,
    in order. Where one does not, the whole is not to be trusted.
    """
    spoken = [part for part in parts if folded_words(part)]
    if len(spoken) < 2:
        return []
    spans: list[Span] = []
    for part in spoken:
        found = align(part, ground.text, near=near)
        if found is None or (spans and not 0 <= found.span.start - spans[-1].end <= SAME_BREATH):
            return []
        spans.append(found.span)
        near = Span(found.span.end, min(len(ground.text), found.span.end + SAME_BREATH + len(part)))
    return spans


def _quoted(ground: Ground, span: Span, *, trimmed: bool) -> Iterator[Stretch]:
    """The parts of `span` that stand between quotation marks."""
    for quote in ground.quotes:
        if quote.words.overlaps(span):
            part = _words_only(
                ground.text, Span(max(quote.words.start, span.start), min(quote.words.end, span.end))
            )
            if part.start < part.end:
                reaches_over = len(folded_words(part.of(ground.text))) < len(folded_words(span.of(ground.text)))
                yield Stretch(ground, part, quote, trimmed or reaches_over)


def _words_only(text: str, span: Span) -> Span:
    start, end = span
    while start < end and (text[start].isspace() or text[start] in _MARKS):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in _TRAILING):
        end -= 1
    return Span(start, end)


def _is_key(stretch: Stretch) -> bool:
    if not stretch.quote.key or stretch.ground.is_furniture(stretch.span):
        return False
    said = len(folded_words(stretch.span.of(stretch.ground.text)))
    return said >= min(FEWEST_WORDS, len(folded_words(stretch.quote.words.of(stretch.ground.text))))


def _quote(stretch: Stretch) -> Quote:
    ground, source = stretch.ground, stretch.quote
    speaker = speaker_of(source)
    mentions = source.speaker_evidence if speaker else ()
    quote = Quote(
        text=stretch.span.of(ground.text),
        evidence=(ground.evidence(stretch.span),),
        speaker=speaker,
        speaker_evidence=tuple(ground.evidence(mention) for mention in mentions),
    )
    place = quote.evidence[0]
    if quote.text != ground.text[place.start : place.end]:
        raise AssertionError("a Quote must be the source's own characters")  # the promise of the house
    return quote


def speaker_of(quote: AttributedQuote) -> str | None:
    """The speaker as a newspaper has it: "Judge Ada Lind", but "Tom Marsh, Radio Kiel"."""
    if quote.speaker is None or not quote.role or quote.role.casefold() in quote.speaker.casefold():
        return quote.speaker
    if quote.role[0].isupper() and quote.role.rstrip(".").casefold() in _ADDRESSES:
        return f"{quote.role} {quote.speaker}"
    return f"{quote.speaker}, {quote.role}"


def _same_speaker(claimed: str, stretch: Stretch) -> bool:
    """Whether the model's speaker shares a telling word with the text's."""
    mention = stretch.quote.speaker_span
    named = f"{stretch.quote.speaker or ''} {mention.of(stretch.ground.text) if mention else ''}"
    told, known = set(folded_words(claimed)), set(folded_words(named))
    return told <= known or bool((told & known) - STOPWORDS)
