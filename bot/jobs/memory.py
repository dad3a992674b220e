"""How the C library holds this process's memory: what is free inside goes back to the system.

Runs of digests make and drop strings of every length, and between those that stay, pages are left that nobody
uses: 20 MB of them after four thousand runs in a row, and ever more.
"""

from __future__ import annotations

import ctypes
from functools import cache
from typing import Any, Final

M_MMAP_THRESHOLD: Final = -3  # as <malloc.h> has it
LONG: Final = 16 * 1024  # bytes; the library would raise its own limit to megabytes by and by


def keep_long_apart() -> None:
    """From now on what is long has pages of its own, which are given back as soon as it is dropped."""
    _call("mallopt", M_MMAP_THRESHOLD, LONG)


def trim() -> None:
    """Give back all pages that are free, in some milliseconds. Blocks, without the interpreter's lock."""
    _call("malloc_trim", 0)


def _call(name: str, *arguments: int) -> None:
    function = getattr(_library(), name, None)
    if function is not None:  # else it is not glibc
        function(*arguments)


@cache
def _library() -> Any:
    try:
        return ctypes.CDLL(None)
    except (OSError, TypeError):
        return None
