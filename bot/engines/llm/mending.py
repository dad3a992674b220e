"""Mending: what did not hold goes back to the model once, with the reasons in words, in one small call.

The model sees only the items at fault and the pieces of the text around them, so the call costs little. What comes
back is proposed like anything else: the verifier looks at it again, and there is no third time.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.domain.completion import CompletionRequest
from bot.domain.document import Document
from bot.domain.draft import Proposal, ProposedEvent, ProposedQuote, Usage
from bot.domain.errors import ContentFilteredError
from bot.domain.section import Section
from bot.domain.task import Rejected
from bot.engines.llm.answers import read_answer
from bot.engines.llm.calls import Calls, Counted, Luck
from bot.engines.llm.kinds import answer_schema, answer_shape
from bot.engines.llm.passages import Passage, article_text, number_passages, one_line
from bot.engines.llm.reading import Order, places_in
from bot.prompting.render import Ask, mend_message, new_boundary, system_message
from bot.text.tokens import count_tokens
from bot.text.words import content_stems

MOST_ITEMS: Final = 16
_NEIGHBOURS: Final = 1  # passages shown to either side of one that an item points to
_SOUGHT: Final = 2  # passages shown for an item that points nowhere
_LONGEST_ITEM: Final = 600  # characters of an item that are shown
_MOST_ANSWER: Final = 1_200  # tokens of room for the answer

# Why something did not hold, in words that say what to do; `{}` is the Finding's detail.
REASONS: Final[Mapping[str, str]] = {
    "unsupported": "the pieces do not hold this: {}",
    "without-evidence": "no piece says this",
    "negation": "the pieces say the opposite: look at every “not” and every opposite",
    "attribution": "the pieces only plan, fear, allege or deny this: say who does, or keep the “may”",
    "roles": "the pieces have the names the other way round",
    "too-long": "it is too long",
    "too-short": "it says too little to stand by itself",
    "not-verbatim": "these are not the text's own words: copy them letter by letter",
    "not-quoted": "these words do not stand between quotation marks",
    "not-key": "this is a single word, a title or a phrase, and no speech",
}


@dataclass(frozen=True, slots=True)
class Mended:
    """The corrected proposals by section, and what they cost."""

    items: Mapping[str, tuple[Proposal, ...]]
    usage: Usage = field(default_factory=Usage)


async def mend(order: Order, documents: Sequence[Document], rejected: Sequence[Rejected], calls: Calls) -> Mended:
    """The `rejected` proposals corrected, or fewer. Raises ModelError leaves."""
    prepared = await asyncio.to_thread(_prepared, order, documents, rejected, calls.factor.value)
    if prepared is None:
        return Mended({})
    completion = await calls.ask(prepared.counted, Luck())
    if completion.finish in {"content_filter", "refusal"}:
        raise ContentFilteredError()
    places = places_in(prepared.passages)
    answer = await asyncio.to_thread(read_answer, completion.text, prepared.sections, places)
    most = {section.name: section.max_items for section in prepared.sections}
    return Mended({name: items[: most[name]] for name, items in answer.items.items()}, completion.usage)


@dataclass(frozen=True, slots=True)
class _Prepared:
    counted: Counted
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]


def _prepared(
    order: Order, documents: Sequence[Document], rejected: Sequence[Rejected], factor: float
) -> _Prepared | None:
    """The request under the budget: with fewer items where all of them do not fit; None where not one does."""
    numbered = number_passages(documents)
    items = list(rejected[:MOST_ITEMS])
    while items:
        prepared = _request(order, numbered, items)
        room = prepared.counted.request.max_tokens
        if prepared.counted.tokens * factor + room <= order.limits.context:
            return prepared
        items = items[: len(items) // 2]
    return None


def _request(order: Order, numbered: Sequence[Passage], items: Sequence[Rejected]) -> _Prepared:
    counts = Counter(item.section for item in items)
    sections = tuple(
        section.model_copy(update={"max_items": counts[section.name]})
        for section in order.sections
        if counts[section.name]
    )
    passages = tuple(_beside(numbered, items))
    boundary = new_boundary()
    ask = Ask(
        sections=sections,
        article=article_text(passages, order.headers),
        shape=answer_shape(sections, translated=order.translated),
        boundary=boundary,
        language=order.language,
    )
    request = CompletionRequest(
        system=system_message(order.prompts, language=order.language, boundary=boundary),
        user=mend_message(order.prompts, ask, items="\n".join(_lines(items))),
        json_schema=answer_schema(sections, translated=order.translated),
        max_tokens=min(order.limits.answer, _MOST_ANSWER),
    )
    return _Prepared(
        Counted(request, count_tokens(request.system) + count_tokens(request.user)), sections, passages
    )


def _beside(numbered: Sequence[Passage], items: Iterable[Rejected]) -> Iterable[Passage]:
    """The passages that the items point to, with their neighbours, in the text's order."""
    wanted = {
        near
        for item in items
        for at in _pointed(numbered, item.proposal)
        for near in range(at - _NEIGHBOURS, at + _NEIGHBOURS + 1)
        if 0 <= near < len(numbered) and numbered[near].document == numbered[at].document
    }
    return (numbered[at] for at in sorted(wanted))


def _pointed(numbered: Sequence[Passage], proposal: Proposal) -> list[int]:
    """The positions of the passages that a proposal points to; else of those that share most with its words."""
    pointed = [
        at
        for at, passage in enumerate(numbered)
        for place in proposal.evidence
        if place.source == passage.evidence.source and place.span.overlaps(passage.evidence.span)
    ]
    if pointed:
        return pointed
    roots = frozenset(content_stems(proposal.text[:_LONGEST_ITEM]))
    shared = [len(roots.intersection(content_stems(passage.words))) for passage in numbered]
    best = sorted(range(len(numbered)), key=lambda at: (-shared[at], at))[:_SOUGHT]
    return [at for at in best if shared[at]]


def _lines(items: Sequence[Rejected]) -> Iterable[str]:
    name = ""
    for item in items:
        if item.section != name:
            name = item.section
            yield f"Items of section {name}:"
        yield f"- {_shown(item.proposal)} — {reason_of(item)}."


def _shown(proposal: Proposal) -> str:
    text = one_line(proposal.text)[:_LONGEST_ITEM]
    if isinstance(proposal, ProposedQuote):
        return f"“{text}”"
    if isinstance(proposal, ProposedEvent) and proposal.date_text:
        return f"{text} (when: {one_line(proposal.date_text)[:80]})"
    return text


def reason_of(item: Rejected) -> str:
    """Why an item did not hold, in words; the last words of the Finding's code say which."""
    noun, _, why = item.finding.code.partition("-")
    said = REASONS.get(why, "it did not hold")
    return said.format(item.finding.detail or "a number, a name or a date") if noun else said
