"""Text and files that were handed in, laid on the shelf, so that an order holds nothing but addresses."""

from __future__ import annotations

from bot.domain.keeping import fingerprint
from bot.domain.order import KEPT
from bot.domain.source import LinkSource, Source
from bot.jobs.ports import Parts
from bot.text.links import url_key


async def keep(source: Source, parts: Parts) -> LinkSource:
    """Where the Document of `source` lies from now on. Raises SourceError leaves."""
    document = await parts.reader.read(source)
    url = f"{KEPT}{fingerprint(document)}"
    await parts.shelf.put_document(document, [url_key(url)], now=parts.clock())
    return LinkSource(url=url)
