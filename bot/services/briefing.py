"""The main use case: Sources in, a proven Brief out.

Every front (Discord, the command line, a digest) goes through `Briefer.brief`, so what is promised of a Brief is
promised everywhere. The outside world is reached through the protocols below only.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from bot.domain.brief import Brief
from bot.domain.document import Document
from bot.domain.draft import Finding
from bot.domain.errors import NutgrafError, SettingsError, SourceError, UsageError
from bot.domain.section import Section
from bot.domain.source import Source
from bot.domain.task import Engine, Progress, Report, Task, say_nothing
from bot.verify import verify

EngineChoice = Literal["auto", "extractive", "llm"]


class Reads(Protocol):
    """Opens a Source. Raises SourceError leaves."""

    async def read(self, source: Source) -> Document:
        """The Document of one Source."""
        ...


class OffersSections(Protocol):
    """Knows the Sections that the operator's prompt files define."""

    def section_values(self, names: Sequence[str] | None = None) -> tuple[Section, ...]:
        """The enabled Sections in order, or those named. Raises UsageError for an unknown name."""
        ...


@dataclass(frozen=True, slots=True)
class BriefOptions:
    """What a person may choose for one briefing."""

    engine: EngineChoice = "auto"
    language: str = "auto"
    sections: tuple[str, ...] | None = None
    with_text: bool = False


class Briefer:
    """Reads Sources, has an engine write a Draft, and has the verifier prove it."""

    def __init__(self, *, reader: Reads, prompts: OffersSections, engines: Mapping[EngineChoice, Engine]) -> None:
        self._reader = reader
        self._prompts = prompts
        self._engines = engines

    async def brief(
        self, sources: Sequence[Source], options: BriefOptions | None = None, report: Report = say_nothing
    ) -> Brief:
        """One Brief over all `sources`.

        A Source that cannot be read is told as a Finding as long as another one could. Raises UsageError,
        SettingsError, SourceError (none could be read) and ModelError (the engine failed, no fallback allowed).
        """
        options = options or BriefOptions()
        self._engine(options.engine)  # what was asked wrongly is said before a site is troubled for it
        self._prompts.section_values(options.sections)
        documents, unread = await self.read(sources, report)
        return await self.write(documents, unread, options, report)

    async def write(
        self,
        documents: tuple[Document, ...],
        unread: tuple[Finding, ...],
        options: BriefOptions,
        report: Report = say_nothing,
    ) -> Brief:
        """One Brief over `documents`; `unread` tells of Sources that could not be read. Raises as `brief`."""
        engine = self._engine(options.engine)
        sections = self._prompts.section_values(options.sections)
        draft = await engine.write(
            Task(documents=documents, sections=sections, language=options.language, report=report)
        )
        if unread:
            draft = draft.model_copy(update={"findings": (*unread, *draft.findings)})
        report(Progress("checking"))
        # Pure computation on a long Document would hold up every other briefing on the loop.
        return await asyncio.to_thread(verify, draft, documents, sections, with_text=options.with_text)

    async def read(
        self, sources: Sequence[Source], report: Report = say_nothing
    ) -> tuple[tuple[Document, ...], tuple[Finding, ...]]:
        """The distinct Documents of `sources`, in order, and a Finding for each Source that could not be read."""
        if not sources:
            raise UsageError("There is nothing to brief.", cure="Give a link, a file or some text.")
        report(Progress("reading", 0, len(sources)))
        results = await asyncio.gather(*(self._reader.read(source) for source in sources), return_exceptions=True)
        documents: dict[str, Document] = {}
        failures: list[SourceError] = []
        for result in results:
            if isinstance(result, SourceError):
                failures.append(result)
            elif isinstance(result, BaseException):
                raise result
            else:
                documents.setdefault(result.id, result)
        report(Progress("reading", len(documents), len(sources)))
        if not documents:
            raise failures[0]
        return tuple(documents.values()), tuple(_unread(failure) for failure in failures)

    def _engine(self, choice: EngineChoice) -> Engine:
        try:
            return self._engines[choice]
        except KeyError:
            raise SettingsError(
                "No model endpoint is configured.",
                cure="Set LLM_BASE_URL and LLM_MODEL, or use the extractive engine.",
            ) from None


def _unread(failure: NutgrafError) -> Finding:
    return Finding(code=failure.code, detail=f"One source was left out: {failure.said}")
