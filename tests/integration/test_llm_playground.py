"""The whole road of a model's Draft: engine, HTTP, the playground's endpoint, and the verifier behind it."""

from __future__ import annotations

import asyncio

import pytest

from bot.domain.brief import Brief, PointsSection, QuotesSection, TimelineSection
from bot.domain.task import Task
from bot.engines.cascade import CascadeEngine
from bot.engines.extractive import ExtractiveEngine
from bot.engines.llm import LlmEngine
from bot.playground.model import DISCONNECT, MALFORMED, rate_limited, server_error
from bot.prompting import load_prompts
from bot.verify import verify
from tests.support.fish_market import ARTICLE, PlayedModel, connected, model

__all__ = ["model"]

pytestmark = pytest.mark.integration

PROMPTS = load_prompts()


async def brief(model: PlayedModel, *, context_tokens: int = 16_000, cascade: bool = False) -> Brief:
    async with connected(model, context_tokens=context_tokens) as endpoint:
        engine = LlmEngine(endpoint, PROMPTS)
        writer = CascadeEngine(engine, ExtractiveEngine()) if cascade else engine
        draft = await writer.write(Task((ARTICLE,), PROMPTS.section_values()))
    return await asyncio.to_thread(verify, draft, (ARTICLE,), PROMPTS.section_values())


async def test_a_models_draft_becomes_a_proven_brief_in_one_call(model: PlayedModel) -> None:
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


async def test_trouble_that_passes_is_not_seen(model: PlayedModel) -> None:
    model.queue(rate_limited(30), server_error(503), MALFORMED)
    made = await brief(model)
    assert len(model.requests) == 4
    assert made.findings == (await brief(model)).findings


async def test_a_connection_that_is_cut_is_tried_again(model: PlayedModel) -> None:
    model.queue(DISCONNECT)
    assert (await brief(model)).sections[0].items


async def test_a_model_that_reads_less_than_configured_is_given_halves(model: PlayedModel) -> None:
    model.context_tokens = 1_000
    made = await brief(model)
    assert len(model.requests) > 2
    assert made.sections[1].items


async def test_when_the_model_stays_down_the_extractive_engine_writes_and_says_so(model: PlayedModel) -> None:
    model.queue(*[server_error()] * 9)
    made = await brief(model, cascade=True)
    assert made.engine == "extractive"
    assert made.findings[0].code == "fallback-extractive"
    assert made.sections[0].items
