"""Endless loops: what fails is told and tried again, the daily waits a day, each ends with its block."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.errors import StorageError
from bot.services.loops import A_DAY, Daily, beside, for_ever
from bot.watch.logs import fields_of

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


class Enough(Exception):  # noqa: N818  it is what ends the test, no error
    """The loop went round often enough."""


async def test_what_fails_is_told_by_name_and_tried_again_after_the_rest(caplog: pytest.LogCaptureFixture) -> None:
    rests: list[float] = []
    did: list[str] = []

    async def work() -> None:
        did.append("work")
        if len(did) == 1:
            raise StorageError()

    async def sleep(seconds: float) -> None:
        rests.append(seconds)
        if len(rests) == 3:
            raise Enough

    with pytest.raises(Enough):
        await for_ever(work, "tick", every=2.0, sleep=sleep)
    assert (len(did), rests) == (3, [2.0, 2.0, 2.0])
    (told,) = caplog.records
    fields = fields_of(told)
    assert (fields["event"], fields["error"]) == ("tick failed", StorageError().code)


async def test_what_nobody_foresaw_ends_the_loop() -> None:
    async def work() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await for_ever(work, "tick", every=0)


async def test_a_loop_runs_while_its_block_does() -> None:
    began, ended = asyncio.Event(), asyncio.Event()

    async def loop() -> None:
        began.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    async with beside(loop(), "loop"):
        await began.wait()
        assert not ended.is_set()
    assert ended.is_set()


def test_what_is_daily_is_due_at_once_until_it_is_done_and_again_a_day_later() -> None:
    daily = Daily()
    assert daily.is_due(NOON)
    assert daily.is_due(NOON), "it was not done"
    daily.done(NOON)
    assert not daily.is_due(NOON + A_DAY - timedelta(seconds=1))
    assert daily.is_due(NOON + A_DAY)
