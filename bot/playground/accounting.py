"""How the bot behaves towards rate limits: what it was told, whether it waited, how near it came to a ban.

Discord shuts out an address that makes 10,000 invalid requests (401, 403, 429) in ten minutes.
"""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass

from bot.playground.buckets import counts_globally

INVALID = frozenset({401, 403, 429})
INVALID_SECONDS = 600
MOST_INVALID = 10_000
IN_FLIGHT = 0.05
"""Seconds in which a request that was on its way when its bucket was closed may still come in."""
_MAJOR = ("channel", "guild", "webhook", "token", "interaction")


@dataclass(frozen=True)
class LimitReport:
    """The account so far.

    `limited` counts 429 answers, `disobeyed` requests that came before the time told was over, `invalid` those of
    the last ten minutes by the playground's clock; `requests_by_route` and `limited_by_route` have keys like
    "PATCH /channels/{channel}/messages/{message}"; `busiest_second` is the most requests under the global limit
    that came within one second.
    """

    requests: int
    limited: int
    disobeyed: int
    invalid: int
    banned: bool
    busiest_second: int
    requests_by_route: Mapping[str, int]
    limited_by_route: Mapping[str, int]

    @property
    def obeyed(self) -> bool:
        """No request came before its time, and no ban either."""
        return self.disobeyed == 0 and not self.banned


class Accounting:
    """Keeps the account of one playground; `most_invalid` may be lowered to see a ban."""

    def __init__(self) -> None:
        self.most_invalid = MOST_INVALID
        self.clear()

    def clear(self) -> None:
        """Begins a new account."""
        self._requests: Counter[str] = Counter()
        self._limited: Counter[str] = Counter()
        self._disobeyed = 0
        self._closed: dict[tuple[str, ...], tuple[float, float]] = {}
        self._invalid: deque[dt.datetime] = deque()
        self._second: deque[float] = deque()
        self._busiest = 0

    def arrive(self, method: str, template: str, params: Mapping[str, str]) -> None:
        """A request comes in: is its bucket, or everything, closed?"""
        now = time.monotonic()
        self._requests[f"{method} {template}"] += 1
        keys = [_key(method, template, params)]
        if counts_globally(template):
            keys.append(())
            self._second.append(now)
            while self._second[0] <= now - 1.0:
                self._second.popleft()
            self._busiest = max(self._busiest, len(self._second))
        for key in keys:
            told, until = self._closed.get(key, (0.0, 0.0))
            if told + IN_FLIGHT < now < until:
                self._disobeyed += 1
                return

    def limit(
        self, method: str, template: str, params: Mapping[str, str], retry_after: float, *, is_global: bool
    ) -> None:
        """A request was answered 429."""
        now = time.monotonic()
        self._limited[f"{method} {template}"] += 1
        key = () if is_global else _key(method, template, params)
        self._closed[key] = (now, now + retry_after)

    def answer(self, status: int, at: dt.datetime) -> None:
        """A request was answered; `at` is the playground's time."""
        if status in INVALID:
            self._invalid.append(at)

    def invalid(self, at: dt.datetime) -> int:
        """How many invalid requests the last ten minutes had."""
        oldest = at - dt.timedelta(seconds=INVALID_SECONDS)
        while self._invalid and self._invalid[0] <= oldest:
            self._invalid.popleft()
        return len(self._invalid)

    def is_banned(self, at: dt.datetime) -> bool:
        """Whether the address is shut out now."""
        return self.invalid(at) >= self.most_invalid

    def report(self, at: dt.datetime) -> LimitReport:
        """The account as it stands."""
        return LimitReport(
            requests=self._requests.total(),
            limited=self._limited.total(),
            disobeyed=self._disobeyed,
            invalid=self.invalid(at),
            banned=self.is_banned(at),
            busiest_second=self._busiest,
            requests_by_route=dict(self._requests),
            limited_by_route=dict(self._limited),
        )


def _key(method: str, template: str, params: Mapping[str, str]) -> tuple[str, ...]:
    return (method, template, *(params[name] for name in _MAJOR if name in params))
