"""`nutgraf brief --plan`: reads the Sources, and says what a briefing of them would take. No model is called.

So an operator sees what a long read would cost before anything is spent.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Final

from bot.app import App
from bot.domain.document import Document
from bot.domain.errors import SettingsError
from bot.domain.section import Section
from bot.domain.source import Source
from bot.services.briefing import BriefOptions, Chosen

MERGED_BY_MODEL: Final = frozenset({"points", "text"})  # quotes and events of several chunks are merged by code


@dataclass(frozen=True, slots=True)
class PlannedSource:
    """One Document as it was read; `tokens` by our own count."""

    title: str | None
    url: str | None
    published: str | None
    published_from: str
    language: str
    words: int
    tokens: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be done; an estimate: an endpoint may count tokens differently, and calls may be repeated."""

    engine: str
    model: str | None
    sections: tuple[str, ...]
    sources: tuple[PlannedSource, ...]
    left_out: tuple[str, ...]
    words: int
    tokens: int
    chunks: int
    calls: int


async def print_plan(app: App, sources: Sequence[Source], options: BriefOptions, *, as_json: bool) -> None:
    """Read `sources` and print the Plan. Raises SourceError, UsageError and SettingsError."""
    if options.engine == "llm" and app.endpoint is None:
        raise SettingsError(
            "No model endpoint is configured.",
            cure="Set LLM_BASE_URL and LLM_MODEL, or use the extractive engine.",
        )
    chosen = await app.briefer.choose(options)
    documents, unread = await app.briefer.read(sources)
    left_out = tuple(finding.detail for finding in unread)
    plan = await asyncio.to_thread(_plan, app, options, chosen, documents, left_out)
    print(json.dumps(asdict(plan), ensure_ascii=False, indent=2) if as_json else "\n".join(_lines(plan)))


def _plan(
    app: App,
    options: BriefOptions,
    chosen: Chosen,
    documents: Sequence[Document],
    left_out: tuple[str, ...],
) -> Plan:
    read, sections = tuple(map(_planned, documents)), chosen.sections
    asks_model = app.endpoint is not None and options.engine != "extractive"
    chunks = _chunks(app, sections, documents, options.language) if asks_model else 0
    merges = chunks > 1 and any(section.kind in MERGED_BY_MODEL for section in sections)
    return Plan(
        engine="llm" if asks_model else "extractive",
        model=chosen.model or app.endpoint.model if app.endpoint is not None and asks_model else None,
        sections=tuple(section.name for section in sections),
        sources=read,
        left_out=left_out,
        words=sum(source.words for source in read),
        tokens=sum(source.tokens for source in read),
        chunks=chunks,
        calls=chunks + merges,
    )


def _planned(document: Document) -> PlannedSource:
    from bot.text.tokens import count_tokens  # noqa: PLC0415  the vocabulary takes half a second

    return PlannedSource(
        title=document.title,
        url=document.url,
        published=document.published.isoformat() if document.published else None,
        published_from=document.published_from,
        language=document.language,
        words=document.words,
        tokens=count_tokens(document.text),
    )


def _chunks(app: App, sections: tuple[Section, ...], documents: Sequence[Document], language: str) -> int:
    # The model engine's own arithmetic, imported only where a model would read.
    from bot.engines.llm.calls import Limits  # noqa: PLC0415
    from bot.engines.llm.engine import TOKEN_FACTOR  # noqa: PLC0415
    from bot.engines.llm.passages import headers_of, number_passages  # noqa: PLC0415
    from bot.engines.llm.plan import answer_room, article_budget, plan  # noqa: PLC0415
    from bot.engines.llm.reading import Order, overhead  # noqa: PLC0415

    context = app.settings.llm_context_tokens
    limits = Limits(context, answer_room(context, app.settings.llm_max_answer_tokens))
    order = Order(app.prompts, sections, headers_of(documents), language, limits)
    budget = article_budget(context, limits.answer, overhead(order), TOKEN_FACTOR)
    return len(plan(number_passages(documents), order.headers, budget))


def _lines(plan: Plan) -> Iterator[str]:
    for source in plan.sources:
        when = f"published {source.published} ({source.published_from})" if source.published else "no date known"
        title = source.title or source.url or "untitled text"
        yield f"source    {title}: {source.words:,} words, {source.tokens:,} tokens, {source.language}, {when}"
    yield from (f"left out  {detail}" for detail in plan.left_out)
    yield f"sections  {', '.join(plan.sections)}"
    yield f"engine    {plan.engine}{f' ({plan.model})' if plan.model else ', no model'}"
    yield f"chunks    {plan.chunks}"
    yield f"calls     {plan.calls}"
    yield f"total     {plan.words:,} words, {plan.tokens:,} tokens"
