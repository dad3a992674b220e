"""Trying a guild's prompts before they are saved: one briefing of a sample, and what is different from before.

It is written by the engine that this server's briefings are written by, under its budget, and kept nowhere but in
this process's memory, so that the next trial has something to be compared with.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date
from typing import Final, Protocol

from bot.domain.brief import Brief
from bot.domain.clock import Clock, utc_now
from bot.domain.document import Document
from bot.domain.draft import Finding, Usage
from bot.domain.errors import NutgrafError
from bot.domain.length import at_length
from bot.domain.newest import Newest
from bot.domain.order import ArticleOrder
from bot.domain.source import LinkSource, Source
from bot.prompting import PromptSet
from bot.prompting.overlay import by_name
from bot.services.briefing import BriefOptions, Chosen
from bot.services.manners import Admitted, Asker
from bot.services.prompt_changes import differences
from bot.wording import Phrase

_SAMPLE: Final = "sample:"  # in place of an address
_KEPT: Final = 64


class Affords(Protocol):
    """Says what a server's budget allows (`bot.services.admitting.Admission`)."""

    async def afford(self, asker: Asker, order: ArticleOrder) -> Admitted:
        """The order with what was chosen there, as far as there are tokens for it. Raises BudgetError."""
        ...


class Spends(Protocol):
    """Notes what was spent (`bot.services.books.UsageBook`)."""

    async def spend(self, key: str, guild_id: int, day: date, usage: Usage, user_id: int | None = None) -> bool:
        """Once for each key."""
        ...


class Writes(Protocol):
    """Writes a Brief over Documents (`bot.services.briefing.Briefer`)."""

    async def choose(self, options: BriefOptions) -> Chosen:
        """What the options come to."""
        ...

    async def read(self, sources: Sequence[Source]) -> tuple[tuple[Document, ...], tuple[Finding, ...]]:
        """The Documents of sources."""
        ...

    async def write(
        self,
        documents: tuple[Document, ...],
        unread: tuple[Finding, ...],
        options: BriefOptions,
        *,
        chosen: Chosen | None = None,
    ) -> Brief:
        """One Brief, by `chosen`."""
        ...


@dataclass(frozen=True, slots=True)
class Trial:
    """The briefing that was made, and what to say of it beside the card."""

    brief: Brief
    remarks: tuple[Phrase, ...]


class PromptTrials:
    """Tries sets of prompts, each trial within `seconds`."""

    def __init__(
        self,
        briefer: Writes,
        admission: Affords,
        usage: Spends,
        sample: Document,
        *,
        seconds: float,
        clock: Clock = utc_now,
    ) -> None:
        self._briefer = briefer
        self._admission = admission
        self._usage = usage
        self._sample = sample
        self._seconds = seconds
        self._clock = clock
        self._seen: Newest[tuple[object, ...], Brief] = Newest(_KEPT)

    async def run(
        self, asker: Asker, key: str, now: PromptSet, then: PromptSet, *, link: str | None = None
    ) -> Trial:
        """Brief the sample, or the page at `link`, by the set `then`, and compare it with the set `now`.

        `key` names the trial for the books: told twice, it is paid for once. Raises NutgrafError leaves.
        """
        source = LinkSource(url=link or _SAMPLE)
        admitted = await self._admission.afford(asker, ArticleOrder(sources=(source,)))
        options = _options(admitted.order)
        try:
            async with asyncio.timeout(self._seconds):
                documents = (await self._briefer.read([source]))[0] if link else (self._sample,)
                brief = await self._briefed(documents, options, then)
                await self._usage.spend(f"trial:{key}", asker.guild_id, self._today(), brief.usage, asker.user_id)
                before = await self._before(documents, options, now, brief)
        except TimeoutError:
            raise NutgrafError(
                Phrase("That trial took too long, so I stopped."),
                cure=Phrase("Try again, or with a shorter text."),
            ) from None
        remarks = [*([admitted.notice] if admitted.notice else []), *_engine_remarks(brief, now, then)]
        remarks += [*_chosen_remarks(admitted, now, then), *(differences(before, brief) if before else ())]
        return Trial(brief, tuple(remarks))

    async def _briefed(self, documents: tuple[Document, ...], options: BriefOptions, prompts: PromptSet) -> Brief:
        chosen = await self._briefer.choose(options)
        sections = at_length(prompts.section_values(), options.length)
        brief = await self._briefer.write(
            documents, (), options, chosen=replace(chosen, sections=sections, prompts=prompts)
        )
        self._seen.put(_key(documents, options, prompts), brief)
        return brief

    async def _before(
        self, documents: tuple[Document, ...], options: BriefOptions, now: PromptSet, brief: Brief
    ) -> Brief | None:
        """The Brief by the present set, where it costs nothing: from an earlier trial, or without a model."""
        seen = self._seen.get(_key(documents, options, now))
        if seen is not None or brief.engine != "extractive":
            return seen
        return await self._briefed(documents, replace(options, engine="extractive", model=None), now)

    def _today(self) -> date:
        return self._clock().astimezone(UTC).date()


def _engine_remarks(brief: Brief, now: PromptSet, then: PromptSet) -> Iterator[Phrase]:
    if brief.engine != "extractive":
        return
    yield Phrase(
        "The built-in engine wrote this. It follows no instructions: of a prompt it heeds the title, the place, "
        "the number of items, and whether the section is shown."
    )
    for prompt in then.sections:
        if not prompt.section.extractive and prompt.section.name not in by_name(now):
            yield Phrase("It leaves “{title}” empty: only a model can write it.", title=prompt.section.title)


def _chosen_remarks(admitted: Admitted, now: PromptSet, then: PromptSet) -> Iterator[Phrase]:
    """Sections that were chosen for the server keep a new one out of its briefings."""
    if admitted.choices.sections is None:
        return
    for prompt in then.sections:
        name = prompt.section.name
        if name not in by_name(now) and name not in admitted.choices.sections:
            yield Phrase(
                "This server chose its sections; for “{title}” to be among them, choose it, too.",
                title=prompt.section.title,
            )


def _options(order: ArticleOrder) -> BriefOptions:
    """As the server's briefings are written, with all sections of the set that is tried."""
    return BriefOptions(engine=order.engine, language=order.language, length=order.length, model=order.model)


def _key(documents: tuple[Document, ...], options: BriefOptions, prompts: PromptSet) -> tuple[object, ...]:
    return (*(document.id for document in documents), options, prompts.digest)
