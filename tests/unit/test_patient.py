"""An engine that is too slow has failed in time: the fallback writes, and what is proven is not lost."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from bot.domain.asking import Inquiry, ProposedReply
from bot.domain.document import Document
from bot.domain.draft import Draft, Usage
from bot.domain.errors import EndpointDownError, TooSlowError
from bot.domain.task import Mends, Rejected, Task
from bot.engines.cascade import CascadeEngine
from bot.engines.extractive import ExtractiveEngine
from bot.engines.patient import PatientEngine

pytestmark = pytest.mark.unit

RAIN = Document(text="It rained in Bergen on Monday. The market was closed, the mayor said.")
TASK = Task(documents=(RAIN,), sections=())
LONG = 60.0
SHORT = 0.04


class Slow:
    """A model that takes `seconds` for everything, or raises."""

    def __init__(self, seconds: float = 0.0, fails: BaseException | None = None) -> None:
        self.seconds = seconds
        self.fails = fails
        self.stopped = 0

    async def _take(self) -> None:
        try:
            await asyncio.sleep(self.seconds)
        except asyncio.CancelledError:
            self.stopped += 1
            raise
        if self.fails:
            raise self.fails

    async def write(self, _: Task) -> Draft:
        await self._take()
        return Draft(engine="llm")

    async def mend(self, _: Task, draft: Draft, __: Sequence[Rejected]) -> Draft:
        await self._take()
        return draft

    async def reply(self, _: Inquiry) -> ProposedReply:
        await self._take()
        return ProposedReply(engine="llm")


async def test_one_that_is_quick_enough_is_left_alone() -> None:
    engine = PatientEngine(Slow(), LONG)
    draft = await engine.write(TASK)
    assert draft.engine == "llm"
    assert await engine.mend(TASK, draft, ()) == draft
    assert (await engine.reply(Inquiry((RAIN,), "Where did it rain?"))).engine == "llm"


async def test_one_that_is_too_slow_is_stopped_and_has_failed() -> None:
    slow = Slow(LONG)
    engine = PatientEngine(slow, SHORT)
    with pytest.raises(TooSlowError):
        await engine.write(TASK)
    with pytest.raises(TooSlowError):
        await engine.mend(TASK, Draft(engine="llm"), ())
    assert slow.stopped == 2


async def test_for_a_correction_there_is_what_writing_has_left() -> None:
    engine = PatientEngine(Slow(), LONG)
    quick, late = (Draft(engine="llm", usage=Usage(seconds=spent)) for spent in (LONG / 2, LONG))
    assert await engine.mend(TASK, quick, ()) == quick
    with pytest.raises(TooSlowError):
        await engine.mend(TASK, late, ())


async def test_the_fallback_writes_in_its_place_and_the_reader_is_told() -> None:
    draft = await CascadeEngine(PatientEngine(Slow(LONG), SHORT), ExtractiveEngine()).write(TASK)
    assert draft.engine == "extractive"
    assert "The model took too long." in draft.findings[0].detail


@pytest.mark.parametrize("error", [TimeoutError(), EndpointDownError(), asyncio.CancelledError()])
async def test_other_failures_are_its_own(error: BaseException) -> None:
    with pytest.raises(type(error)):
        await PatientEngine(Slow(fails=error), LONG).write(TASK)


async def test_whoever_is_stopped_meanwhile_is_stopped() -> None:
    writing = asyncio.create_task(PatientEngine(Slow(LONG), LONG).write(TASK))
    await asyncio.sleep(0)
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing


def test_it_mends_as_the_engine_within_does() -> None:
    assert isinstance(PatientEngine(Slow(), LONG), Mends)
