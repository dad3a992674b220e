"""Steps run on the bot's loop, whichever loop asks for them, and end there with whoever asked."""

from __future__ import annotations

import asyncio
import concurrent.futures
import gc
import logging
from typing import Any

import pytest

from bot.jobs.bridge import Bridge

pytestmark = pytest.mark.unit


class Disowned(BaseException):
    """As the engine raises where a job was taken from it."""


@pytest.mark.parametrize("failure", [RuntimeError, Disowned])
async def test_how_a_cancelled_step_fails_is_nobodys_business(
    failure: type[BaseException], caplog: pytest.LogCaptureFixture
) -> None:
    bridge, begun, ended = Bridge(), asyncio.Event(), asyncio.Event()

    async def body() -> None:
        begun.set()
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            ended.set()
            raise failure from None

    def elsewhere() -> None:
        async def step() -> None:
            task = asyncio.create_task(bridge.run(body))
            while not begun.is_set():  # noqa: ASYNC110  an event of the other loop
                await asyncio.sleep(0.001)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

        asyncio.run(step())

    await asyncio.to_thread(elsewhere)
    await ended.wait()
    await asyncio.sleep(0)
    gc.collect()
    assert [record.message for record in caplog.records if record.levelno >= logging.ERROR] == []


async def test_a_step_gives_its_result_and_its_failure_to_the_loop_that_asks() -> None:
    bridge, here = Bridge(), asyncio.get_running_loop()

    async def body() -> bool:
        return asyncio.get_running_loop() is here

    async def failing() -> bool:
        raise ValueError("no")

    assert await asyncio.to_thread(lambda: asyncio.run(bridge.run(body)))
    with pytest.raises(ValueError, match="no"):
        await asyncio.to_thread(lambda: asyncio.run(bridge.run(failing)))


async def test_a_step_may_fail_before_who_asked_knows_that_it_began(monkeypatch: pytest.MonkeyPatch) -> None:
    bridge, begin = Bridge(), asyncio.run_coroutine_threadsafe

    async def failing() -> bool:
        raise ValueError("no")

    def slowly(*args: Any) -> concurrent.futures.Future[Any]:
        future = begin(*args)
        concurrent.futures.wait([future])
        return future

    monkeypatch.setattr(asyncio, "run_coroutine_threadsafe", slowly)
    with pytest.raises(ValueError, match="no"):
        await asyncio.to_thread(lambda: asyncio.run(bridge.run(failing)))
