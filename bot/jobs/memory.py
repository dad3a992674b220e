"""How the C library holds this process's memory: few heaps, and what is free inside goes back to the system.

Each thread would get a heap of its own, up to eight a core, and none of them is ever given back. Runs of digests
make and drop strings of every length, and between those that stay, pages are left that nobody uses: 20 MB of them
after four thousand runs in a row, and ever more.
"""

from __future__ import annotations

import ctypes
from functools import cache
from typing import Any, Final

M_MMAP_THRESHOLD: Final = -3  # as <malloc.h> has it
M_ARENA_MAX: Final = -8  # likewise
ARENAS: Final = 2  # enough, since Python lets one thread run at a time
LONG: Final = 16 * 1024  # bytes; the library would raise its own limit to megabytes by and by


def spare_memory() -> None:
    """Few heaps for all threads. Before they are started."""
    _call("mallopt", M_ARENA_MAX, ARENAS)


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
