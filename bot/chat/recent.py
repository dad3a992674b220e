"""Remembers what was handled lately: after a dropped connection Discord replays events we have seen."""

from __future__ import annotations

from collections import OrderedDict


class Recent:
    """The last `size` ids."""

    def __init__(self, size: int = 2_000) -> None:
        self._size = size
        self._seen: OrderedDict[int, None] = OrderedDict()

    def is_new(self, key: int) -> bool:
        """Whether `key` was not asked for before; it counts as seen from now on."""
        if key in self._seen:
            self._seen.move_to_end(key)
            return False
        self._seen[key] = None
        if len(self._seen) > self._size:
            self._seen.popitem(last=False)
        return True
