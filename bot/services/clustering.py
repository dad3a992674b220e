"""Clusterings at hand: digests of the same feeds compare the same items, and once is enough.

`clustered` is pure, so that an answer kept is the answer. What is kept is bounded by the items in it, not by the
number of answers: one digest may compare three thousand, most compare thirty.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Final

from bot.domain.feed import FeedItem
from bot.text.stories import Clustering, clustered

ITEMS_KEPT: Final = 1_200  # some 3 KB each; runs of the same feeds come one after another

Items = tuple[FeedItem, ...]


class Clusterings:
    """`clustered`, remembering the latest answers. Threads may share it."""

    def __init__(self, items_kept: int = ITEMS_KEPT) -> None:
        self._items_kept = items_kept
        self._kept: OrderedDict[Items, Clustering] = OrderedDict()
        self._items = 0
        self._lock = Lock()

    def of(self, items: Items) -> Clustering:
        """The items grouped by event."""
        with self._lock:
            if (kept := self._kept.get(items)) is not None:
                self._kept.move_to_end(items)
                return kept
            # Within the lock: of many digests of the same feeds that come at once, one does it for all.
            self._kept[items] = made = clustered(items)
            self._items += len(items)
            while self._items > self._items_kept and self._kept:
                oldest, _ = self._kept.popitem(last=False)
                self._items -= len(oldest)
        return made


_AT_HAND: Final = Clusterings()


def clustering_of(items: Items) -> Clustering:
    """The same as `clustered`, and the second time at once."""
    return _AT_HAND.of(items)
