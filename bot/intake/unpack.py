"""Unpacks a compressed body piece by piece, so that a small download cannot fill the memory.

httpx would unpack each received piece whole: 64 KB of it can hold 64 MB. Here no more is unpacked than is allowed.
"""

from __future__ import annotations

import zlib
from typing import Final

from bot.domain.errors import TooLargeError, UnreachableError, UnsupportedError
from bot.wording import Phrase

ACCEPTED: Final = "gzip, deflate"  # what Accept-Encoding offers
PLAIN: Final = frozenset({"", "identity"})
GZIP_HEAD: Final = b"\x1f\x8b"
GZIP_OR_ZLIB: Final = 32 + zlib.MAX_WBITS  # zlib's flag for telling the two by their heads
GREATEST_RATIO: Final = 200  # HTML packs 5 to 20 times; a bomb a thousand times
RATIO_FROM: Final = 1_000_000  # bytes unpacked before the ratio is looked at: a page of blanks is no attack


class Body:
    """Collects a response's body. `encoding` is its Content-Encoding, `limit` the bytes allowed after unpacking.

    Raises UnsupportedError for an encoding that was not offered, TooLargeError past the limit or the ratio,
    UnreachableError when the packed stream is broken.
    """

    def __init__(self, encoding: str, limit: int) -> None:
        encoding = encoding.strip().lower()
        if encoding not in PLAIN | {"gzip", "x-gzip", "deflate"}:
            raise UnsupportedError(Phrase("That site packs its page in a way I cannot open."))
        self._unpacker = None if encoding in PLAIN else zlib.decompressobj(GZIP_OR_ZLIB)
        self._deflate = encoding == "deflate"
        self._limit = limit
        self._received = 0
        self._kept = bytearray()

    def add(self, piece: bytes) -> None:
        """Take the next piece as it came over the wire."""
        self._received += len(piece)
        try:
            self._kept += self._unpacked(piece)
        except zlib.error:
            raise UnreachableError(Phrase("That site sent a page that is broken.")) from None
        if len(self._kept) > self._limit:
            raise TooLargeError()
        if len(self._kept) > max(RATIO_FROM, GREATEST_RATIO * self._received):
            raise TooLargeError(Phrase("That page unpacks to far more than it should."))

    def finished(self) -> bytes:
        """The whole body. Raises UnreachableError when the packed stream stops short."""
        if self._unpacker is not None and self._received and not self._unpacker.eof:
            raise UnreachableError(Phrase("That site sent only a part of the page."))
        return bytes(self._kept)

    def _unpacked(self, piece: bytes) -> bytes:
        if self._unpacker is None:
            return piece
        unpacked = bytearray()
        while piece:
            if self._unpacker.eof:
                if not piece.startswith(GZIP_HEAD):
                    break  # padding behind the end, which every browser overlooks
                self._unpacker = zlib.decompressobj(GZIP_OR_ZLIB)  # RFC 1952: members may follow each other
            unpacked += self._step(piece, self._limit - len(self._kept) - len(unpacked) + 1)
            if len(self._kept) + len(unpacked) > self._limit:
                break
            piece = self._unpacker.unused_data
        return bytes(unpacked)

    def _step(self, piece: bytes, room: int) -> bytes:
        assert self._unpacker is not None  # noqa: S101  for mypy
        try:
            return self._unpacker.decompress(piece, room)
        except zlib.error:
            if not self._deflate or self._kept:
                raise
            # RFC 9110 means zlib by "deflate", but some servers send the raw stream.
            self._unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
            return self._unpacker.decompress(piece, room)
