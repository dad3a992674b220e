"""What code can choose without a model: repeats are dropped, every part of the text has its turn, order is kept.

The verifier takes the first that hold, so the order of a list is the order of preference: first the chosen ones as
the text has them, then a few in reserve.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from bot.domain.draft import Proposal, ProposedEvent, ProposedQuote
from bot.engines.llm.passages import Passage

_WORD: Final = re.compile(r"\w+")
_SAME: Final = 0.8  # share of words in common

_Gist = str | frozenset[str]


class Text:
    """The passages of a briefing, for looking things up: where an item stands, and whether its words are there."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._place = {(p.evidence.source, p.evidence.start): p.number for p in passages}
        self._words: Mapping[int, str] = {p.number: _folded(p.words) for p in passages}

    @property
    def size(self) -> int:
        """How many passages there are."""
        return len(self._words)

    def numbers(self, item: Proposal) -> list[int]:
        """The numbers of the passages that `item` rests on, in the text's order."""
        keys = ((evidence.source, evidence.start) for evidence in item.evidence)
        return sorted(self._place[key] for key in keys if key in self._place)

    def bears(self, item: Proposal) -> bool:
        """Whether `item` looks as if it will hold; the verifier looks closely."""
        numbers = self.numbers(item)
        if isinstance(item, ProposedQuote):
            return any(_folded(item.text) in self._words[number] for number in numbers)
        if isinstance(item, ProposedEvent):
            return bool(numbers) and item.date_text is not None
        return bool(numbers)


def distinct(items: Iterable[Proposal], most: int | None = None) -> list[Proposal]:
    """`items` without those that say what an earlier one says, at most `most`; of two quotes the longer stays."""
    kept: list[tuple[Proposal, _Gist]] = []
    for item in items:
        gist = _gist(item)
        twin = next((place for place, (_, other) in enumerate(kept) if _same(gist, other)), None)
        if twin is not None:
            longer = isinstance(gist, str) and len(gist) > len(kept[twin][1])
            kept[twin] = (item, gist) if longer else kept[twin]
        elif most is not None and len(kept) == most:
            break
        else:
            kept.append((item, gist))
    return [item for item, _ in kept]


def chosen(lists: Sequence[Sequence[Proposal]], text: Text, *, most: int, spare: int = 0) -> list[Proposal]:
    """At most `most` of the parts' items in the text's order, then at most `spare` more, likewise.

    Each part in turn gives its best; where there are more parts than places, parts from all over the text.
    """
    turns = distinct(_in_turn([_likeliest_first(items, text) for items in lists], most), most + spare)
    return [*_ordered(turns[:most], text), *_ordered(turns[most:], text)]


def _likeliest_first(items: Sequence[Proposal], text: Text) -> list[Proposal]:
    return sorted(items, key=lambda item: not text.bears(item))


def _ordered(items: Sequence[Proposal], text: Text) -> list[Proposal]:
    return sorted(items, key=lambda item: (text.numbers(item) or [text.size + 1])[0])


def _in_turn(lists: Sequence[Sequence[Proposal]], most: int) -> Iterator[Proposal]:
    order = _spread(len(lists), most)
    for rank in range(max(map(len, lists), default=0)):
        for place in order:
            if rank < len(lists[place]):
                yield lists[place][rank]


def _spread(parts: int, most: int) -> list[int]:
    """All parts, those first that lie evenly over the text when only `most` get a turn; the first part always."""
    if parts <= most or most < 1:
        return list(range(parts))
    first = sorted({turn * parts // most for turn in range(most)})
    return [*first, *(place for place in range(parts) if place not in set(first))]


def _gist(item: Proposal) -> _Gist:
    """What is compared: a quote's words in order, else the words of a statement and of its time."""
    if isinstance(item, ProposedQuote):
        return _folded(item.text)
    when = item.date_text or "" if isinstance(item, ProposedEvent) else ""
    return frozenset(_WORD.findall(f"{item.text} {when}".lower()))


def _same(one: _Gist, other: _Gist) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return one in other or other in one
    first, second = frozenset(one), frozenset(other)
    return len(first & second) >= _SAME * max(1, len(first | second))


def _folded(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))
