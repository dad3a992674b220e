"""Waiting for jobs: by a bell where one ends in this process, by asking the database where it ends elsewhere."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from bot.domain.errors import NutgrafError


class Ended(NamedTuple):
    """How a job ended: `state` is the engine's word (SUCCESS, ERROR, CANCELLED, ...)."""

    state: str
    result: Any = None


Look = Callable[[Sequence[str]], Awaitable[dict[str, Ended]]]


class Bells:
    """One bell a job that somebody waits for. Used on one event loop."""

    def __init__(self, look: Look, *, every: float) -> None:
        self._look = look
        self._every = every  # seconds between two looks into the database
        self._waiting: dict[str, set[asyncio.Future[Ended]]] = {}
        self._looking: asyncio.Task[None] | None = None

    async def wait(self, job: str) -> Ended:
        """How `job` ended, once it has."""
        bell: asyncio.Future[Ended] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(job, set()).add(bell)
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._keep_looking())
        try:
            return await bell
        finally:
            bells = self._waiting.get(job, set())
            bells.discard(bell)
            if not bells:
                self._waiting.pop(job, None)

    def ring(self, job: str, ended: Ended) -> None:
        """Wake everyone who waits for `job`."""
        for bell in self._waiting.pop(job, set()):
            if not bell.done():
                bell.set_result(ended)

    async def close(self) -> None:
        """Nobody needs to wait any more."""
        for job in list(self._waiting):
            self.ring(job, Ended("STOPPED"))
        if self._looking:
            self._looking.cancel()
            with suppress(asyncio.CancelledError):
                await self._looking

    async def _keep_looking(self) -> None:
        while self._waiting:
            await asyncio.sleep(self._every)
            if not (jobs := list(self._waiting)):  # all have ended meanwhile
                return
            with suppress(NutgrafError):  # the database is away; the next look may find it
                for job, ended in (await self._look(jobs)).items():
                    self.ring(job, ended)
