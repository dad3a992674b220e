"""How long to wait before the next try, and the pause that a 429 puts on all callers of an endpoint.

Time is a value handed in (`Clock`), so that tests wait for nothing.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

FIRST_DELAY: Final = 0.5  # seconds; doubled with every further try
LONGEST_DELAY: Final = 20.0  # of our own choosing
LONGEST_ASKED: Final = 60.0  # honoured when a server names it; a person is waiting for the briefing
NOT_WORTH_WAITING: Final = 300.0  # a server that asks for more than this is out for this briefing


def _now() -> datetime:
    return datetime.now(UTC)


def _jitter() -> float:
    return random.uniform(0.75, 1.25)  # noqa: S311  spreads callers, guards nothing


@dataclass(frozen=True, slots=True)
class Clock:
    """The seam to time: seconds that only grow, the wall clock, waiting, and a factor around 1."""

    monotonic: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = _now
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    jitter: Callable[[], float] = _jitter


SYSTEM_CLOCK: Final = Clock()


def asked_delay(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds that `retry-after-ms` or `Retry-After` (number or HTTP date) asks for, or None.

    `headers` has lower-case names or ignores case.
    """
    milliseconds = _number(headers.get("retry-after-ms"))
    if milliseconds is not None:
        return milliseconds / 1000
    value = headers.get("retry-after")
    seconds = _number(value)
    if seconds is not None or value is None:
        return seconds
    try:
        when = parsedate_to_datetime(value)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - now).total_seconds())


def next_delay(tries: int, asked: float | None, jitter: float) -> float:
    """Seconds before the next try after `tries` failed ones: what was asked, capped, else growing; never below."""
    if asked is not None:
        return min(asked, LONGEST_ASKED)
    return float(min(FIRST_DELAY * 2.0 ** min(tries - 1, 16), LONGEST_DELAY) * jitter)


def _number(value: str | None) -> float | None:
    try:
        number = float(value or "")
    except ValueError:
        return None
    return number if 0 <= number < float("inf") else None


class Gate:
    """Holds all callers of one endpoint back while it asked for a pause."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._closed_until = 0.0

    def close(self, seconds: float) -> None:
        """Nobody passes for `seconds` from now; a shorter pause never ends a longer one."""
        self._closed_until = max(self._closed_until, self._clock.monotonic() + seconds)

    async def passed(self) -> None:
        """Returns when the gate is open."""
        while (left := self._closed_until - self._clock.monotonic()) > 0:
            await self._clock.sleep(left)
