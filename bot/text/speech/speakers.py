"""Who said each quotation: the mention in the text, and the name behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.value import Span
from bot.text.paragraphs import paragraphs
from bot.text.speech.blocks import Piece, hands_over, pieces_of
from bot.text.speech.grammar import Grammar, grammar_of
from bot.text.speech.identity import Identities, Identity
from bot.text.speech.japanese import Teller, tellers
from bot.text.speech.keys import Furnishings, is_key, single_marks_quote
from bot.text.speech.monologue import Credit, credits
from bot.text.speech.quotations import Quotation, quotations
from bot.text.speech.tokens import Token, paragraph_tokens, sentences_of, transcript_labels


@dataclass(frozen=True, slots=True)
class AttributedQuote:
    """A quotation and its speaker.

    `span` has the marks in it, `words` has not. `speaker_span` is the mention as it stands (a name, a noun phrase,
    a pronoun), `speaker` the name behind it or None when the text does not tell, `role` the title or affiliation
    the text gives. `speaker_evidence` holds the mention, and the place of the full name when that is another.
    `continues`: the next paragraph takes the same speech up again. `key`: these are somebody's words, and not the
    title of a work, a term at arm's length or site furniture; what is not key has no speaker. `rule` names what
    decided, "" when nothing did.
    """

    span: Span
    words: Span
    speaker_span: Span | None
    speaker: str | None
    role: str | None
    speaker_evidence: tuple[Span, ...]
    continues: bool
    key: bool
    rule: str = ""


def attributed_quotes(text: str, *, language: str = "en", blocks: Sequence[Span] = ()) -> list[AttributedQuote]:
    """The outermost quotations of `text` with their speakers, in order; `language` is an ISO 639-1 code.

    `blocks` are quoted without marks: each of their paragraphs is a quotation too.
    """
    quotes = [q for q in quotations(text) if q.depth == 0]
    pieces = {piece.quotation.span: piece for piece in pieces_of(text, blocks, quotes)}
    if pieces:
        quotes = [q for q in quotes if not any(span.overlaps(q.span) for span in pieces)]
        quotes = sorted((*quotes, *(piece.quotation for piece in pieces.values())), key=lambda q: q.span)
    if not quotes:
        return []
    told_by = tellers(text, quotes) if language == "ja" else {}
    grammar = grammar_of(language)
    parts = _sentences(text, quotes, grammar)
    credited = credits(parts, grammar.sources, transcript_labels(text, quotes))
    identities = Identities(text, [sentence for part in parts for sentence in part], credited.values())
    single = single_marks_quote(text, quotes)
    site = Furnishings(text)
    found: list[AttributedQuote] = []
    for number, quote in enumerate(quotes):
        credit = credited.get(number)
        piece = pieces.get(quote.span)
        if piece is not None:
            told = found[-1] if found and not piece.first else None
            who = identities.of(credit) if told is None and credit and hands_over(credit.rule) else None
            found.append(_in_block(text, piece, told, credit if who else None, who))
            continue
        if number in told_by:
            found.append(_told(quote, told_by[number]))
            continue
        if credit is None or not is_key(text, quote, credit.rule, single=single) or site.holds(quote, credit.rule):
            found.append(_anonymous(quote))
            continue
        who = identities.of(credit)
        found.append(
            AttributedQuote(
                span=quote.span,
                words=quote.words,
                speaker_span=credit.span,
                speaker=who.name,
                role=who.role,
                speaker_evidence=who.evidence,
                continues=quote.continues,
                key=True,
                rule=credit.rule,
            )
        )
    return found


def _in_block(
    text: str, piece: Piece, told: AttributedQuote | None, credit: Credit | None, who: Identity | None
) -> AttributedQuote:
    """A paragraph of a block: its speaker is who signs, else the paragraph before's, else the lead-in's."""
    quote, signed = piece.quotation, piece.signature
    plain = AttributedQuote(quote.span, quote.words, None, None, None, (), quote.continues, key=True, rule="block")
    if signed is not None:
        name = signed.name.of(text)
        return replace(
            plain, speaker_span=signed.name, speaker=name, role=signed.role, speaker_evidence=(signed.name,)
        )
    if told is not None:
        return replace(
            plain,
            speaker_span=told.speaker_span,
            speaker=told.speaker,
            role=told.role,
            speaker_evidence=told.speaker_evidence,
        )
    if credit is None or who is None:
        return plain
    return replace(plain, speaker_span=credit.span, speaker=who.name, role=who.role, speaker_evidence=who.evidence)


def _told(quote: Quotation, teller: Teller) -> AttributedQuote:
    mention = teller.mention
    evidence = (mention,) if mention else ()
    return AttributedQuote(
        quote.span,
        quote.words,
        mention,
        teller.name,
        teller.role,
        evidence,
        quote.continues,
        key=True,
        rule="told",
    )


def _anonymous(quote: Quotation) -> AttributedQuote:
    return AttributedQuote(quote.span, quote.words, None, None, None, (), quote.continues, key=False)


def _sentences(text: str, quotes: Sequence[Quotation], grammar: Grammar) -> list[list[list[Token]]]:
    """Paragraphs of sentences of tokens, each quotation one token."""
    parts = []
    at = 0
    for block in paragraphs(text):
        here: list[tuple[int, Quotation]] = []
        while at < len(quotes) and quotes[at].span.start < block.end:
            here.append((at, quotes[at]))
            at += 1
        parts.append(sentences_of(paragraph_tokens(text, block, here, grammar)))
    return parts
