"""The whole road of an answer: desk, engine, HTTP, the playground's scripted model, the verifier behind it."""

from __future__ import annotations

import pytest

from bot.domain.asking import Reply
from bot.domain.errors import ModelError
from bot.engines.cascade import CascadeEngine
from bot.engines.extractive import ExtractiveEngine
from bot.engines.llm import LlmEngine
from bot.playground.model import MALFORMED, Answer, rate_limited, server_error
from bot.prompting import load_prompts
from bot.services.asking import QuestionDesk
from bot.services.briefing import BriefOptions
from bot.services.models import Models
from tests.support.fish_market import ARTICLE, PlayedModel, connected, model

__all__ = ["model"]

PROMPTS = load_prompts()
QUESTION = "How much will the repair cost?"
ANSWER = {
    "said": True,
    "statements": [{"text": "The repair will cost 3 million pounds.", "passages": [3]}],
    "quotes": [],
}


async def ask(
    model: PlayedModel, question: str = QUESTION, *, cascade: bool = False, name: str | None = None
) -> Reply:
    async with connected(model) as endpoint:
        engine = LlmEngine(endpoint, PROMPTS)
        writer = CascadeEngine(engine, ExtractiveEngine()) if cascade else engine
        desk = QuestionDesk({"auto": writer}, models=Models({"stand-in": "stand-in", "deep": "vendor/o3-deep"}))
        return await desk.ask([ARTICLE], question, BriefOptions(model=name))


async def test_a_models_answer_becomes_a_proven_reply_in_one_call(model: PlayedModel) -> None:
    model.queue(ANSWER)
    reply = await ask(model)
    assert (reply.state, reply.engine, reply.model) == ("answered", "llm", "stand-in")
    assert reply.statements[0].passage == 3
    assert (reply.usage.calls, len(model.requests)) == (1, 1)
    schema = model.requests[0]["response_format"]["json_schema"]["schema"]
    assert schema["required"] == ["said", "statements", "quotes"]


async def test_a_model_that_invents_is_told_as_not_said(model: PlayedModel) -> None:
    model.queue(
        {"said": True, "statements": [{"text": "It costs 9 million pounds.", "passages": [3]}], "quotes": []}
    )
    reply = await ask(model)
    assert (reply.state, reply.statements) == ("not said", ())
    assert [finding.section for finding in reply.findings] == ["statements"]


async def test_a_model_that_says_the_text_does_not_say_is_believed(model: PlayedModel) -> None:
    model.queue({"said": False, "statements": [], "quotes": []})
    assert (await ask(model, "Who pays for it?")).state == "not said"


async def test_what_passes_is_waited_for(model: PlayedModel) -> None:
    model.queue(rate_limited(), server_error(), ANSWER)
    assert (await ask(model)).state == "answered"


@pytest.mark.parametrize("failing", [server_error(), MALFORMED, Answer("no JSON at all")])
async def test_an_endpoint_that_stays_bad_leaves_it_to_the_built_in_engine(
    model: PlayedModel, failing: Answer
) -> None:
    model.queue(*[failing] * 9)
    with pytest.raises(ModelError):
        await ask(model)
    model.clear()
    model.queue(*[failing] * 9)
    reply = await ask(model, cascade=True)
    assert (reply.state, reply.engine) == ("answered", "extractive")
    assert reply.findings[0].code == "fallback-extractive"
    assert reply.statements[0].text == "The repair will cost 3 million pounds, the council said."


async def test_another_model_of_the_endpoint_is_asked_by_its_id_and_in_its_own_manner(model: PlayedModel) -> None:
    model.queue(ANSWER, ANSWER)
    assert (await ask(model, name="deep")).model == "vendor/o3-deep"
    await ask(model)
    deep, default = model.requests
    assert (deep["model"], default["model"]) == ("vendor/o3-deep", "stand-in")
    assert "temperature" not in deep
    assert "max_completion_tokens" in deep
    assert default["temperature"] == 0
