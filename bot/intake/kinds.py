"""What a file or an answer is, told from its name, its Content-Type and its first bytes."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Final, Literal
from urllib.parse import unquote, urlsplit

from bot.domain.errors import UnsupportedError
from bot.wording import Phrase

Kind = Literal["text", "markdown", "html"]

BY_SUFFIX: Final[dict[str, Kind]] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
}
BY_TYPE: Final[dict[str, Kind]] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "text/markdown": "markdown",
    "text/x-markdown": "markdown",
}
_IMAGE: Final = Phrase("image")
# First bytes of what is often handed over and is not read (yet): the sentence can then name it.
HEADS: Final = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", Phrase("Word, e-book or zip")),
    (b"\xd0\xcf\x11\xe0", Phrase("old Word")),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", _IMAGE),
    (b"\xff\xd8\xff", _IMAGE),
    (b"GIF8", _IMAGE),
    (b"\x1f\x8b", "gzip"),
)
MARKUP: Final = re.compile(
    rb"\s*(<!--.{0,2000}?-->\s*)*<(!doctype\s+html|html|head|body|article|div|meta|title)\b", re.I | re.S
)


def kind_of_file(name: str, data: bytes) -> Kind:
    """The kind of a named file. Raises UnsupportedError, saying which kinds are read."""
    suffix = _suffix(name)
    _refuse_known_heads(data)
    try:
        return BY_SUFFIX[suffix]
    except KeyError:
        unknown = Phrase("I cannot tell what kind of file that is.")
        raise UnsupportedError(Phrase("I cannot open {kind} files.", kind=suffix) if suffix else unknown) from None


def kind_of_page(url: str, content_type: str, data: bytes) -> Kind:
    """The kind of an answer from `url`. Raises UnsupportedError."""
    _refuse_known_heads(data)
    declared = content_type.partition(";")[0].strip().lower()
    by_name = BY_SUFFIX.get(_suffix(unquote(urlsplit(url).path)))
    kind = BY_TYPE.get(declared)
    if kind == "text" and by_name == "markdown":
        return "markdown"  # few servers know text/markdown
    if kind:
        return kind
    if declared in {"", "application/octet-stream", "binary/octet-stream"}:
        return by_name or ("html" if MARKUP.match(data) else "text")
    raise UnsupportedError(Phrase("That link leads to a file of a kind that I do not read."))


def _suffix(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).suffix.lower()


def _refuse_known_heads(data: bytes) -> None:
    for head, what in HEADS:
        if data.startswith(head):
            raise UnsupportedError(Phrase("I do not read {what} files yet.", what=what))
