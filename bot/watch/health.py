"""Health: small named checks. Liveness asks whether a restart would help, readiness whether work gets done."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.domain.clock import Clock, utc_now
from bot.domain.errors import NutgrafError

Check = Callable[[], Awaitable[str | None]]
"""None: well. Else one sentence of what is wrong, fit for anyone's eyes."""

CHECK_SECONDS: Final = 2.0  # a probe waits a few seconds at most; a check that hangs has failed
TICKS_WITHIN: Final = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Examination:
    """What each check said; None: well."""

    said: Mapping[str, str | None]

    @property
    def well(self) -> bool:
        """Whether all are."""
        return not any(self.said.values())


async def examine(checks: Mapping[str, Check], *, seconds: float = CHECK_SECONDS) -> Examination:
    """All `checks` side by side, each within `seconds`."""
    known = dict(checks)  # while these run, a process that starts may add more
    results = await asyncio.gather(*(_said(check, seconds) for check in known.values()))
    return Examination(dict(zip(known, results, strict=True)))


def answers(ask: Callable[[], Awaitable[object]]) -> Check:
    """Well while `ask` raises no NutgrafError: the database answers, its tables are those of today's code."""

    async def check() -> str | None:
        try:
            await ask()
        except NutgrafError as error:
            return error.said
        return None

    return check


def ticking(
    last: Callable[[], datetime | None],
    *,
    within: timedelta = TICKS_WITHIN,
    clock: Clock = utc_now,
) -> Check:
    """Well while the `last` look for due digests is younger than `within`."""

    async def check() -> str | None:
        seen = last()
        if seen is None:
            return "The tick has not looked for due digests yet."
        late = clock() - seen
        return f"The tick last looked {late.total_seconds():.0f} s ago." if late > within else None

    return check


async def _said(check: Check, seconds: float) -> str | None:
    try:
        async with asyncio.timeout(seconds):
            return await check()
    except TimeoutError:
        return f"No answer within {seconds:g} s."
    except Exception as error:  # a probe is told that it failed, never what a library put into its message
        return f"The check itself failed ({type(error).__name__})."
