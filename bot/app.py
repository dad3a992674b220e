"""Composition root: builds the real parts from Settings inside one exit stack; nothing here is global.

Parts that a run does not need are not imported: `nutgraf brief` on a text file loads no HTTP client.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.domain.completion import Endpoint
from bot.domain.errors import NutgrafError, SettingsError
from bot.domain.order import EngineChoice
from bot.domain.source import FileSource
from bot.domain.task import Engine
from bot.domain.watching import UNWATCHED, Observer
from bot.engines.cascade import CascadeEngine
from bot.engines.extractive import ExtractiveEngine
from bot.engines.patient import Model, PatientEngine
from bot.intake import Reader
from bot.jobs.ledger import NotedEndpoint
from bot.prompting import PromptSet, load_prompts
from bot.services.briefing import Briefer, BriefOptions
from bot.services.models import Models, offered_models
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.llm import HttpEndpoint


@dataclass(frozen=True, slots=True)
class App:
    """The parts that a front needs."""

    settings: Settings
    prompts: PromptSet
    briefer: Briefer
    endpoint: Endpoint | None
    reader: Reader
    engines: Mapping[EngineChoice, Engine]
    models: Models = field(default_factory=Models)


@asynccontextmanager
async def open_app(settings: Settings, observer: Observer = UNWATCHED) -> AsyncIterator[App]:
    """The App of `settings`; everything it opened is closed on leaving. Raises SettingsError and PromptError."""
    async with AsyncExitStack() as stack:
        prompts = await asyncio.to_thread(load_prompts, settings.prompts_dir)
        endpoint = await _open_endpoint(settings, stack, observer)
        reader = await stack.enter_async_context(Reader.open(settings))
        extractive = ExtractiveEngine()
        models = offered_models(settings)
        engines: dict[EngineChoice, Engine] = {"auto": extractive, "extractive": extractive}
        if endpoint is not None:
            model = await asyncio.to_thread(_llm_engine, endpoint, prompts, settings)
            engines["llm"] = PatientEngine(model, settings.brief_timeout_seconds)
            engines["auto"] = CascadeEngine(engines["llm"], extractive)
        yield App(
            settings=settings,
            prompts=prompts,
            briefer=Briefer(reader=reader, prompts=prompts, engines=engines, models=models),
            endpoint=endpoint,
            reader=reader,
            engines=engines,
            models=models,
        )


async def warm_up(app: App) -> None:
    """Load, by one briefing of a page of our own, what the first person would otherwise wait a second for."""
    sentences = "".join(
        f"<p>The ferry to island number {n} leaves at noon, said the harbour.</p>" for n in range(9)
    )
    page = f"<html><body><article><h1>Timetable</h1>{sentences}</article></body></html>"
    with suppress(NutgrafError):
        await app.briefer.brief(
            [FileSource(name="timetable.html", data=page.encode())], BriefOptions(engine="extractive")
        )


async def _open_endpoint(settings: Settings, stack: AsyncExitStack, observer: Observer) -> HttpEndpoint | None:
    if not settings.llm_base_url:
        return None
    if not settings.llm_model:
        raise SettingsError(
            "LLM_BASE_URL is set, but LLM_MODEL is not.",
            cure="Set LLM_MODEL to a name that the endpoint lists under /models.",
        )
    return await stack.enter_async_context(await asyncio.to_thread(_endpoint, settings, observer))


# Imported only where a model is configured, and in a thread: an import reads files, which would hold up the loop.


def _endpoint(settings: Settings, observer: Observer) -> AbstractAsyncContextManager[HttpEndpoint]:
    from bot.llm import HttpEndpoint  # noqa: PLC0415

    return HttpEndpoint.open(settings, observer)


def _llm_engine(endpoint: HttpEndpoint, prompts: PromptSet, settings: Settings) -> Model:
    from bot.engines.llm import LlmEngine  # noqa: PLC0415

    return LlmEngine(
        NotedEndpoint(endpoint),  # inside a durable job, calls that were answered are not made again
        prompts,
        concurrency=settings.llm_concurrency,
        max_answer_tokens=settings.llm_max_answer_tokens,
        token_factor=endpoint.profile.token_factor,
        mends=settings.llm_mend,
    )
