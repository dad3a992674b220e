"""Slips of the pen: when is one word another one mistyped, and when is it another word?

Only a letter swapped, lost, doubled or hit beside the key in the middle of a long word passes. Not at its head,
where most words differ; not at its end, where grammar sits; never in numbers, negations or words that are known
to be a letter away from others.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from itertools import takewhile
from typing import Final

SHORTEST: Final = 5
SHORTEST_REPLACED: Final = 8  # a letter replaced makes another word far more often than one lost or swapped
GRAMMAR: Final = 2  # letters at a word's end that a slip may not touch

NEGATIONS: Final = frozenset(
    ("never", "nobody", "nothing", "nowhere", "neither", "without", "cannot", "hardly", "scarcely", "barely")
)
NEGATING: Final = ("un", "in", "im", "ir", "il", "dis", "mis", "non", "anti", "a", "e")


@cache
def lookalikes() -> frozenset[str]:
    """English words that are a slip away from another one: "county", "though", "indicted"."""
    return frozenset((resources.files("bot.text") / "data" / "lookalikes.txt").read_text("utf-8").split())


def is_slip(mine: str, theirs: str) -> bool:
    """Whether `mine` is `theirs` with one slip; both folded. The caller knows that the text has no word `mine`."""
    if min(len(mine), len(theirs)) < SHORTEST or not (mine.isalpha() and theirs.isalpha()):
        return False
    if mine in NEGATIONS or theirs in NEGATIONS or mine in lookalikes():
        return False
    if any(mine == head + theirs or theirs == head + mine for head in NEGATING):
        return False
    head = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(mine, theirs, strict=False)))
    rest, other = mine[head:], theirs[head:]
    if head == 0 or min(len(rest), len(other)) < GRAMMAR:
        return False
    lost = rest[1:] == other or rest == other[1:]
    swapped = len(rest) == len(other) and rest[:2] == other[1::-1] and rest[2:] == other[2:]
    replaced = len(mine) >= SHORTEST_REPLACED and rest[1:] == other[1:] and len(rest) > GRAMMAR + 1
    return lost or swapped or replaced
