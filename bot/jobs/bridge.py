"""The bridge from the engine's event loop to the bot's.

Workflows run on a loop of the engine's own, so that its book-keeping never holds up Discord's heartbeat. What a
step does belongs to the bot's loop, where the HTTP clients and the gateway live.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class Bridge:
    """Runs coroutines on the loop that it was made on."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()

    async def run(self, body: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """The result of `body`, which runs over there in a copy of our context. Cancelled, both are."""
        future: concurrent.futures.Future[T] | None = None  # it may have failed before we know of it

        async def there() -> T:
            try:
                return await body()
            except BaseException:  # the engine has failures of its own beside Exception
                if future is not None and future.cancelled():  # nobody waits for how it ends
                    raise asyncio.CancelledError from None
                raise

        future = asyncio.run_coroutine_threadsafe(there(), self._loop)
        try:
            return await asyncio.wrap_future(future)
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is not None and task.cancelling():
                raise
            # The engine leaves a cancelled job pending until its next start; this one failed by itself.
            raise RuntimeError("the body of a step was cancelled") from None

    def call(self, function: Callable[..., object], *arguments: Any) -> None:
        """Call `function` over there, soon."""
        self._loop.call_soon_threadsafe(function, *arguments)
