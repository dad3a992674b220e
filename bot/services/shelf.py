"""Reading and briefing through the shelf: an article that many ask for is fetched once and paid for once.

`ShelvedReader` stands in for the reader, `ShelvedBriefer` in front of the Briefer; both keep what they made and
share what is under way. What is under a key on the shelf is what would be made again, so nobody sees a difference
but in time and cost.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from bot.domain.brief import Brief
from bot.domain.clock import Clock, utc_now
from bot.domain.document import Document
from bot.domain.errors import NoTextError
from bot.domain.keeping import BriefKey
from bot.domain.order import KEPT
from bot.domain.source import Known, LinkSource, Source
from bot.domain.task import Report, say_nothing
from bot.services.books import BriefShelf
from bot.services.briefing import Briefer, BriefOptions, Chosen, Reads
from bot.services.sharing import Sharing
from bot.text.links import url_key
from bot.wording import Phrase

NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
FRESH: Final = timedelta(hours=6)  # articles are corrected and grow; after that a link is read again


class Shelved(NamedTuple):
    """A Brief, and whether it was written (and paid for) by this very call."""

    brief: Brief
    paid: bool


class Writer(NamedTuple):
    """Who writes where nothing else is chosen: part of the key that a Brief is kept under."""

    prompts_digest: str
    engine: str  # "extractive" or "llm"
    model: str | None = None


class ShelvedReader:
    """Reads links through the shelf; files and pasted text pass by it."""

    def __init__(
        self, reader: Reads, shelf: BriefShelf, *, clock: Clock = utc_now, fresh: timedelta = FRESH
    ) -> None:
        self._reader = reader
        self._shelf = shelf
        self._clock = clock
        self._fresh = fresh
        self._reading: Sharing[str, Document] = Sharing()

    async def read(self, source: Source) -> Document:
        """The Document of one Source. Raises SourceError leaves."""
        if not isinstance(source, LinkSource):
            return await self._reader.read(source)
        document = await self.at_hand(source)
        if document is not None:
            return document
        if source.url.startswith(KEPT):
            raise NoTextError(
                Phrase("That text is no longer kept."), cure=Phrase("Paste it, or attach the file, once more.")
            )
        key = url_key(source.url)
        return _with_known(await self._reading.once(key, lambda: self._read(key, source)), source.known)

    async def at_hand(self, source: LinkSource) -> Document | None:
        """The Document as it lies on the shelf, fresh enough to be used; what was handed in does not go stale."""
        since = NEVER if source.url.startswith(KEPT) else self._clock() - self._fresh
        document = await self._shelf.document(url_key(source.url), since)
        return _with_known(document, source.known) if document else None

    async def _read(self, key: str, source: LinkSource) -> Document:
        document = await self._reader.read(source)
        keys = dict.fromkeys([key, *([url_key(document.url)] if document.url else [])])
        await self._shelf.put_document(document, keys, now=self._clock())
        return document


class ShelvedBriefer:
    """Briefs through the shelf, with the Briefer's own face. Its Briefer must read through a ShelvedReader."""

    def __init__(
        self, briefer: Briefer, shelf: BriefShelf, writer: Callable[[], Writer], *, clock: Clock = utc_now
    ) -> None:
        self._briefer = briefer
        self._shelf = shelf
        self._writer = writer
        self._clock = clock
        self._writing: Sharing[str, Brief] = Sharing()

    async def brief(
        self, sources: Sequence[Source], options: BriefOptions | None = None, report: Report = say_nothing
    ) -> Brief:
        """One Brief over all `sources`; raises what `Briefer.brief` raises."""
        return (await self.brief_once(sources, options, report)).brief

    async def brief_once(
        self, sources: Sequence[Source], options: BriefOptions | None = None, report: Report = say_nothing
    ) -> Shelved:
        """The same, and whether it was written by this call."""
        options = options or BriefOptions()
        chosen = await self._briefer.choose(options)
        documents, unread = await self._briefer.read(sources, report)
        if unread or options.with_text:  # such a Brief says more than its key
            brief = await self._briefer.write(documents, unread, options, report, chosen=chosen)
            return Shelved(brief, paid=True)
        key = self._key(documents, options, chosen)
        if not options.fresh and (kept := await self._shelf.brief(key)):
            return Shelved(kept, paid=False)
        paid = False

        async def write() -> Brief:
            nonlocal paid
            brief, paid = await self._write(key, documents, options, chosen, report)
            return brief

        under_way = f"{key.digest}{options.fresh}"
        brief = await self._writing.once(under_way, write)  # `write` runs for the first who asks only
        return Shelved(brief, paid)

    async def kept(self, documents: Sequence[Document], options: BriefOptions) -> Brief | None:
        """The Brief of these Documents that lies on the shelf."""
        if options.with_text or options.fresh:
            return None
        return await self._shelf.brief(self._key(documents, options, await self._briefer.choose(options)))

    async def _write(
        self,
        key: BriefKey,
        documents: tuple[Document, ...],
        options: BriefOptions,
        chosen: Chosen,
        report: Report,
    ) -> Shelved:
        if not options.fresh and (kept := await self._shelf.brief(key)):
            return Shelved(kept, paid=False)  # finished by another between our look and our turn
        brief = await self._briefer.write(documents, (), options, report, chosen=chosen)
        if brief.engine != key.engine:
            # What the fallback wrote is kept as its own, so that it does not stand in for the model's Brief.
            key = key.model_copy(update={"engine": brief.engine, "model": brief.model})
        await self._shelf.put_brief(key, brief, now=self._clock())
        return Shelved(brief, paid=True)

    def _key(self, documents: Sequence[Document], options: BriefOptions, chosen: Chosen) -> BriefKey:
        writer, own = self._writer(), chosen.prompts
        return BriefKey.of(
            documents,
            prompts_digest=own.digest if own else writer.prompts_digest,
            guild=options.prompts if own else 0,
            engine=writer.engine if options.engine == "auto" else options.engine,
            model=None if options.engine == "extractive" else chosen.model or writer.model,
            language=options.language,
            sections=options.sections,
            length=options.length,
        )


class AtHand:
    """Briefs that lie ready: nothing is read and nothing written for them."""

    def __init__(self, reader: ShelvedReader, briefer: ShelvedBriefer) -> None:
        self._reader = reader
        self._briefer = briefer

    async def brief(self, sources: Sequence[LinkSource], options: BriefOptions) -> Brief | None:
        """The Brief over all `sources`; None where one of them, or the Brief, would have to be made."""
        documents: dict[str, Document] = {}
        for source in sources:
            document = await self._reader.at_hand(source)
            if document is None:
                return None
            documents[document.id] = document
        return await self._briefer.kept(tuple(documents.values()), options)


def _with_known(document: Document, known: Known) -> Document:
    """What this asker already knew outranks what the first asker's page said."""
    update: dict[str, object] = {}
    if known.published and known.published != document.published:
        update |= {"published": known.published, "published_from": "given"}
    if known.title and known.title != document.title:
        update["title"] = known.title
    return document.model_copy(update=update) if update else document
