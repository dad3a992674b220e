"""Which characters a font file can draw: its `cmap` table, read as ranges.

A font library would do this too, at fifty times the size and a second of start-up for a large font.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

_WHOLE, _BASIC = 12, 4  # formats of a subtable: all of Unicode, and its first 65,536 code points
_LAST_SEGMENT: Final = 0xFFFF  # closes format 4, and is no character


class Coverage:
    """The code points that a font has a glyph for."""

    def __init__(self, ranges: list[tuple[int, int]]) -> None:
        self._ranges = sorted(ranges)
        self._starts = [start for start, _ in self._ranges]

    @classmethod
    def of(cls, font: bytes) -> Coverage:
        """The coverage of an OpenType font. Raises ValueError where it has no table of characters that we read."""
        tables = _subtables(font)
        for wanted, read in ((_WHOLE, _groups), (_BASIC, _segments)):
            if wanted in tables:
                return cls(list(read(font, tables[wanted])))
        raise ValueError("no cmap of a known format")

    def __contains__(self, code_point: int) -> bool:
        at = bisect_right(self._starts, code_point) - 1
        return at >= 0 and code_point <= self._ranges[at][1]


def _subtables(font: bytes) -> dict[int, int]:
    """Where the subtables of `cmap` begin, by format."""
    (count,) = struct.unpack_from(">H", font, 4)
    for number in range(count):
        tag, _, start, _ = struct.unpack_from(">4sIII", font, 12 + 16 * number)
        if tag == b"cmap":
            (subtables,) = struct.unpack_from(">H", font, start + 2)
            offsets = [start + struct.unpack_from(">HHI", font, start + 4 + 8 * n)[2] for n in range(subtables)]
            return {struct.unpack_from(">H", font, offset)[0]: offset for offset in offsets}
    return {}


def _groups(font: bytes, start: int) -> Iterator[tuple[int, int]]:
    (count,) = struct.unpack_from(">I", font, start + 12)
    for number in range(count):
        first, last, glyph = struct.unpack_from(">III", font, start + 16 + 12 * number)
        yield first + (glyph == 0), last  # glyph 0 is the empty box


def _segments(font: bytes, start: int) -> Iterator[tuple[int, int]]:
    doubled = struct.unpack_from(">H", font, start + 6)[0]
    ends, starts = start + 14, start + 16 + doubled
    for at in range(0, doubled, 2):
        first, last = struct.unpack_from(">H", font, starts + at)[0], struct.unpack_from(">H", font, ends + at)[0]
        if last != _LAST_SEGMENT:
            yield first, last
