"""What discord.py remembers of Discord's rate limits, kept short.

It keeps the limit of each channel and each server that it has asked for five minutes, a kilobyte apiece, and looks
through all of them whenever it needs another one. Where thousands of digests are posted, each in its own channel,
those are megabytes and most of the time of a post. Of a limit that was reset there is nothing to remember.
"""

from __future__ import annotations

import asyncio
from typing import Final

from discord.http import HTTPClient, Ratelimit

IDLE_SECONDS: Final = 30.0  # and reset: whoever asks again begins with a new one
LOOK_EVERY: Final = 10.0


def remember_few_limits(http: HTTPClient) -> None:
    """Have `http` forget limits that are idle, and look for such only now and then."""
    loop, looked = asyncio.get_running_loop(), 0.0

    def clear() -> None:
        nonlocal looked
        now = loop.time()
        if now - looked < LOOK_EVERY:
            return
        looked = now
        for key in [key for key, limit in http._buckets.items() if _is_idle(limit, now)]:
            del http._buckets[key]

    http._try_clear_expired_ratelimits = clear  # type: ignore[method-assign]


def _is_idle(limit: Ratelimit, now: float) -> bool:
    is_reset = limit.expires is None or limit.expires < now
    in_use = limit.outgoing or limit._pending_requests or limit._sleeping.locked()
    return is_reset and not in_use and now - limit._last_request >= IDLE_SECONDS
