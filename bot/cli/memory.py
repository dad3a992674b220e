"""Memory of a process that works in many threads: the C library gives each thread a heap of its own, up to eight a
core, and none of them is ever given back. Two are enough, since Python lets one thread run at a time.
"""

from __future__ import annotations

import ctypes
from contextlib import suppress
from typing import Final

_ARENA_MAX: Final = -8  # glibc's M_ARENA_MAX
ARENAS: Final = 2


def spare_memory() -> None:
    """Before the threads are started. Where there is no glibc, nothing."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_ARENA_MAX, ARENAS)
