"""The cascade: the model first, the fallback when it fails, and the reader is told why."""

from __future__ import annotations

import asyncio

import pytest

from bot.domain.document import Document
from bot.domain.draft import Draft, Finding
from bot.domain.errors import ModelError, NutgrafError, QuotaError, SourceError, UsageError
from bot.domain.task import Task
from bot.engines.cascade import CascadeEngine

pytestmark = pytest.mark.unit

TASK = Task(documents=(Document(text="It rained."),), sections=())


class Writes:
    """An engine that writes a Draft under its name, or fails as told."""

    def __init__(self, name: str, fails: BaseException | None = None) -> None:
        self.name = name
        self.fails = fails
        self.tasks: list[Task] = []

    async def write(self, task: Task) -> Draft:
        self.tasks.append(task)
        if self.fails:
            raise self.fails
        return Draft(engine=self.name, findings=(Finding(code="own"),))


async def test_the_first_engine_writes_when_it_can() -> None:
    fallback = Writes("extractive")
    draft = await CascadeEngine(Writes("llm"), fallback).write(TASK)
    assert (draft.engine, [finding.code for finding in draft.findings]) == ("llm", ["own"])
    assert fallback.tasks == []


def leaves(kind: type[NutgrafError]) -> list[type[NutgrafError]]:
    return [leaf for child in kind.__subclasses__() for leaf in (leaves(child) or [child])]


@pytest.mark.parametrize("kind", leaves(ModelError))
async def test_any_model_error_makes_the_fallback_write_and_say_why(kind: type[NutgrafError]) -> None:
    draft = await CascadeEngine(Writes("llm", kind()), Writes("extractive")).write(TASK)
    assert draft.engine == "extractive"
    assert draft.findings[0].code == "fallback-extractive"
    assert kind().said in draft.findings[0].detail
    assert draft.findings[1].code == "own"


@pytest.mark.parametrize("error", [asyncio.CancelledError(), SourceError(), UsageError(), ValueError("bug")])
async def test_anything_else_passes_through(error: BaseException) -> None:
    fallback = Writes("extractive")
    with pytest.raises(type(error)):
        await CascadeEngine(Writes("llm", error), fallback).write(TASK)
    assert fallback.tasks == []


async def test_a_failure_of_the_fallback_is_told_without_a_chain_to_the_first() -> None:
    with pytest.raises(QuotaError) as raised:
        await CascadeEngine(Writes("llm", ModelError()), Writes("second", QuotaError())).write(TASK)
    assert raised.value.__context__ is None
