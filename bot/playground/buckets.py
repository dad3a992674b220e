"""Discord's limit on messages and edits a channel, for those who want to feel it: about five in five seconds."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Room:
    """What a bucket says after a request: how many more may come, and in how many seconds it is empty again."""

    limit: int
    remaining: int
    reset_after: float

    @property
    def is_exceeded(self) -> bool:
        """This request was one too many."""
        return self.remaining < 0


@dataclass
class Buckets:
    """At most `count` requests in `seconds`, for each key by itself."""

    count: int = 5
    seconds: float = 5.0
    _taken: dict[tuple[str, ...], deque[float]] = field(default_factory=dict)

    def take(self, *key: str) -> Room:
        """Counts one request, unless it is one too many."""
        now = time.monotonic()
        taken = self._taken.setdefault(key, deque())
        while taken and taken[0] <= now - self.seconds:
            taken.popleft()
        if len(taken) < self.count:
            taken.append(now)
            return Room(self.count, self.count - len(taken), taken[0] + self.seconds - now)
        return Room(self.count, -1, taken[0] + self.seconds - now)
