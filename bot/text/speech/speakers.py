"""Who said each quotation: the mention in the text, and the name behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.value import Span
from bot.text.paragraphs import paragraphs
from bot.text.speech.grammar import Grammar, grammar_of
from bot.text.speech.identity import Identities
from bot.text.speech.keys import Furnishings, is_key, single_marks_quote
from bot.text.speech.monologue import credits
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


def attributed_quotes(text: str, *, language: str = "en") -> list[AttributedQuote]:
    """The outermost quotations of `text` with their speakers, in order; `language` is an ISO 639-1 code."""
    quotes = [q for q in quotations(text) if q.depth == 0]
    if not quotes:
        return []
    grammar = grammar_of(language)
    parts = _sentences(text, quotes, grammar)
    credited = credits(parts, grammar.sources, transcript_labels(text, quotes))
    identities = Identities(text, [sentence for part in parts for sentence in part], credited.values())
    single = single_marks_quote(text, quotes)
    site = Furnishings(text)
    found = []
    for number, quote in enumerate(quotes):
        credit = credited.get(number)
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
