"""The main use case: Sources in, a proven Brief out.

Every front (Discord, the command line, a digest) goes through `Briefer.brief`, so what is promised of a Brief is
promised everywhere. The outside world is reached through the protocols below only.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.brief import Brief
from bot.domain.document import Document
from bot.domain.draft import Draft, Finding
from bot.domain.errors import ModelError, NutgrafError, SettingsError, SourceError, UsageError
from bot.domain.length import at_length
from bot.domain.order import EngineChoice, Length
from bot.domain.section import Section
from bot.domain.source import Source
from bot.domain.task import Engine, Mends, Progress, Prompts, Report, Task, say_nothing
from bot.services.mending import keeps_all, with_mended, worth_mending
from bot.services.models import Models, OffersModels
from bot.services.prompt_sets import OperatorsOnly, PromptSets
from bot.verify import Verdict, examine
from bot.wording import Phrase


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
    length: Length = "standard"
    model: str | None = None  # the name of a profile; None: the one configured first
    prompts: int = 0  # the guild whose own prompts are used; 0: the operator's
    fresh: bool = False  # written anew, though one lies on the shelf, where it then takes that one's place


@dataclass(frozen=True, slots=True)
class Chosen:
    """What BriefOptions come to: the Sections at the length wished, and where they differ from the operator's
    first choice, the guild's own prompts and what the endpoint calls the model."""

    sections: tuple[Section, ...]
    prompts: Prompts | None = None
    model: str | None = None


class Briefer:
    """Reads Sources, has an engine write a Draft, and has the verifier prove it.

    An engine that mends is asked once to correct what did not hold.
    """

    def __init__(
        self,
        *,
        reader: Reads,
        prompts: OffersSections,
        engines: Mapping[EngineChoice, Engine],
        prompt_sets: PromptSets | None = None,
        models: OffersModels | None = None,
    ) -> None:
        self._reader = reader
        self._prompts = prompts
        self._engines = engines
        self._prompt_sets = prompt_sets or OperatorsOnly()
        self._models = models or Models()

    async def brief(
        self, sources: Sequence[Source], options: BriefOptions | None = None, report: Report = say_nothing
    ) -> Brief:
        """One Brief over all `sources`.

        A Source that cannot be read is told as a Finding as long as another one could. Raises UsageError,
        SettingsError, SourceError (none could be read) and ModelError (the engine failed, no fallback allowed).
        """
        options = options or BriefOptions()
        chosen = await self.choose(options)  # what was asked wrongly is said before a site is troubled for it
        documents, unread = await self.read(sources, report)
        return await self.write(documents, unread, options, report, chosen=chosen)

    async def choose(self, options: BriefOptions) -> Chosen:
        """What `options` come to now. Raises UsageError, SettingsError and StorageError."""
        self._engine(options.engine)
        own = await self._prompt_sets.of_guild(options.prompts) if options.prompts else None
        sections = (own or self._prompts).section_values(options.sections)
        return Chosen(at_length(sections, options.length), own, self._models.model_id(options.model))

    async def write(
        self,
        documents: tuple[Document, ...],
        unread: tuple[Finding, ...],
        options: BriefOptions,
        report: Report = say_nothing,
        *,
        chosen: Chosen | None = None,
    ) -> Brief:
        """One Brief over `documents`; `unread` tells of Sources that could not be read. Raises as `brief`.

        `chosen` is what `choose` gave for the `options`, for callers who had to know it before.
        """
        engine = self._engine(options.engine)
        chosen = chosen or await self.choose(options)
        task = Task(
            documents=documents,
            sections=chosen.sections,
            language=options.language,
            report=report,
            length=options.length,
            model=chosen.model,
            prompts=chosen.prompts,
        )
        draft = await engine.write(task)
        if unread:
            draft = draft.model_copy(update={"findings": (*unread, *draft.findings)})
        report(Progress("checking"))
        verdict = await _examined(task, draft, options)
        if not isinstance(engine, Mends):
            return verdict.brief
        return await _mended(engine, task, draft, verdict, options)

    async def read(
        self, sources: Sequence[Source], report: Report = say_nothing
    ) -> tuple[tuple[Document, ...], tuple[Finding, ...]]:
        """The distinct Documents of `sources`, in order, and a Finding for each Source that could not be read."""
        if not sources:
            raise UsageError(
                Phrase("There is nothing to brief."), cure=Phrase("Give a link, a file or some text.")
            )
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
                Phrase("No model endpoint is configured."),
                cure=Phrase(
                    "Use the extractive engine. The person who runs this bot can set LLM_BASE_URL and LLM_MODEL."
                ),
            ) from None


async def _examined(task: Task, draft: Draft, options: BriefOptions) -> Verdict:
    # Pure computation on a long Document would hold up every other briefing on the loop.
    return await asyncio.to_thread(examine, draft, task.documents, task.sections, with_text=options.with_text)


async def _mended(engine: Mends, task: Task, draft: Draft, verdict: Verdict, options: BriefOptions) -> Brief:
    """The Brief after one mending; the one before it where mending fails or would cost what is proven already."""
    sent = worth_mending(verdict.brief, verdict.rejected, task.sections)
    if not sent:
        return verdict.brief
    try:
        mended = await engine.mend(task, draft, sent)
    except ModelError as error:
        failed = Finding.told("mend-failed", Phrase("What did not hold was not corrected: {why}", why=error.told))
        return (
            await _examined(task, draft.model_copy(update={"findings": (*draft.findings, failed)}), options)
        ).brief
    if not mended.sections and not mended.usage.calls:
        return verdict.brief
    corrected = with_mended(draft, sent, mended)
    after = await _examined(task, corrected, options)
    if keeps_all(verdict.brief, after.brief):
        return after.brief
    paid = draft.model_copy(update={"usage": corrected.usage})
    return (await _examined(task, paid, options)).brief


def _unread(failure: NutgrafError) -> Finding:
    return Finding.told(failure.code, Phrase("One source was left out: {why}", why=failure.told))
