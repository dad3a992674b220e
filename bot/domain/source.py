"""Source: what a person handed us, unopened."""

from __future__ import annotations

from datetime import date

from bot.domain.value import Value


class Known(Value):
    """What the person (or the feed) already told us about a Source; it outranks what the page says of itself."""

    published: date | None = None
    title: str | None = None
    url: str | None = None
    language: str | None = None  # ISO 639-1


class LinkSource(Value):
    """An http(s) address, not fetched yet."""

    url: str
    known: Known = Known()


class FileSource(Value):
    """The bytes of a file and the name it came under (a path or an attachment's name)."""

    name: str
    data: bytes
    known: Known = Known()


class TextSource(Value):
    """Text that a person pasted, said in a message, or sent as a JSON line."""

    text: str
    known: Known = Known()


Source = LinkSource | FileSource | TextSource
