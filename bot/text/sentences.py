"""Where the sentences of a text are, on exact offsets.

`sentencex` knows the abbreviations of some 300 languages; it is asked one paragraph at a time, so that a sentence
never runs over a paragraph's end.
"""

from __future__ import annotations

from typing import Final

from bot.domain.value import Span
from bot.text.paragraphs import ONE_BREAK, paragraphs, trimmed

FALLBACK: Final = "en"


def sentences(text: str, *, language: str = FALLBACK) -> list[Span]:
    """The sentences of `text` in order, trimmed, each inside one paragraph; `language` is ISO 639-1 or "und"."""
    return [sentence for paragraph in paragraphs(text) for sentence in sentences_in(text, paragraph, language)]


def sentences_in(text: str, paragraph: Span, language: str = FALLBACK) -> list[Span]:
    """The sentences of one paragraph of `text`."""
    from sentencex import segment  # noqa: PLC0415  a native library: loaded when the first text needs it

    flat = ONE_BREAK.sub(lambda found: " " * len(found.group()), paragraph.of(text))
    if flat.encode("utf-8", "replace").decode("utf-8") != flat:
        flat = "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in flat)
    found: list[Span] = []
    at = 0
    for piece in segment(language if language != "und" else FALLBACK, flat):
        span = trimmed(text, Span(at, at + len(piece)).shifted(paragraph.start))
        at += len(piece)
        if span.start < span.end:
            found.append(span)
    return found
