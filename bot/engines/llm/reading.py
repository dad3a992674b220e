"""The map step: reads every chunk, each in one call for all sections, and keeps what could be read.

A chunk that is too long, or whose answer was cut, is read again with more room or in halves; a chunk that fails
otherwise is told as a Finding as long as another one could be read.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bot.domain.completion import Completion, CompletionRequest
from bot.domain.draft import Evidence, Finding, Proposal, Usage
from bot.domain.errors import BadAnswerError, ContentFilteredError, ContextOverflowError, ModelError
from bot.domain.order import Length
from bot.domain.section import Section
from bot.domain.task import Prompts
from bot.engines.llm.answers import read_answer
from bot.engines.llm.calls import Calls, Counted, Limits, Luck
from bot.engines.llm.kinds import answer_schema, answer_shape
from bot.engines.llm.passages import Header, Passage, article_text
from bot.engines.llm.plan import Chunk, share
from bot.prompting.render import Ask, again_message, new_boundary, system_message, user_message
from bot.text.tokens import count_tokens
from bot.wording import Phrase

MOST_HALVINGS: Final = 3


@dataclass(frozen=True, slots=True)
class Part:
    """What came of one chunk: its Proposals by section, or the error that it was not read for."""

    chunk: Chunk
    items: Mapping[str, tuple[Proposal, ...]] = field(default_factory=dict)
    error: ModelError | None = None
    findings: tuple[Finding, ...] = ()
    usage: Usage = field(default_factory=Usage)

    def told(self) -> tuple[Finding, ...]:
        """What the reader should know of it."""
        if self.error is None:
            return self.findings
        code = "chunk-filtered" if isinstance(self.error, ContentFilteredError) else "chunk-failed"
        return (*self.findings, Finding.told(code, self.chunk.not_read(self.error.told)))


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted of every chunk of one briefing."""

    prompts: Prompts
    sections: tuple[Section, ...]
    headers: tuple[Header, ...]
    language: str
    limits: Limits
    translated: bool = False  # the material, or a part of it, is in another language than the one to write in
    length: Length = "standard"


@dataclass(frozen=True, slots=True)
class _Attempt:
    chunk: Chunk
    room: int
    again: bool = False


class Readings:
    """Reads the chunks of one briefing."""

    def __init__(self, order: Order, calls: Calls, luck: Luck, one_read: Callable[[], None]) -> None:
        self._order = order
        self._calls = calls
        self._luck = luck
        self._one_read = one_read

    async def of(self, chunks: Sequence[Chunk]) -> tuple[Part, ...]:
        """A Part for every chunk (for every piece of one that was halved), in the text's order.

        Raises the first chunk's ModelError where no chunk could be read.
        """
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._whole(chunk)) for chunk in chunks]
        parts = tuple(part for task in tasks for part in task.result())
        errors = [part.error for part in parts if part.error is not None]
        if parts and len(errors) == len(parts):
            raise errors[0]
        return parts

    async def _whole(self, chunk: Chunk) -> list[Part]:
        parts = await self._read(chunk)
        self._one_read()
        return parts

    async def _read(self, chunk: Chunk) -> list[Part]:
        attempt: _Attempt | None = _Attempt(chunk, self._order.limits.answer)
        spent = Usage()
        while attempt is not None:
            counted = await asyncio.to_thread(self._counted, attempt)
            try:
                completion = await self._calls.ask(counted, self._luck)
            except ContextOverflowError as error:
                self._calls.factor.overflowed()
                return await self._halved(chunk, spent) or [Part(chunk, error=error, usage=spent)]
            except ModelError as error:
                return [Part(chunk, error=error, usage=spent)]
            spent = spent.plus(completion.usage)
            roomier = self._roomier(attempt, counted, completion)
            if completion.finish == "length" and roomier is None and self._halves_help(attempt, completion):
                halves = await self._halved(chunk, spent)
                if halves:
                    return halves
            part = await self._part(attempt, completion, spent)
            attempt = roomier or self._second(attempt, completion, part)
        return [part]

    def _roomier(self, attempt: _Attempt, counted: Counted, completion: Completion) -> _Attempt | None:
        """The same with more room for an answer that was cut, where the context has it.

        Once; a model that thought so long that it said nothing gets more as long as there is any.
        """
        given_more = attempt.room > self._order.limits.answer
        if completion.finish != "length" or (given_more and completion.text):
            return None
        room = self._order.limits.roomier(counted, attempt.room, self._calls.factor.value)
        return replace(attempt, room=room) if room else None

    def _halves_help(self, attempt: _Attempt, completion: Completion) -> bool:
        """Whether less text would make the answer fit; not where more room went into thinking alone."""
        return bool(completion.text) or attempt.room == self._order.limits.answer

    @staticmethod
    def _second(attempt: _Attempt, completion: Completion, part: Part) -> _Attempt | None:
        """The same with a plea for the shape, once, where a finished answer could not be read."""
        unreadable = isinstance(part.error, BadAnswerError) and completion.finish == "stop"
        return replace(attempt, again=True) if unreadable and not attempt.again else None

    async def _halved(self, chunk: Chunk, spent: Usage) -> list[Part]:
        """The two halves read by themselves; nothing where the chunk cannot be halved any more."""
        if chunk.depth >= MOST_HALVINGS or len(chunk.passages) < 2:
            return []
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._read(half)) for half in chunk.halves()]
        parts = [part for task in tasks for part in task.result()]
        return [replace(parts[0], usage=parts[0].usage.plus(spent)), *parts[1:]]

    async def _part(self, attempt: _Attempt, completion: Completion, spent: Usage) -> Part:
        chunk = attempt.chunk
        if completion.finish in {"content_filter", "refusal"}:
            return Part(chunk, error=ContentFilteredError(), usage=spent)
        places = places_in(chunk.passages)
        try:
            answer = await asyncio.to_thread(read_answer, completion.text, self._sections(chunk), places)
        except BadAnswerError as error:
            return Part(chunk, error=error, usage=spent)
        findings = answer.findings
        if completion.finish == "length":
            cut = Phrase(
                "The model's answer for {part} was cut off; what came before the cut is used.", part=chunk.name
            )
            findings = (*findings, Finding.told("answer-cut", cut))
        return Part(chunk, items=answer.items, findings=findings, usage=spent)

    def _sections(self, chunk: Chunk) -> tuple[Section, ...]:
        return tuple(share(section, chunk.parts * 2**chunk.depth) for section in self._order.sections)

    def _counted(self, attempt: _Attempt) -> Counted:
        text = article_text(attempt.chunk.passages, self._order.headers)
        return request_for(self._order, self._sections(attempt.chunk), text, attempt)


def request_for(order: Order, sections: tuple[Section, ...], text: str, attempt: _Attempt) -> Counted:
    """The request for one chunk, whose lines are `text`, counted. Blocks for the counting."""
    chunk = attempt.chunk
    boundary, shape = new_boundary(), answer_shape(sections, translated=order.translated)
    ask = Ask(
        sections=sections,
        article=text,
        shape=shape,
        boundary=boundary,
        language=order.language,
        part=chunk.part,
        parts=chunk.parts,
        articles=len({passage.document for passage in chunk.passages}),
        translated=order.translated,
        length=order.length,
    )
    user = user_message(order.prompts, ask)
    request = CompletionRequest(
        system=system_message(order.prompts, language=order.language, boundary=boundary),
        user=again_message(order.prompts, user, shape=shape) if attempt.again else user,
        json_schema=answer_schema(sections, translated=order.translated),
        max_tokens=attempt.room,
    )
    return Counted(request, count_tokens(request.system) + count_tokens(request.user))


def overhead(order: Order) -> int:
    """Tokens of the prompts around an article of several parts. Blocks for the counting."""
    return request_for(order, order.sections, "", _Attempt(Chunk((), 99, 99), order.limits.answer)).tokens


def places_in(passages: Sequence[Passage]) -> Callable[[Sequence[int]], tuple[Evidence, ...]]:
    """What numbers stand for, among the passages that the model was given; other numbers stand for nothing."""
    known = {passage.number: passage.evidence for passage in passages}
    return lambda numbers: tuple(known[number] for number in dict.fromkeys(numbers) if number in known)
