"""Who said each quotation: the mention in the text, and the name behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.value import Span
from bot.text.paragraphs import paragraphs
from bot.text.speech.keys import Furnishings, is_key, single_marks_quote
from bot.text.speech.monologue import Credit, credits
from bot.text.speech.people import Mention, Person, Register, named_head
from bot.text.speech.pronouns import antecedents
from bot.text.speech.quotations import Quotation, quotations
from bot.text.speech.tokens import Token, paragraph_tokens, sentences_of


@dataclass(frozen=True, slots=True)
class AttributedQuote:
    """A quotation and its speaker.

    `speaker_span` is the mention as it stands (a name, a noun phrase, a pronoun), `speaker` the name behind it or
    None when the text does not tell, `role` the title or affiliation the text gives. `speaker_evidence` holds the
    mention, and the antecedent's mention when one was needed. `key` says that it is somebody's speech or writing.
    """

    span: Span
    words: Span
    speaker_span: Span | None
    speaker: str | None
    role: str | None
    speaker_evidence: tuple[Span, ...]
    continues: bool
    key: bool


@dataclass(frozen=True, slots=True)
class _Speaker:
    name: str | None
    role: str | None
    evidence: tuple[Span, ...]


def attributed_quotes(text: str, *, language: str = "en") -> list[AttributedQuote]:
    """The outermost quotations of `text` with their speakers, in order."""
    return [quote for quote, _ in explained_quotes(text, language=language)]


def explained_quotes(text: str, *, language: str = "en") -> list[tuple[AttributedQuote, str]]:
    """As `attributed_quotes`, each with the name of the rule that chose its speaker ("" when none did)."""
    quotes = [q for q in quotations(text) if q.depth == 0]
    if not quotes:
        return []
    parts = _sentences(text, quotes)
    credited = credits(parts, quotes)
    sentences = [sentence for part in parts for sentence in part]
    register = Register(text, sentences)
    speaking = {t.start for c in credited.values() for t in c.tokens if t.tag in {"CAP", "PRON"}}
    referents = antecedents(sentences, register, speaking)
    single = single_marks_quote(text, quotes)
    site = Furnishings(text)
    found = []
    for number, quote in enumerate(quotes):
        credit = credited.get(number)
        if credit is None:
            unknown = AttributedQuote(quote.span, quote.words, None, None, None, (), quote.continues, key=False)
            found.append((unknown, ""))
            continue
        mention = Span(credit.tokens[0].start, credit.tokens[-1].end)
        who = _identify(text, credit, mention, register, referents)
        key = is_key(text, quote, credit.rule, single=single) and not site.holds(quote, credit.rule)
        found.append(
            (
                AttributedQuote(
                    quote.span, quote.words, mention, who.name, who.role, who.evidence, quote.continues, key=key
                ),
                credit.rule,
            )
        )
    return found


def _sentences(text: str, quotes: Sequence[Quotation]) -> list[list[list[Token]]]:
    """Paragraphs of sentences of tokens, each quotation one token."""
    parts = []
    at = 0
    for block in paragraphs(text):
        here: list[tuple[int, Quotation]] = []
        while at < len(quotes) and quotes[at].span.start < block.end:
            here.append((at, quotes[at]))
            at += 1
        parts.append(sentences_of(text, paragraph_tokens(text, block, here), quotes))
    return parts


def _identify(
    text: str,
    credit: Credit,
    mention: Span,
    register: Register,
    referents: dict[int, tuple[Person, Mention]],
) -> _Speaker:
    if credit.tokens[0].tag == "PRON":
        known = referents.get(mention.start)
        if known is None:
            return _Speaker(None, None, (mention,))
        person, antecedent = known
        return _Speaker(person.name, person.role, (mention, Span(antecedent.start, antecedent.end)))
    name = named_head(credit.tokens)
    if name:
        bearer = register.bearer(text[name[0].start : name[-1].end])
        if bearer is not None:
            return _Speaker(bearer.name, bearer.role, (mention,))
    return _Speaker(mention.of(text), None, (mention,))
