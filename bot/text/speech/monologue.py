"""Who speaks where a sentence is only a quotation: the paragraphs around it tell.

News runs a speech over sentences and paragraphs after one attribution, opens it with a colon at the end of the
paragraph before, or names a person and lets the words follow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.text.speech.attribution import attribute, topic
from bot.text.speech.cues import VERBS
from bot.text.speech.quotations import Quotation
from bot.text.speech.tokens import Token

_LINKS: Final = frozenset({"CONJ", "ADV", "PUNCT", "QUOTE", "PREP"})


@dataclass(frozen=True, slots=True)
class Credit:
    """The tokens that name a quotation's speaker, and the rule that chose them."""

    tokens: tuple[Token, ...]
    rule: str


@dataclass(slots=True)
class _Thread:
    """What is remembered from one sentence to the next."""

    spoken: Credit | None = None  # the last quotation's credit, while nothing else came between
    before: Sequence[Token] = ()  # the last sentence without a quotation
    earlier: Credit | None = None  # who spoke before it


def credits(parts: Sequence[Sequence[Sequence[Token]]], quotes: Sequence[Quotation]) -> dict[int, Credit]:
    """The credit of each quotation that has one, by its number."""
    found: dict[int, Credit] = {}
    thread = _Thread()
    orphans: list[int] = []
    for sentences in parts:
        for tokens in sentences:
            numbers = [t.quote for t in tokens if t.tag == "QUOTE"]
            if not numbers:
                thread = _Thread(before=tokens, earlier=thread.spoken or thread.earlier)
                orphans = []
                continue
            here = attribute(tokens)
            for number in numbers:
                credit = None
                if number in here:
                    (start, end), rule = here[number]
                    credit = Credit(tuple(tokens[start:end]), rule)
                elif _alone(tokens):
                    credit = _carried(thread)
                    if credit is None:
                        orphans.append(number)
                elif tokens[0].quote == number and thread.spoken is not None:
                    credit = Credit(thread.spoken.tokens, "continued")
                if credit is not None:
                    found[number] = credit
                    for orphan in orphans:
                        found[orphan] = Credit(credit.tokens, "ahead")
                    orphans = []
                    thread.spoken = credit
    return found


def _alone(tokens: Sequence[Token]) -> bool:
    if len(tokens) < 8 and tokens[0].low in VERBS and VERBS[tokens[0].low].form == "ing":
        return True  # "Adding:"
    return len(tokens) < 8 and all(t.tag in _LINKS for t in tokens)


def _carried(thread: _Thread) -> Credit | None:
    if thread.spoken is not None:
        return Credit(thread.spoken.tokens, "carried")
    if not thread.before:
        return None
    colon = thread.before[-1].word == ":"
    found = topic(thread.before, last=colon)
    if found is None:
        return Credit(thread.earlier.tokens, "resumed") if thread.earlier else None
    return Credit(tuple(thread.before[found[0] : found[1]]), "colon" if colon else "topic")
