"""What stretches of one text count in tokens, without encoding each of them anew.

Packing chunks asks for the counts of many overlapping stretches. With our own vocabulary one encoding of the whole
text answers them all, exactly. Any other way of counting is asked stretch by stretch, so its ruler learns from
each answer where to look next.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from itertools import accumulate
from typing import Final, Protocol

from bot.text.tokens import Vocabulary, count_tokens, may_hold_long_run, vocabulary

Count = Callable[[str], int]

STRIDE: Final = 256  # characters between two known byte offsets
SEAM: Final = re.compile(r"(?<=[a-z]) (?=[a-z])")


class Ruler(Protocol):
    """Measures stretches of one text."""

    def count(self, start: int, end: int) -> int:
        """What `text[start:end]` counts."""
        ...

    def reach(self, start: int, tokens: int) -> int:
        """About how far `tokens` tokens from `start` on reach: an end worth trying."""
        ...


def ruler_for(text: str, count: Count) -> Ruler:
    """The quickest ruler of `text` for this way of counting."""
    if count is not count_tokens or may_hold_long_run(text):
        return CountingRuler(text, count)
    loaded = vocabulary()
    try:
        return TokenRuler(text, loaded) if loaded else CountingRuler(text, count)
    except UnicodeEncodeError:  # a lone surrogate, which has no bytes to count offsets in
        return CountingRuler(text, count)


class TokenRuler:
    """Exact counts in our own vocabulary, from one encoding of the whole text.

    A letter, one space, a letter: the vocabulary's pattern always parts a text between the first two, whatever
    stands around them. So between two such seams the tokens of a stretch are those of the whole, and only the few
    words before the first seam and behind the last are counted by themselves.
    """

    def __init__(self, text: str, loaded: Vocabulary) -> None:
        self._text = text
        blocks = (text[at : at + STRIDE] for at in range(0, len(text), STRIDE))
        self._bytes = [0, *accumulate(len(block.encode()) for block in blocks)]  # offset of each block
        tokens = loaded.encoding.encode_ordinary(text)
        self._ends = [0, *accumulate(map(loaded.lengths.__getitem__, tokens))]  # byte offset behind each token

    def count(self, start: int, end: int) -> int:
        """What `count_tokens` says of `text[start:end]`."""
        text = self._text
        first = SEAM.search(text, start, min(start + STRIDE, end))
        last = self._last_seam(end)
        if first is None or last <= first.start():
            return count_tokens(text[start:end])
        between = self._tokens_before(last) - self._tokens_before(first.start())
        return count_tokens(text[start : first.start()]) + between + count_tokens(text[last:end])

    def reach(self, start: int, tokens: int) -> int:
        """The end of the last of `tokens` tokens from `start` on; off by one or two where a word is cut."""
        number = min(self._tokens_before(start) + tokens, len(self._ends) - 1)
        offset = self._ends[number]
        block = bisect_right(self._bytes, offset) - 1
        if block == len(self._bytes) - 1:
            return len(self._text)
        at = block * STRIDE
        head = self._text[at : at + STRIDE].encode()[: offset - self._bytes[block]]
        return at + len(head.decode(errors="ignore"))

    def _last_seam(self, end: int) -> int:
        """The last seam before `end`, -1 where none is near."""
        at = self._text.rfind(" ", max(0, end - STRIDE), end - 1)
        while at > 0 and not SEAM.match(self._text, at):
            at = self._text.rfind(" ", max(0, end - STRIDE), at)
        return at

    def _tokens_before(self, at: int) -> int:
        block = at // STRIDE
        offset = self._bytes[block] + len(self._text[block * STRIDE : at].encode())
        return bisect_left(self._ends, offset)


class CountingRuler:
    """Counts stretch by stretch, and learns how many characters a token takes."""

    def __init__(self, text: str, count: Count) -> None:
        self._text = text
        self._count = count
        self._per_token = 4.0  # what English takes, until the text itself tells

    def count(self, start: int, end: int) -> int:
        """What the given count says of `text[start:end]`."""
        tokens = self._count(self._text[start:end])
        if tokens > 0:
            self._per_token = (end - start) / tokens
        return tokens

    def reach(self, start: int, tokens: int) -> int:
        """Where the stretch would end if a token took what it took in the stretch counted last."""
        return start + int(tokens * self._per_token * 0.985)  # a small error must not overshoot
