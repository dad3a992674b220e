"""Limits that were reset are forgotten, limits in force are not."""

from __future__ import annotations

import asyncio

import pytest
from discord.http import HTTPClient

from bot.chat.limits import IDLE_SECONDS, LOOK_EVERY, remember_few_limits

pytestmark = pytest.mark.unit


class Clock:
    """The loop's, turned by hand."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1_000.0
        monkeypatch.setattr(asyncio.get_running_loop(), "time", lambda: self.now)


async def test_idle_limits_go_and_those_in_force_or_in_use_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as turned:
        clock = Clock(turned)
        http = HTTPClient(asyncio.get_running_loop())
        remember_few_limits(http)
        for name in ("idle", "in force", "in use", "waited for"):
            http.get_ratelimit(name)
        http._buckets["in force"].expires = clock.now + IDLE_SECONDS + 60
        http._buckets["in use"].outgoing = 1
        await http._buckets["waited for"]._sleeping.acquire()
        clock.now += IDLE_SECONDS - 1
        http.get_ratelimit("young")
        assert "idle" in http._buckets, "asked for a moment ago"
        clock.now += LOOK_EVERY
        http.get_ratelimit("new")
        assert set(http._buckets) == {"in force", "in use", "waited for", "young", "new"}
        clock.now += 1
        http._buckets["young"]._last_request = 0
        http.get_ratelimit("newer")
        assert "young" in http._buckets, "nobody looked again so soon"
