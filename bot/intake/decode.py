"""Bytes to text: which charset a file or page is in.

UTF-8 that decodes is UTF-8, whatever is declared: wrong labels are common, text that happens to be valid UTF-8 is
not. Only the charsets made of 7-bit or of two-byte units have to be believed first.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Final

from bot.domain.errors import UnsupportedError
from bot.wording import Phrase

# Longest first: the UTF-32 mark begins with the UTF-16 one.
MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
BELIEVED_FIRST: Final = re.compile(r"(iso-?2022-|hz|utf-?(16|32)|utf-?7)", re.IGNORECASE)
# WHATWG Encoding Standard: on the web these labels all mean windows-1252.
MEANS_1252: Final = frozenset({"iso8859-1", "ascii", "iso8859-15", "latin-1"})
META: Final = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,40})""", re.IGNORECASE)
HEADER: Final = re.compile(r"""charset\s*=\s*["']?\s*([\w-]{2,40})""", re.IGNORECASE)
META_WITHIN: Final = 4_096  # bytes; the standard asks for 1,024, pages do not keep to it
SAMPLE: Final = 20_000  # bytes that charset detection looks at
CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
LOOKED_AT: Final = 4_096  # characters in which control characters are counted


def decoded(data: bytes, *, content_type: str = "", is_markup: bool = False) -> str:
    """The text of `data` without a byte-order mark. `content_type` is the HTTP header, `is_markup` allows <meta>.

    Raises UnsupportedError for what is no text.
    """
    for mark, charset in MARKS:
        if data.startswith(mark):
            return _checked(data[len(mark) :].decode(charset, "replace"))
    for charset in _candidates(data, content_type, is_markup=is_markup):
        try:
            return _checked(data.decode(charset).removeprefix("\ufeff"))
        except (LookupError, UnicodeDecodeError):
            continue
    return _checked(data.decode("cp1252", "replace"))


def _candidates(data: bytes, content_type: str, *, is_markup: bool) -> Iterator[str]:
    declared = [found.group(1) for found in [HEADER.search(content_type)] if found]
    if is_markup:
        declared += [found.group(1).decode("ascii") for found in [META.search(data, 0, META_WITHIN)] if found]
    # A <meta> that could be read as ASCII cannot stand in a UTF-16 page.
    if b"\x00" in data or b"\x1b" in data:
        yield from (name for name in declared if BELIEVED_FIRST.match(name))
    yield "utf-8"
    for name in declared:
        try:
            known = codecs.lookup(name).name
        except LookupError:
            continue
        yield "cp1252" if known in MEANS_1252 else known
    yield from _detected(data)


def _detected(data: bytes) -> Iterator[str]:
    from charset_normalizer import from_bytes  # noqa: PLC0415  only for the few files that declare nothing

    best = from_bytes(data[:SAMPLE]).best()
    if best is not None:
        yield best.encoding


def _checked(text: str) -> str:
    head = text[:LOOKED_AT]
    if "\x00" in head or len(CONTROLS.findall(head)) > len(head) // 50:
        raise UnsupportedError(Phrase("That is not a text file."))
    return text
