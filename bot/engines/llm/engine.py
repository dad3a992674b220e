"""LlmEngine: one call when the Documents fit what the model reads, else every chunk once and one merge."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.asking import Inquiry, ProposedReply
from bot.domain.completion import Endpoint
from bot.domain.document import Document
from bot.domain.draft import Draft, DraftSection, Finding, Usage
from bot.domain.task import Progress, Prompts, Rejected, Task
from bot.engines.llm.asking import ASKED, ask
from bot.engines.llm.calls import Calls, Limits, Luck
from bot.engines.llm.choosing import Text
from bot.engines.llm.mending import mend
from bot.engines.llm.merge import Merged, merge
from bot.engines.llm.passages import Passage, headers_of, number_passages
from bot.engines.llm.plan import Chunk, TokenFactor, answer_room, article_budget, plan
from bot.engines.llm.reading import Order, Part, Readings, overhead
from bot.wording import Phrase

TOKEN_FACTOR: Final = 1.2
SEEMS_CUT: Final = Finding.told(
    "prompt-seems-cut",
    Phrase("The endpoint counted far fewer tokens than it was sent: it may read only part of the text."),
)


@dataclass(frozen=True, slots=True)
class _Plan:
    order: Order
    passages: tuple[Passage, ...]
    chunks: tuple[Chunk, ...]


class LlmEngine:
    """Implements `domain.task.Engine`, `Mends` and `domain.asking.Replies` over a model endpoint.

    max_answer_tokens: kept free for an answer. token_factor: how many of the model's tokens one of ours may be,
    until its usage figures say. mends: whether what did not hold is asked for again. Concurrency and what was
    learned are shared by all briefings of this engine. `prompts` serve every Task that brings none of its own.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        prompts: Prompts,
        *,
        concurrency: int = 4,
        max_answer_tokens: int = 2_000,
        token_factor: float = TOKEN_FACTOR,
        mends: bool = True,
    ) -> None:
        self._endpoint = endpoint
        self._prompts = prompts
        self._max_answer = max_answer_tokens
        self._mends = mends
        self._token_factor = token_factor
        self._slots = asyncio.Semaphore(concurrency)
        self._asked: dict[str | None, Calls] = {}

    async def write(self, task: Task) -> Draft:
        """The Draft of `task`, one call for all sections where it fits.

        Raises ModelError leaves where nothing could be read; a part that failed beside others is a Finding.
        """
        started = time.monotonic()
        luck, calls = Luck(), self._calls(task.model)
        planned = await asyncio.to_thread(self._plan, task, calls)
        steps = _Steps(task, len(planned.chunks))
        parts = await Readings(planned.order, calls, luck, steps.one_done).of(planned.chunks)
        text = await asyncio.to_thread(Text, planned.passages)
        merged = await merge(planned.order, parts, text, calls, luck)
        steps.all_done()
        draft = _draft(planned.order, parts, merged, luck, time.monotonic() - started)
        return draft.model_copy(update={"model": calls.model, "language": task.written_in})

    async def mend(self, task: Task, draft: Draft, rejected: Sequence[Rejected]) -> Draft:
        """The rejected proposals once more, corrected or left out, in one small call. Raises ModelError leaves."""
        if not self._mends:
            return Draft(engine=draft.engine)
        started, calls = time.monotonic(), self._calls(task.model)
        order = await asyncio.to_thread(self._order, task)  # counts tokens
        mended = await mend(order, task.documents, rejected, calls)
        seconds = round(time.monotonic() - started, 3)
        return Draft(
            engine=draft.engine,
            model=calls.model,
            prompts_digest=order.prompts.digest,
            language=draft.language,
            sections=tuple(DraftSection(name=name, items=items) for name, items in mended.items.items()),
            usage=Usage(**mended.usage.model_dump() | {"seconds": seconds}),
        )

    async def reply(self, inquiry: Inquiry) -> ProposedReply:
        """What the Documents answer, in one call. Raises ModelError leaves."""
        started, calls = time.monotonic(), self._calls(inquiry.model)
        task = Task(inquiry.documents, ASKED, inquiry.language, model=inquiry.model, prompts=inquiry.prompts)
        order = await asyncio.to_thread(self._order, task)
        answer = await ask(order, inquiry, calls)
        seconds = round(time.monotonic() - started, 3)
        return ProposedReply(
            engine="llm",
            model=calls.model,
            prompts_digest=order.prompts.digest,
            language=task.written_in,
            items=answer.items,
            findings=answer.findings,
            usage=answer.usage.model_copy(update={"seconds": seconds}),
        )

    def _calls(self, model: str | None) -> Calls:
        """Those of one model; what they learn of it holds for all briefings."""
        model = None if model == self._endpoint.model else model
        if model not in self._asked:
            self._asked[model] = Calls(
                self._endpoint, slots=self._slots, factor=TokenFactor(self._token_factor), model=model
            )
        return self._asked[model]

    def _order(self, task: Task) -> Order:
        context = self._endpoint.context_tokens
        limits = Limits(context, answer_room(context, self._max_answer))
        headers = headers_of(task.documents)
        return Order(
            task.prompts or self._prompts,
            task.sections,
            headers,
            _language(task),
            limits,
            translated=_translates(task),
            length=task.length,
        )

    def _plan(self, task: Task, calls: Calls) -> _Plan:
        order = self._order(task)
        limits, headers = order.limits, order.headers
        passages = number_passages(task.documents)
        budget = article_budget(limits.context, limits.answer, overhead(order), calls.factor.value)
        chunks = plan(passages, headers, budget) if task.sections else ()
        return _Plan(order, passages, chunks)


class _Steps:
    """Tells the caller how many calls of the planned ones are done."""

    def __init__(self, task: Task, chunks: int) -> None:
        self._report = task.report
        self._total = chunks + (1 if chunks > 1 else 0)
        self._done = 0
        self._report(Progress("writing", 0, self._total))

    def one_done(self) -> None:
        self._done += 1
        self._report(Progress("writing", self._done, self._total))

    def all_done(self) -> None:
        if self._done < self._total:
            self._report(Progress("writing", self._total, self._total))


def _draft(order: Order, parts: Sequence[Part], merged: Merged, luck: Luck, seconds: float) -> Draft:
    usage = merged.usage
    for part in parts:
        usage = usage.plus(part.usage)
    findings = [finding for part in parts for finding in part.told()]
    if luck.seems_cut:
        findings.append(SEEMS_CUT)
    return Draft(
        engine="llm",
        prompts_digest=order.prompts.digest,
        sections=tuple(DraftSection(name=s.name, items=merged.items[s.name]) for s in order.sections),
        findings=(*findings, *merged.findings),
        usage=Usage(**usage.model_dump() | {"seconds": round(seconds, 3)}),
    )


def _language(task: Task) -> str:
    """The language to write in; of several Documents in different languages, the first one's."""
    if task.language != "auto" or not _mixed(task.documents):
        return task.language
    return task.documents[0].language


def _translates(task: Task) -> bool:
    """Whether quotes of the material want a translation."""
    first = task.documents[0].language if task.documents else "und"
    return task.translates or (task.language == "auto" and first != "und" and _mixed(task.documents))


def _mixed(documents: Sequence[Document]) -> bool:
    return len({document.language for document in documents}) > 1
