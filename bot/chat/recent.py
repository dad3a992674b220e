"""Remembers what was handled lately: after a dropped connection Discord replays events we have seen."""

from __future__ import annotations

from bot.domain.newest import Newest


class Recent:
    """The last `size` ids."""

    def __init__(self, size: int = 2_000) -> None:
        self._seen: Newest[int, bool] = Newest(size)

    def is_new(self, key: int) -> bool:
        """Whether `key` was not asked for before; it counts as seen from now on."""
        if self._seen.get(key):
            return False
        self._seen.put(key, True)
        return True
