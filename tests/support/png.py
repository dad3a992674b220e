"""Reads the pixels of a PNG: eight bits a channel, not interlaced, as our own pictures are."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

_CHANNELS = {2: 3, 6: 4}


@dataclass(frozen=True, slots=True)
class Picture:
    """`rows` of `width` pixels, each as (red, green, blue)."""

    width: int
    rows: tuple[tuple[tuple[int, int, int], ...], ...]

    @property
    def colours(self) -> set[tuple[int, int, int]]:
        return {pixel for row in self.rows for pixel in row}

    def ink(self, left: int, right: int) -> int:
        """How many pixels between two columns are not of the ground, which is the colour of the first pixel."""
        ground = self.rows[0][0]
        return sum(pixel != ground for row in self.rows for pixel in row[left:right])


def read_png(data: bytes) -> Picture:
    """The picture of `data`."""
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    chunks = dict[bytes, bytes]()
    at = 8
    while at < len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        chunks[kind] = chunks.get(kind, b"") + data[at + 8 : at + 8 + length]
        at += 12 + length
    width, _, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    assert (depth, interlaced) == (8, 0)
    step = _CHANNELS[colour]
    lines = _unfiltered(zlib.decompress(chunks[b"IDAT"]), width * step, step)
    rows = tuple(
        tuple((line[x], line[x + 1], line[x + 2]) for x in range(0, width * step, step)) for line in lines
    )
    return Picture(width, rows)


def _unfiltered(raw: bytes, length: int, step: int) -> Iterator[bytes]:
    before = bytes(length)
    for start in range(0, len(raw), length + 1):
        kind, line = raw[start], bytearray(raw[start + 1 : start + 1 + length])
        for x in range(length):
            left, up, corner = (
                (line[x - step] if x >= step else 0),
                before[x],
                (before[x - step] if x >= step else 0),
            )
            line[x] = (line[x] + (0, left, up, (left + up) // 2, _paeth(left, up, corner))[kind]) & 0xFF
        before = bytes(line)
        yield before


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((left, up, corner), key=lambda near: abs(guess - near))
