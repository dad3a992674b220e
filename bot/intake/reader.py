"""Reader: a Source in, a Document out.

What is promised here is that nothing is briefed that was not read: a page is read whole or refused, never cut
(`coverage` is 1.0 for every Document made here), and what holds no article text is refused too.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import TYPE_CHECKING, Final

from bot.domain.document import Document, PublishedFrom
from bot.domain.errors import NoTextError, TooLargeError
from bot.domain.source import FileSource, Known, LinkSource, Source, TextSource
from bot.intake.content import Extract, Raw
from bot.intake.kinds import Kind, kind_of_file, kind_of_page
from bot.intake.plain_text import title_line
from bot.settings import Settings
from bot.text.dates import document_time
from bot.text.language import detect_language
from bot.wording import Phrase

if TYPE_CHECKING:
    from bot.intake.fetch import Fetches

FEWEST_WORDS: Final[dict[Kind, int]] = {"text": 1, "markdown": 1, "html": 25}
STUB_WORDS: Final = 200  # a page that calls itself closed to non-subscribers shows at most that much as a teaser

# A "word" for the counts above: in scripts without spaces every character is one.
WORD: Final = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff]|[^\W\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff]+"
)


class Reader:
    """Opens Sources by links, files and text. Built by `Reader.open`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @classmethod
    @asynccontextmanager
    async def open(cls, settings: Settings) -> AsyncIterator[Reader]:
        """A Reader for the time of a `with` block."""
        yield cls(settings)

    async def read(self, source: Source) -> Document:
        """The Document of `source`. Raises SourceError leaves only."""
        if isinstance(source, TextSource):
            given = Extract(text=source.text, title=title_line(source.text))
            return await asyncio.to_thread(_document, given, "text", source.known)
        if isinstance(source, FileSource):
            return await self._file(source)
        return await self._link(source)

    async def _file(self, source: FileSource) -> Document:
        if len(source.data) > self._settings.fetch_max_bytes:
            raise TooLargeError()
        kind = kind_of_file(source.name, source.data)
        return await _worked(kind, Raw(source.data, url=source.known.url), source.known)

    async def _link(self, source: LinkSource) -> Document:
        fetcher = await asyncio.to_thread(_fetcher, self._settings)
        page = await fetcher.fetch(source.url)
        kind = kind_of_page(page.url, page.content_type, page.data)
        known = source.known if source.known.url else source.known.model_copy(update={"url": page.url})
        return await _worked(kind, Raw(page.data, url=page.url, content_type=page.content_type), known)


def _fetcher(settings: Settings) -> Fetches:
    """In a thread: the first call imports httpx, which a text file need not wait for."""
    from bot.intake.fetch import HttpFetcher  # noqa: PLC0415

    return HttpFetcher.of(settings)


async def _worked(kind: Kind, raw: Raw, known: Known) -> Document:
    """Extraction and what follows, in a thread: it is up to 100 ms in which the gateway's heartbeat must go on."""
    return await asyncio.to_thread(_opened, kind, raw, known)


def _opened(kind: Kind, raw: Raw, known: Known) -> Document:
    from bot.intake.extractors import EXTRACTORS  # noqa: PLC0415

    return _document(EXTRACTORS[kind](raw), kind, known)


def _document(extract: Extract, kind: Kind, known: Known) -> Document:
    _refuse_empty(extract, kind)
    published, published_from = _published(extract, known)
    detected = known.language or detect_language(extract.text)
    return Document(
        text=extract.text,
        title=known.title or extract.title,
        author=extract.author,
        site=extract.site,
        url=known.url or extract.url,
        published=published,
        published_from=published_from,
        block_quotes=extract.block_quotes,
        picture=extract.picture,
        language=detected if detected != "und" else extract.language or "und",
    )


def _refuse_empty(extract: Extract, kind: Kind) -> None:
    words = sum(1 for _ in WORD.finditer(extract.text))
    if words < FEWEST_WORDS[kind]:
        raise NoTextError()
    if extract.is_stub and words < STUB_WORDS:
        raise NoTextError(
            Phrase("That page shows only the opening of the article; the rest is for subscribers."),
            cure=Phrase("Open it yourself and paste the article's text."),
        )


def _published(extract: Extract, known: Known) -> tuple[date | None, PublishedFrom]:
    if known.published:
        return known.published, "given"
    if extract.published:
        return extract.published, extract.published_from
    dateline = document_time(extract.text)
    return (dateline[0], "dateline") if dateline else (None, "unknown")
