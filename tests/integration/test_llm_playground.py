"""The whole road of a model's Draft: engine, HTTP, the playground's endpoint, and the verifier behind it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date

import pytest
from aiohttp import web

from bot.domain.brief import Brief, PointsSection, QuotesSection, TimelineSection
from bot.domain.document import Document
from bot.domain.task import Task
from bot.engines.cascade import CascadeEngine
from bot.engines.extractive import ExtractiveEngine
from bot.engines.llm import LlmEngine
from bot.llm import Connection, HttpEndpoint
from bot.llm.pacing import Clock
from bot.playground.model import DISCONNECT, MALFORMED, Model, rate_limited, server_error
from bot.prompting import load_prompts
from bot.verify import verify

pytestmark = pytest.mark.integration

PROMPTS = load_prompts()
ARTICLE = Document(
    text="The harbour council of Port Ellery voted on Friday to close the old fish market for two years.\n\n"
    "“We cannot ask people to work under a roof that may fall,” said Council Leader Maren Holt.\n\n"
    "Engineers found 14 cracked beams in March. The repair will cost 3 million pounds, the council said.\n\n"
    "Traders will move to the railway sheds on Monday, its clerk Tomas Reed said.",
    title="Port Ellery closes its fish market",
    published=date(2026, 11, 22),
)


@pytest.fixture
async def model() -> AsyncIterator[Model]:
    model = Model()
    app = web.Application()
    model.add_routes(app)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    model.base_url = f"http://{host}:{port}/v1"  # type: ignore[attr-defined]
    yield model
    await runner.cleanup()


async def no_wait(_: float) -> None:
    return None


async def brief(model: Model, *, context_tokens: int = 16_000, cascade: bool = False) -> Brief:
    base_url: str = model.base_url  # type: ignore[attr-defined]
    connection = Connection(base_url=base_url, model="stand-in", context_tokens=context_tokens)
    hours = iter(range(10_000))
    clock = Clock(sleep=no_wait, monotonic=lambda: next(hours) * 3600.0)
    async with HttpEndpoint.connect(connection, clock=clock) as endpoint:
        engine = LlmEngine(endpoint, PROMPTS)
        writer = CascadeEngine(engine, ExtractiveEngine()) if cascade else engine
        draft = await writer.write(Task((ARTICLE,), PROMPTS.section_values()))
    return await asyncio.to_thread(verify, draft, (ARTICLE,), PROMPTS.section_values())


async def test_a_models_draft_becomes_a_proven_brief_in_one_call(model: Model) -> None:
    made = await brief(model)
    points, quotes, timeline = made.sections
    assert len(model.requests) == 1
    assert isinstance(points, PointsSection)
    assert points.items
    assert isinstance(quotes, QuotesSection)
    assert quotes.items[0].text.startswith("We cannot ask people")
    assert "Maren Holt" in (quotes.items[0].speaker or "")
    assert isinstance(timeline, TimelineSection)
    assert "2026-11-20" in [event.date for event in timeline.items]
    assert (made.engine, made.model, made.usage.calls) == ("llm", "stand-in", 1)


async def test_trouble_that_passes_is_not_seen(model: Model) -> None:
    model.queue(rate_limited(30), server_error(503), MALFORMED)
    made = await brief(model)
    assert len(model.requests) == 4
    assert made.findings == (await brief(model)).findings


async def test_a_connection_that_is_cut_is_tried_again(model: Model) -> None:
    model.queue(DISCONNECT)
    assert (await brief(model)).sections[0].items


async def test_a_model_that_reads_less_than_configured_is_given_halves(model: Model) -> None:
    model.context_tokens = 1_000
    made = await brief(model)
    assert len(model.requests) > 2
    assert made.sections[1].items


async def test_when_the_model_stays_down_the_extractive_engine_writes_and_says_so(model: Model) -> None:
    model.queue(*[server_error()] * 9)
    made = await brief(model, cascade=True)
    assert made.engine == "extractive"
    assert made.findings[0].code == "fallback-extractive"
    assert made.sections[0].items
