"""While all that is due is being queued, runs hold back; never for good."""

from __future__ import annotations

import asyncio

import pytest

from bot.jobs.rush import Rush


async def test_runs_go_on_once_the_rush_is_over() -> None:
    rush, begun = Rush(), asyncio.Event()

    async def run() -> None:
        await rush.over()
        begun.set()

    with rush.on():
        running = asyncio.create_task(run())
        await asyncio.sleep(0)
        assert not begun.is_set()
    await running


async def test_a_rush_that_fails_is_over() -> None:
    rush = Rush()
    with pytest.raises(ValueError, match="away"), rush.on():
        raise ValueError("away")
    await asyncio.wait_for(rush.over(), 1)


async def test_a_rush_without_an_end_lets_runs_through() -> None:
    rush = Rush()
    with rush.on():
        await rush.over(at_most=0.01)
