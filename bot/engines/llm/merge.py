"""The merge step: one list a section out of the lists of all parts.

Quotes and events are merged in code: they need no rewording, and a model would only lose or bend them. Points of a
section that has more than it may keep go to the model once, all such sections in one call, as numbered points; it
answers with numbers, so that every merged point keeps the places of those it is made of.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.domain.completion import CompletionRequest
from bot.domain.draft import Evidence, Finding, Proposal, Usage
from bot.domain.errors import BadAnswerError, ContentFilteredError, ModelError
from bot.domain.section import Section
from bot.engines.llm.answers import ReadAnswer, read_answer
from bot.engines.llm.calls import Calls, Counted, Luck
from bot.engines.llm.choosing import Text, chosen, distinct
from bot.engines.llm.kinds import answer_schema, answer_shape
from bot.engines.llm.passages import one_line
from bot.engines.llm.reading import Order, Part
from bot.prompting.render import Ask, merge_message, new_boundary, system_message
from bot.text.tokens import count_tokens
from bot.wording import Phrase

_REWORDED: Final = frozenset({"points", "text"})
_MOST_PLACES: Final = 8  # evidence of one merged point
_MOST_CANDIDATES: Final = 120  # points of one section that a merge chooses from


@dataclass(frozen=True, slots=True)
class Merged:
    """The Proposals of the whole text by section, and what the merging cost and met."""

    items: Mapping[str, tuple[Proposal, ...]]
    findings: tuple[Finding, ...] = ()
    usage: Usage = field(default_factory=Usage)


@dataclass(frozen=True, slots=True)
class _Candidates:
    """The points of one section that the model is to choose from."""

    section: Section
    items: tuple[Proposal, ...]


async def merge(order: Order, parts: Sequence[Part], text: Text, calls: Calls, luck: Luck) -> Merged:
    """One list for each section. Raises nothing but cancellation: without the model, code chooses in turn."""
    items, asked = await asyncio.to_thread(_in_code, order, parts, text)
    if not asked:
        return Merged(items)
    by_model = await _by_model(order, asked, calls, luck)
    return Merged({**items, **by_model.items}, by_model.findings, by_model.usage)


def _in_code(
    order: Order, parts: Sequence[Part], text: Text
) -> tuple[dict[str, tuple[Proposal, ...]], list[_Candidates]]:
    """Every section merged by code alone, and the candidates of those that a model would merge better."""
    read = [part for part in parts if part.error is None]
    items: dict[str, tuple[Proposal, ...]] = {}
    asked: list[_Candidates] = []
    for section in order.sections:
        lists = [part.items[section.name] for part in read]
        items[section.name] = _by_code(section, lists, text)
        if len(lists) > 1 and section.kind in _REWORDED:
            candidates = chosen(lists, text, most=_MOST_CANDIDATES)
            if len(candidates) > section.max_items:
                asked.append(_Candidates(section, tuple(candidates)))
    return items, asked


def _by_code(section: Section, lists: Sequence[Sequence[Proposal]], text: Text) -> tuple[Proposal, ...]:
    if len(lists) == 1:
        return tuple(distinct(lists[0]))  # the model's own order of weight
    spare = 0 if section.kind in _REWORDED else max(2, section.max_items // 2)
    return tuple(chosen(lists, text, most=section.max_items, spare=spare))


async def _by_model(order: Order, asked: Sequence[_Candidates], calls: Calls, luck: Luck) -> Merged:
    usage = Usage()
    try:
        counted, numbered = await asyncio.to_thread(_request, order, asked, calls.factor.value)
        completion = await calls.ask(counted, luck)
        usage = completion.usage
        if completion.finish in {"content_filter", "refusal"}:
            raise ContentFilteredError()
        answer = await asyncio.to_thread(_read, completion.text, asked, numbered)
    except ModelError as error:
        why = Phrase("Points were taken from each part in turn, since merging them failed: {why}", why=error.told)
        sections = tuple(Finding.told("merge-failed", why, section=c.section.name) for c in asked)
        return Merged({}, sections, usage)
    kept = {name: found for name, found in answer.items.items() if found}
    missing = [c.section.name for c in asked if c.section.name not in kept]
    unusable = Phrase("Points were taken from each part in turn, since the merged ones could not be used.")
    findings = (*answer.findings, *(Finding.told("merge-failed", unusable, section=name) for name in missing))
    return Merged(kept, findings, usage)


def _read(text: str, asked: Sequence[_Candidates], numbered: Mapping[int, Proposal]) -> ReadAnswer:
    """The merged points that name at least one point; the others rest on nothing. Raises BadAnswerError."""

    def places(numbers: Sequence[int]) -> tuple[Evidence, ...]:
        found = (evidence for number in numbers if number in numbered for evidence in numbered[number].evidence)
        return tuple(dict.fromkeys(found))[:_MOST_PLACES]

    answer = read_answer(text, [candidates.section for candidates in asked], places)
    items = {name: tuple(item for item in found if item.evidence) for name, found in answer.items.items()}
    if not any(items.values()):
        raise BadAnswerError(Phrase("No merged point named the points that it is made of."))
    return ReadAnswer(items, answer.findings)


def _request(order: Order, asked: Sequence[_Candidates], factor: float) -> tuple[Counted, Mapping[int, Proposal]]:
    """The merge request under the budget: where the points are too many, every other one is left out."""
    while True:
        counted, numbered = _rendered(order, asked)
        fits = counted.tokens * factor + order.limits.answer <= order.limits.context
        if fits or all(len(candidates.items) <= candidates.section.max_items for candidates in asked):
            return counted, numbered
        asked = [_Candidates(c.section, c.items[::2]) for c in asked]


def _rendered(order: Order, asked: Sequence[_Candidates]) -> tuple[Counted, Mapping[int, Proposal]]:
    numbered: dict[int, Proposal] = {}
    lines: list[str] = []
    for candidates in asked:
        lines.append(f"Section {candidates.section.name}:")
        for item in candidates.items:
            numbered[len(numbered) + 1] = item
            lines.append(f"[{len(numbered)}] {one_line(item.text)}")
    sections = [candidates.section for candidates in asked]
    boundary = new_boundary()
    ask = Ask(
        sections,
        "\n".join(lines),
        answer_shape(sections),
        boundary,
        order.language,
        translated=order.translated,
        length=order.length,
    )
    request = CompletionRequest(
        system=system_message(order.prompts, language=order.language, boundary=boundary),
        user=merge_message(order.prompts, ask),
        json_schema=answer_schema(sections),
        max_tokens=order.limits.answer,
    )
    return Counted(request, count_tokens(request.system) + count_tokens(request.user)), numbered
