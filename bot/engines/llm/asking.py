"""Answering a question with a model: one call that reads the numbered passages and may say that they do not say.

Where the text is longer than one call holds, the passages nearest to the question are read, in the text's order,
and the reader is told that it was not all. Article and question stand inside the boundary: both are data.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import log
from typing import Final

from bot.domain.asking import QUOTES, STATEMENTS, Inquiry
from bot.domain.completion import Completion, CompletionRequest
from bot.domain.draft import Finding, Proposal, Usage
from bot.domain.errors import BadAnswerError, ContentFilteredError, ContextOverflowError
from bot.engines.extractive.questions import question_of
from bot.engines.llm.answers import read_answer
from bot.engines.llm.calls import Calls, Counted, Luck
from bot.engines.llm.kinds import answer_schema, answer_shape
from bot.engines.llm.passages import Passage, article_text, number_passages, one_line
from bot.engines.llm.plan import article_budget
from bot.engines.llm.reading import Order, places_in
from bot.prompting.render import Ask, again_message, ask_message, new_boundary, system_message
from bot.text.meanings import meanings
from bot.text.tokens import count_tokens
from bot.wording import Phrase

ASKED: Final = (STATEMENTS, QUOTES)
MOST_TRIES: Final = 3
PARTLY_READ: Final = Finding.told(
    "partly-read",
    Phrase(
        "The text is longer than the model reads at once: only the passages nearest to the question were read."
    ),
)

_NOT_SAID: Final = re.compile(r"""["']?\bsaid["']?\s*:\s*(?:false|"false"|"no")""", re.IGNORECASE)
# A model that talks about the text instead of leaving its lists empty.
_ABOUT_THE_TEXT: Final = re.compile(
    r"^(?:the|this|these|no|none of the)\s(?:\w+\s)?(?:text|article|material|passage|piece|source|document)s?\s"
    r"(?:do|does|did)?\s?(?:not|n[o']t|never|fails?|says?\snothing|mentions?\sno|gives?\sno|answers?|mentions?|states?)\b"
    r"|^(?:der|dieser|die)\s(?:text|artikel|quelle)\s.{0,60}\b(?:nicht|keine?[nmrs]?)\b"
    r"|\b(?:is|are|was|were)\snot\s(?:mentioned|stated|given|specified|named|said|disclosed)\s"
    r"(?:in|by)\sthe\s(?:text|article|material|passages?|pieces?)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model proposes, and what it cost; nothing proposed: the text does not say."""

    items: tuple[Proposal, ...]
    findings: tuple[Finding, ...] = ()
    usage: Usage = field(default_factory=Usage)


@dataclass(frozen=True, slots=True)
class _Prepared:
    counted: Counted
    passages: tuple[Passage, ...]
    partly: bool


async def ask(order: Order, inquiry: Inquiry, calls: Calls) -> Answer:
    """The model's answer. Raises ModelError leaves; one that cannot be read is asked for once more."""
    luck, usage, share, again = Luck(), Usage(), 1.0, False
    numbered = await asyncio.to_thread(number_passages, inquiry.documents)
    for tries in range(MOST_TRIES):
        last = tries == MOST_TRIES - 1
        prepared = await asyncio.to_thread(_prepared, order, inquiry, numbered, calls.factor.value * share, again)
        try:
            completion = await calls.ask(prepared.counted, luck)
        except ContextOverflowError:
            if last:
                raise
            calls.factor.overflowed()
            share *= 2
            continue
        usage = usage.plus(completion.usage)
        try:
            return await asyncio.to_thread(_read, completion, prepared, usage)
        except BadAnswerError:
            if last or again:
                raise
            again = True
    raise BadAnswerError()


def _read(completion: Completion, prepared: _Prepared, usage: Usage) -> Answer:
    """The items of a completion. Raises BadAnswerError and ContentFilteredError."""
    if completion.finish in {"content_filter", "refusal"}:
        raise ContentFilteredError()
    told = (PARTLY_READ,) if prepared.partly else ()
    if _NOT_SAID.search(completion.text):
        return Answer((), told, usage)
    answer = read_answer(completion.text, ASKED, places_in(prepared.passages))
    # A list that is not there is an empty one here.
    findings = tuple(finding for finding in answer.findings if finding.code != "model-section-missing")
    items = tuple(
        item
        for section in ASKED
        for item in answer.items[section.name][: section.max_items]
        if not _ABOUT_THE_TEXT.search(item.text)
    )
    return Answer(items, (*told, *findings), usage)


def _prepared(
    order: Order, inquiry: Inquiry, numbered: Sequence[Passage], factor: float, again: bool
) -> _Prepared:
    """The request with as many passages as fit. Blocks for the counting."""
    empty = _request(order, inquiry, (), again=again)
    budget = article_budget(order.limits.context, order.limits.answer, empty.tokens, factor)
    chosen = _nearest(order, inquiry, numbered, budget)
    return _Prepared(_request(order, inquiry, chosen, again=again), chosen, len(chosen) < len(numbered))


def _request(order: Order, inquiry: Inquiry, passages: Sequence[Passage], *, again: bool) -> Counted:
    boundary = new_boundary()
    shape = answer_shape(ASKED, translated=order.translated).replace("{", '{\n  "said": true or false,', 1)
    asked = Ask(
        sections=ASKED,
        article=article_text(passages, order.headers),
        shape=shape,
        boundary=boundary,
        language=order.language,
        translated=order.translated,
    )
    user = ask_message(order.prompts, asked, question=one_line(inquiry.question))
    request = CompletionRequest(
        system=system_message(order.prompts, language=order.language, boundary=boundary),
        user=again_message(order.prompts, user, shape=shape) if again else user,
        json_schema=_schema(translated=order.translated),
        max_tokens=order.limits.answer,
    )
    return Counted(request, count_tokens(request.system) + count_tokens(request.user))


def _schema(*, translated: bool) -> dict[str, object]:
    schema = answer_schema(ASKED, translated=translated)
    properties = {"said": {"type": "boolean"}, **schema["properties"]}
    return {**schema, "properties": properties, "required": list(properties)}


def _nearest(order: Order, inquiry: Inquiry, numbered: Sequence[Passage], budget: int) -> tuple[Passage, ...]:
    """All passages where they fit; else the opening, then those that share most with the question."""
    headers = sum(header.tokens for header in order.headers)
    if sum(passage.tokens for passage in numbered) + headers <= budget:
        return tuple(numbered)
    near = _nearness(inquiry.question, numbered)
    chosen, left = [], budget - headers
    for passage in sorted(
        numbered, key=lambda passage: (passage.number > 1, -near[passage.number], passage.number)
    ):
        if passage.tokens <= left:
            chosen.append(passage)
            left -= passage.tokens
    return tuple(sorted(chosen, key=lambda passage: passage.number))


def _nearness(question: str, numbered: Sequence[Passage]) -> Mapping[int, float]:
    """How much of the question each passage holds, rare words counting more."""
    roots = question_of(question).roots
    held = {passage.number: meanings(passage.words) for passage in numbered}
    seen = Counter(root for words in held.values() for root in words)
    return {
        number: sum(boost * log(1 + len(held) / seen[root]) for root, boost in roots.items() if root in words)
        for number, words in held.items()
    }
