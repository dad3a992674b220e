"""Time as a test can set it, and the ids that Discord makes from it.

Tokens expire after fifteen minutes and an interaction has three seconds: no test should wait for either.
"""

from __future__ import annotations

import datetime as dt

DISCORD_EPOCH_MS = 1_420_070_400_000
"""The first second of 2015: a snowflake counts milliseconds from here."""


class Clock:
    """The real time plus what a test moved it by; `freeze()` makes it stand still until moved."""

    def __init__(self) -> None:
        self._moved = dt.timedelta()
        self._frozen: dt.datetime | None = None

    def now(self) -> dt.datetime:
        """The playground's time, with the zone UTC."""
        return (self._frozen or dt.datetime.now(dt.UTC)) + self._moved

    def advance(self, seconds: float) -> None:
        """Moves the time on by `seconds`."""
        self._moved += dt.timedelta(seconds=seconds)

    def freeze(self, at: dt.datetime | None = None) -> None:
        """Stops the clock, at `at` (aware) or where it stands."""
        self._frozen, self._moved = at or self.now(), dt.timedelta()


class Mint:
    """Hands out snowflakes: growing, unique, and telling the time of their making."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def __call__(self) -> int:
        ms = int(self._clock.now().timestamp() * 1000) - DISCORD_EPOCH_MS
        self._last = max(self._last + 1, ms << 22)
        return self._last
