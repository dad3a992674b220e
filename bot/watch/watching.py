"""Watching: where a process, while it opens its parts, says what is to be checked and measured."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from bot.domain.watching import Reading
from bot.watch.health import Check
from bot.watch.metrics import Metrics, Sampler

STARTED = "started"


class Watching:
    """Checks and metrics of one process. Until `started` is called it is alive, but not ready."""

    def __init__(self, metrics: Metrics | None = None) -> None:
        self.metrics = metrics or Metrics()
        self.live: dict[str, Check] = {}
        self.ready: dict[str, Check] = {STARTED: self._has_started}
        self._started = False

    def started(self) -> None:
        """All parts are open, and their checks are known."""
        self._started = True

    def stopping(self) -> None:
        """Leaving: no more work is to be sent here."""
        self._started = False

    def check(self, name: str, check: Check, *, restart_helps: bool = False) -> None:
        """Ready only while `check` says nothing. `restart_helps`: it is also asked for liveness."""
        self.ready[name] = check
        if restart_helps:
            self.live[name] = check

    def sample(self, name: str, sampler: Sampler) -> None:
        """Measure with `sampler` when somebody looks."""
        self.metrics.sample(name, sampler)

    async def _has_started(self) -> str | None:
        return None if self._started else "Not all parts are open."


class LoopLag:
    """Measures how late the event loop wakes: what blocks it delays every heartbeat and every answer."""

    def __init__(self, *, every: float = 1.0) -> None:
        self._every = every
        self._worst = 0.0  # since somebody last looked

    async def run(self) -> None:
        """For ever."""
        loop = asyncio.get_running_loop()
        while True:
            before = loop.time()
            await asyncio.sleep(self._every)
            self._worst = max(self._worst, loop.time() - before - self._every)

    async def readings(self) -> Iterable[Reading]:
        """The worst since the last look, in seconds."""
        worst, self._worst = self._worst, 0.0
        return [Reading("loop_lag_seconds", worst)]
