"""Discord's rate limits for those who want to feel them: buckets by route and channel, fifty requests a second.

Discord documents only the fifty; the rows are what is generally known of its headers, not measured here.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

_CHANNEL, _TOKEN = ("channel",), ("webhook", "token")
_MESSAGE = "/channels/{channel}/messages/{message}"
_ANSWER = "/webhooks/{webhook}/{token}"


@dataclass(frozen=True)
class Limit:
    """A row: at most `count` requests with one of `methods` to the route `template` in `seconds`.

    `by` names the path parameters that have buckets of their own ("major parameters").
    """

    methods: tuple[str, ...]
    template: str
    count: int
    seconds: float
    by: tuple[str, ...] = _CHANNEL


def sends(count: int, seconds: float) -> tuple[Limit, ...]:
    """Messages and edits alone, each counted a channel."""
    return (
        Limit(("POST",), "/channels/{channel}/messages", count, seconds),
        Limit(("PATCH",), _MESSAGE, count, seconds),
    )


REAL = (
    *sends(5, 5.0),
    Limit(("DELETE",), _MESSAGE, 5, 1.0),
    Limit(("GET",), "/channels/{channel}/messages", 5, 5.0),
    Limit(("PUT", "DELETE"), f"{_MESSAGE}/reactions/{{emoji}}/@me", 1, 0.25),
    Limit(("POST",), "/channels/{channel}/typing", 5, 5.0),
    Limit(("POST",), "/channels/{channel}/threads", 50, 300.0),
    Limit(("POST",), f"{_MESSAGE}/threads", 50, 300.0),
    Limit(("PATCH",), "/channels/{channel}", 5, 15.0),
    Limit(("POST",), _ANSWER, 5, 2.0, _TOKEN),
    Limit(("PATCH", "GET", "DELETE"), f"{_ANSWER}/messages/{{message}}", 5, 2.0, _TOKEN),
)
GLOBAL_COUNT = 50
"""Requests a second in all; interactions and their webhooks do not count."""


@dataclass(frozen=True)
class Room:
    """What a bucket says after a request: how many more may come, and in how many seconds it is empty again."""

    limit: int
    remaining: int
    reset_after: float
    is_global: bool = False

    @property
    def is_exceeded(self) -> bool:
        """This request was one too many."""
        return self.remaining < 0


@dataclass
class Buckets:
    """Counts requests by `rows`, and all together where `global_count` is given; by default nobody counts."""

    rows: tuple[Limit, ...] = ()
    global_count: int | None = None
    _taken: dict[tuple[str, ...], deque[float]] = field(default_factory=dict)

    def take(self, method: str, template: str, params: Mapping[str, str]) -> Room | None:
        """Counts one request, unless it is one too many; None where nobody counts it."""
        if self.global_count is not None and counts_globally(template):
            everything = self._count(("global",), self.global_count, 1.0)
            if everything.is_exceeded:
                return Room(everything.limit, -1, everything.reset_after, is_global=True)
        for row in self.rows:
            if method in row.methods and template == row.template:
                key = (row.methods[0], row.template, *(params[name] for name in row.by))
                return self._count(key, row.count, row.seconds)
        return None

    def _count(self, key: tuple[str, ...], count: int, seconds: float) -> Room:
        now = time.monotonic()
        taken = self._taken.setdefault(key, deque())
        while taken and taken[0] <= now - seconds:
            taken.popleft()
        if len(taken) < count:
            taken.append(now)
            return Room(count, count - len(taken), taken[0] + seconds - now)
        return Room(count, -1, taken[0] + seconds - now)


def counts_globally(template: str) -> bool:
    """Whether a route is under the global limit: answers to interactions are not."""
    return not template.startswith(("/interactions/", "/webhooks/"))
