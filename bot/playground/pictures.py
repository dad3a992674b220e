"""The pictures of the news site: flat scenes, each a table of shapes, painted when asked for.

Articles on the web have a lead picture, and a card shows it; these need no file, no library and nobody's rights.
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Iterator

WIDTH, HEIGHT = 640, 336
Colour = tuple[int, int, int]
Shape = tuple[Colour, tuple[tuple[float, float], ...]]
"""A polygon: its colour and its corners, in pixels from the upper left."""

_SKY, _DUSK, _SEA, _DEEP = (246, 214, 170), (236, 178, 138), (74, 118, 140), (44, 82, 104)
_STONE, _IRON, _NIGHT, _LAMP = (120, 106, 98), (58, 62, 74), (28, 34, 58), (250, 214, 120)
_SAND, _GRASS, _LEAF, _WATER = (224, 204, 160), (54, 112, 76), (88, 150, 92), (126, 190, 196)
_BUS, _WALL, _PAPER, _BOOK = (176, 58, 52), (208, 190, 166), (244, 236, 220), (122, 52, 60)


def _box(colour: Colour, left: float, top: float, right: float, bottom: float) -> Shape:
    return colour, ((left, top), (right, top), (right, bottom), (left, bottom))


def _disc(colour: Colour, x: float, y: float, radius: float) -> Shape:
    turns = [math.tau * i / 48 for i in range(48)]
    return colour, tuple((x + radius * math.cos(t), y + radius * math.sin(t)) for t in turns)


def _bridge() -> Iterator[Shape]:
    yield _box(_SKY, 0, 0, WIDTH, 130)
    yield _box(_DUSK, 0, 130, WIDTH, 210)
    yield _disc((252, 240, 206), 470, 170, 46)
    yield _box(_SEA, 0, 210, WIDTH, HEIGHT)
    for i in range(9):
        yield _box(_DEEP, 40 + i * 70 % 600, 228 + i * 11, 130 + i * 70 % 600, 231 + i * 11)
    yield _STONE, ((0, 190), (120, 190), (150, HEIGHT), (0, HEIGHT))
    yield _STONE, ((560, 190), (WIDTH, 190), (WIDTH, HEIGHT), (530, HEIGHT))
    yield _box(_STONE, 296, 206, 344, HEIGHT)
    yield _IRON, ((110, 186), (320, 176), (530, 96), (534, 106), (322, 198), (110, 198))
    for i in range(8):
        yield _IRON, ((136 + i * 24, 188), (140 + i * 24, 188), (322, 92), (318, 92))
    yield _box(_IRON, 314, 84, 326, 200)


def _meadow() -> Iterator[Shape]:
    for i in range(6):
        shade = (126 - i * 12, 190 - i * 16, 196 - i * 10)
        yield _box(shade, 0, i * 56, WIDTH, (i + 1) * 56)
    yield _SAND, ((0, 300), (200, 276), (420, 298), (WIDTH, 270), (WIDTH, HEIGHT), (0, HEIGHT))
    for i in range(58):
        foot, lean, tall = 8 + i * 11, (i * 37 % 41) - 20, 90 + i * 53 % 110
        colour = _LEAF if i % 3 else _GRASS
        yield colour, ((foot, 312), (foot + 8, 312), (foot + lean + 6, 310 - tall), (foot + lean + 3, 306 - tall))
    for x, y in ((150, 90), (196, 112), (128, 124), (430, 66), (470, 88)):
        yield (
            _PAPER,
            ((x, y), (x + 22, y - 9), (x + 34, y), (x + 46, y - 9), (x + 46, y + 9), (x + 34, y), (x + 22, y + 9)),
        )


def _bus() -> Iterator[Shape]:
    yield _box(_NIGHT, 0, 0, WIDTH, 250)
    yield _disc((232, 228, 210), 540, 62, 26)
    for i in range(9):
        left, top = i * 74 - 12, 70 + i * 61 % 80
        yield _box((44, 50, 80), left, top, left + 66, 250)
        for j in range(3):
            yield _box(
                _LAMP if (i + j) % 3 == 0 else (58, 66, 100),
                left + 12,
                top + 16 + j * 30,
                left + 28,
                top + 30 + j * 30,
            )
    yield _box((60, 62, 70), 0, 250, WIDTH, HEIGHT)
    for i in range(6):
        yield _box(_PAPER, 20 + i * 112, 300, 80 + i * 112, 305)
    yield _box(_BUS, 150, 140, 500, 272)
    for i in range(5):
        yield _box(_LAMP, 166 + i * 58, 158, 214 + i * 58, 204)
    yield _box((222, 226, 228), 458, 158, 492, 240)
    for x in (220, 430):
        yield _disc((20, 22, 28), x, 272, 30)
        yield _disc((140, 144, 150), x, 272, 12)
    yield _LAMP, ((500, 232), (WIDTH, 262), (WIDTH, 290), (500, 250))


def _book() -> Iterator[Shape]:
    yield _box(_WALL, 0, 0, WIDTH, 244)
    yield _box((150, 108, 76), 0, 244, WIDTH, HEIGHT)
    for i in range(15):
        left, tall = 14 + i * 42, 92 + i * 47 % 52
        colour = ((92 + i * 23 % 90), (70 + i * 37 % 70), (66 + i * 29 % 80))
        yield _box(colour, left, 180 - tall, left + 36, 180)
    yield _box((124, 84, 58), 0, 180, WIDTH, 194)
    yield _BOOK, ((196, 262), (420, 236), (470, 286), (240, 316))
    yield _PAPER, ((204, 254), (418, 230), (464, 276), (244, 304))
    yield _BOOK, ((196, 248), (412, 224), (462, 270), (240, 300))
    for i in range(9):
        x, y = 330 + i * 13, 262 - i * 9
        yield _GRASS, ((x, y), (x - 20, y - 26), (x + 7, y - 5))
        yield _LEAF, ((x, y), (x + 30, y + 10), (x + 7, y - 5))


SCENES = {
    "swing-bridge-closure": _bridge,
    "seagrass-meadows-return": _meadow,
    "night-bus-strike": _bus,
    "library-book-returned": _book,
}
"""By the slug of the article they belong to."""


def paint(name: str) -> bytes:
    """The scene of this name as a PNG of 640 x 336 pixels; KeyError where there is none."""
    shapes = list(SCENES[name]())
    colours = list(dict.fromkeys(colour for colour, _ in shapes))
    rows = [bytearray(WIDTH) for _ in range(HEIGHT)]
    for colour, corners in shapes:
        _fill(rows, colours.index(colour), corners)
    pixels = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)
    palette = bytes(value for colour in colours for value in colour)
    chunks = ((b"IHDR", head), (b"PLTE", palette), (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _fill(rows: list[bytearray], index: int, corners: tuple[tuple[float, float], ...]) -> None:
    """Paints a polygon row by row, between each pair of its edges that a row crosses."""
    edges = list(zip(corners, corners[1:] + corners[:1], strict=True))
    for y in range(max(0, int(min(c[1] for c in corners))), min(HEIGHT, math.ceil(max(c[1] for c in corners)))):
        middle = y + 0.5
        cuts = sorted(
            x0 + (middle - y0) * (x1 - x0) / (y1 - y0)
            for (x0, y0), (x1, y1) in edges
            if min(y0, y1) <= middle < max(y0, y1)
        )
        for left, right in zip(cuts[::2], cuts[1::2], strict=False):
            a, b = max(0, round(left)), min(WIDTH, round(right))
            if a < b:
                rows[y][a:b] = bytes([index]) * (b - a)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
