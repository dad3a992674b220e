"""`nutgraf extract`: the text and facts that intake reads out of pages and files, one JSON line each."""

from __future__ import annotations

import asyncio
from argparse import Namespace
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from bot.cli.inputs import STDIN, Row, file_bytes, published, rows, sources_of
from bot.cli.outputs import print_row, print_rows
from bot.domain.document import Document
from bot.domain.errors import UsageError
from bot.domain.source import FileSource, Known, Source
from bot.intake import Reader
from bot.intake.unpack import Body
from bot.settings import Settings, load_settings


def extract(arguments: Namespace) -> int:
    """Run the command; the exit code is the worst row's. Raises SourceError leaves without --jsonl."""
    settings = load_settings()
    known = Known(published=published(arguments.published))
    limit = settings.fetch_max_bytes
    if arguments.jsonl:
        return asyncio.run(_rows(rows(arguments.sources, max_bytes=limit), known, settings))
    sources = sources_of(arguments.sources, arguments.text, known, max_bytes=limit)
    names = [*arguments.sources, STDIN][: len(sources)]
    return asyncio.run(_sources(names, sources, settings))


async def _sources(names: Sequence[str], sources: Sequence[Source], settings: Settings) -> int:
    async with Reader.open(settings) as reader:
        for name, source in zip(names, sources, strict=True):
            print_row({"id": name, **_printed(await reader.read(source))})
    return 0


async def _rows(given: Iterable[Row], known: Known, settings: Settings) -> int:
    async with Reader.open(settings) as reader:

        async def one(row: Row) -> dict[str, Any]:
            page = await asyncio.to_thread(_page, row, known, settings.fetch_max_bytes)
            return _printed(await reader.read(page))

        return await print_rows(given, one)


def _page(row: Row, known: Known, limit: int) -> FileSource:
    """The page of one line: its `html`, or the file at its `path` (an `html` without markup is a path, too)."""
    html, path = row.text("html"), row.text("path")
    known = known.model_copy(update={"url": row.text("url")})
    if html is not None and ("<" in html or not Path(html).suffix):
        return FileSource(name="page.html", data=html.encode("utf-8", "replace"), known=known)
    name = path or html
    if not name:
        raise UsageError('The line has neither "html" nor "path".', cure="Give the page, or the name of its file.")
    data = file_bytes(name, max_bytes=limit)
    if name.endswith(".gz"):
        name, data = name.removesuffix(".gz"), _unpacked(data, limit)
    return FileSource(name=Path(name).name, data=data, known=known)


def _unpacked(data: bytes, limit: int) -> bytes:
    body = Body("gzip", limit)
    body.add(data)
    return body.finished()


def _printed(document: Document) -> dict[str, Any]:
    return {
        "text": document.text,
        "title": document.title,
        "author": document.author,
        "published": document.published.isoformat() if document.published else None,
        "published_from": document.published_from,
        "site": document.site,
        "url": document.url,
        "language": document.language,
    }
