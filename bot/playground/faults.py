"""Bad days, scripted: rate limits, server errors, refusals, delays and cut connections for chosen routes."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass

from bot.playground.errors import refusal

_REFUSALS = {403: "missing_permissions", 404: "unknown_message"}


@dataclass
class Fault:
    """What happens to the next `times` requests that match.

    `status` 0 lets the request through after `delay` seconds; `cut` closes the connection instead of
    answering, `before=False` after the request has taken effect (the answer is lost). With `until` (monotonic
    seconds) it ends by itself; `every` 3 spares two of three.
    """

    method: str
    route: re.Pattern[str]
    times: int = 1
    status: int = 0
    code: str | None = None
    retry_after: float = 0.05
    is_global: bool = False
    delay: float = 0.0
    cut: bool = False
    before: bool = True
    hits: int = 0
    limit: int = 5
    until: float | None = None
    every: int = 1
    seen: int = 0

    @classmethod
    def rate_limit(cls, retry_after: float, *, limit: int = 5, is_global: bool = False) -> Fault:
        """A plain 429."""
        return cls("*", re.compile(""), status=429, retry_after=retry_after, limit=limit, is_global=is_global)

    @property
    def is_over(self) -> bool:
        """Whether its time has passed."""
        return self.until is not None and time.monotonic() > self.until

    def meets(self, method: str, path: str) -> bool:
        """Whether this request is one that it happens to (of those that match, every n-th)."""
        if self.is_over or self.method not in ("*", method) or not self.route.search(path):
            return False
        self.seen += 1
        return self.seen % self.every == 0

    def body(self) -> dict[str, object]:
        """The JSON that Discord sends with this status."""
        if self.status == 429:
            return {
                "message": "You are being rate limited.",
                "retry_after": self.retry_after,
                "global": self.is_global,
            }
        known = self.code or _REFUSALS.get(self.status)
        if known is not None:
            return refusal(known).body()
        return {"message": f"{self.status}: Internal Server Error", "code": 0}


class Faults:
    """The queue of scripted faults."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []

    def add(
        self,
        method: str = "*",
        route: str = "",
        times: int = 1,
        status: int = 0,
        retry_after: float = 0.05,
        **more: object,
    ) -> Fault:
        """Scripts a fault for requests whose path (without `/api/v10`) matches the pattern `route`.

        `route` is a regular expression searched in the path, `method` an HTTP method or `*`; `more` are the
        other fields of Fault: `code` (a name such as "unknown_channel"), `is_global`, `delay`, `cut`, `before`.
        """
        fault = Fault(method, re.compile(route), times, status, retry_after=retry_after, **more)  # type: ignore[arg-type]
        self.waiting.append(fault)
        return fault

    def storm(
        self,
        seconds: float,
        *,
        retry_after: float = 0.2,
        method: str = "*",
        route: str = r"^/(channels|webhooks)/",
        every: int = 1,
        is_global: bool = False,
    ) -> Fault:
        """Answers 429 to every (or every n-th) matching request for `seconds` of real time.

        Acknowledgements of interactions are spared by default: Discord does not count them.
        """
        fault = Fault(method, re.compile(route), times=2**31, status=429, retry_after=retry_after)
        fault.is_global, fault.every, fault.until = is_global, every, time.monotonic() + seconds
        self.waiting.append(fault)
        return fault

    def take(self, method: str, path: str) -> Fault | None:
        """The fault for this request, used up once; None on a good day."""
        for fault in self.waiting:
            if fault.meets(method, path):
                fault.hits += 1
                if fault.hits >= fault.times:
                    self.waiting.remove(fault)
                return fault
        return None

    def clear(self) -> None:
        """Back to good weather."""
        self.waiting.clear()
