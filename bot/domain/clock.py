"""The present instant as a seam: who decides by the time is given a Clock, and tests give one that they move."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]  # aware, in UTC


def utc_now() -> datetime:
    """The real one."""
    return datetime.now(UTC)
