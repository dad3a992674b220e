"""Who speaks where a sentence is only a quotation: the paragraphs around it tell.

News runs a speech over sentences and paragraphs after one attribution, opens it with a colon at the end of the
paragraph before, signs it underneath, or names a person and lets the words follow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.domain.value import Span
from bot.text.speech.apposition import apposed
from bot.text.speech.attribution import Sources, attribute, signature, topic
from bot.text.speech.phrases import Range
from bot.text.speech.tokens import Token

_LINKS: Final = frozenset({"CONJ", "ADV", "PUNCT", "QUOTE", "PREP"})
_LONGEST_LINK: Final = 8  # tokens of "And then:", "Adding:" and the like around a quotation


@dataclass(frozen=True, slots=True)
class Credit:
    """The tokens that name a quotation's speaker, the rule that chose them, and words before that describe."""

    tokens: tuple[Token, ...]
    rule: str
    described: tuple[Token, ...] = ()

    @property
    def span(self) -> Span:
        """Where the speaker is named."""
        return Span(self.tokens[0].start, self.tokens[-1].end)

    def again(self, rule: str) -> Credit:
        """The same speaker by another rule."""
        return Credit(self.tokens, rule, self.described)


@dataclass(slots=True)
class _Thread:
    """What is remembered from one sentence to the next."""

    spoken: Credit | None = None  # the last quotation's credit, while nothing else came between
    here: bool = False  # that was in this paragraph
    before: Sequence[Token] = ()  # the last sentence without a quotation
    earlier: Credit | None = None  # who spoke before it
    alone: list[int] = field(default_factory=list)  # the quotations just read that had a paragraph to themselves
    orphans: list[int] = field(default_factory=list)  # those of them that nobody is known to have said


def credits(
    parts: Sequence[Sequence[Sequence[Token]]], sources: Sources, labels: Mapping[int, Token]
) -> dict[int, Credit]:
    """The credit of each quotation that has one, by its number.

    `parts` are paragraphs of sentences; `labels` the names with which quotations of a transcript begin.
    """
    found: dict[int, Credit] = {}
    thread = _Thread()
    for sentences in parts:
        thread.here = False
        for tokens in sentences:
            if any(token.tag == "QUOTE" for token in tokens):
                _read(tokens, sources, labels, thread, found)
            else:
                _sign(tokens, thread, found)
                thread = _Thread(before=tokens, earlier=thread.spoken or thread.earlier)
    return found


def _read(
    tokens: Sequence[Token],
    sources: Sources,
    labels: Mapping[int, Token],
    thread: _Thread,
    found: dict[int, Credit],
) -> None:
    """Credit the quotations of one sentence."""
    here = attribute(tokens, sources)
    by_itself = _by_itself(tokens)
    if not by_itself:
        thread.alone = []
    for token in tokens:
        if token.tag != "QUOTE":
            continue
        credit = _credit(tokens, here.get(token.quote))
        if credit is None and by_itself:
            if not thread.here:
                thread.alone.append(token.quote)
            label = labels.get(token.quote)
            credit = Credit((label,), "transcript") if label else _carried(thread, sources)
        elif credit is None and tokens[0].quote == token.quote and thread.here and thread.spoken:
            credit = thread.spoken.again("continued")
        if credit is None:
            if by_itself:
                thread.orphans.append(token.quote)
            continue
        found[token.quote] = thread.spoken = credit
        thread.here = True
        found.update((orphan, credit.again("ahead")) for orphan in thread.orphans)
        thread.orphans = []


def _credit(tokens: Sequence[Token], hit: tuple[Range, str] | None) -> Credit | None:
    return None if hit is None else _credit_to(tokens, *hit)


def _credit_to(tokens: Sequence[Token], found: Range, rule: str) -> Credit:
    (start, end), before = apposed(tokens, found)
    return Credit(tuple(tokens[start:end]), rule, tuple(tokens[slice(*before)]) if before else ())


def _sign(tokens: Sequence[Token], thread: _Thread, found: dict[int, Credit]) -> None:
    """`— Jane Roe` under quotations that stood alone is their speaker, whatever was believed before."""
    signed = signature(tokens) if thread.alone else None
    if signed is not None:
        credit = Credit(tuple(tokens[signed[0] : signed[1]]), "signed")
        found.update((number, credit) for number in thread.alone)


def _by_itself(tokens: Sequence[Token]) -> bool:
    """Whether nothing but a link ("And", "Adding:") stands beside the sentence's quotations."""
    if len(tokens) >= _LONGEST_LINK:
        return False
    opens = tokens[0].cue is not None and tokens[0].cue.form == "ing"
    return opens or all(token.tag in _LINKS for token in tokens)


def _carried(thread: _Thread, sources: Sources) -> Credit | None:
    if thread.spoken is not None:
        return thread.spoken.again("carried")
    if not thread.before:
        return None
    colon = thread.before[-1].word == ":"
    found = topic(thread.before, sources, last=colon)
    if found is None:
        return thread.earlier.again("resumed") if thread.earlier else None
    return _credit_to(thread.before, found, "colon" if colon else "topic")
