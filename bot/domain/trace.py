"""The trace: a short id that ties together what a person was told, what the logs hold, and what a worker did.

It is derived from what was asked (a message's id, a job's id), so two processes that work on one request write the
same trace without telling each other.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

LENGTH: Final = 8  # hex digits: short enough to be read out, long enough to be found in a week of logs

_trace: ContextVar[str | None] = ContextVar("trace", default=None)


def trace_of(key: str) -> str:
    """The trace of whatever `key` names."""
    return hashlib.sha256(key.encode()).hexdigest()[:LENGTH]


def new_trace() -> str:
    """One for something that has no name."""
    return secrets.token_hex(LENGTH // 2)


def current_trace() -> str | None:
    """The trace of the request that is being worked on here, where there is one."""
    return _trace.get()


def begin_trace(key: str) -> str:
    """From here to its end, this task (and those it starts) works on what `key` names."""
    trace = trace_of(key)
    _trace.set(trace)
    return trace


@contextmanager
def traced(trace: str) -> Iterator[str]:
    """Work inside the block, and tasks started there, belong to `trace`."""
    token = _trace.set(trace)
    try:
        yield trace
    finally:
        _trace.reset(token)
