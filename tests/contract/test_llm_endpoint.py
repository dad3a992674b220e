"""What every Endpoint promises, asked of the fake and of HttpEndpoint over real HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import pytest

from bot.domain.completion import Completion, CompletionRequest, Endpoint
from bot.domain.errors import (
    ContentFilteredError,
    ContextOverflowError,
    EndpointDownError,
    EndpointRefusedError,
    ModelError,
    QuotaError,
    RateLimitedError,
)
from bot.llm import Connection, HttpEndpoint, probe
from bot.llm.pacing import Clock
from tests.support.fake_endpoint import FakeEndpoint
from tests.support.scripted_server import Reply, said, scripted_server

pytestmark = pytest.mark.contract

REQUEST = CompletionRequest(system="Answer.", user="Who?", json_schema={"type": "object"}, max_tokens=40)

REFUSALS: dict[type[ModelError], Reply] = {
    EndpointDownError: Reply("down", 503),
    EndpointRefusedError: Reply({"error": "no"}, 401),
    QuotaError: Reply({"error": {"code": "insufficient_quota"}}, 429),
    RateLimitedError: Reply("busy", 429),
    ContextOverflowError: Reply({"error": {"code": "context_length_exceeded"}}, 400),
    ContentFilteredError: Reply({"error": {"code": "content_filter"}}, 400),
}


@dataclass
class Staged:
    """An Endpoint and the ways to make it say or refuse something."""

    endpoint: Endpoint
    will_say: Callable[..., None]
    will_refuse: Callable[[type[ModelError]], None]


@pytest.fixture(params=["fake", "http"])
async def staged(request: pytest.FixtureRequest) -> AsyncIterator[Staged]:
    if request.param == "fake":
        fake = FakeEndpoint()

        def will_say(text: str, finish: Any = "stop") -> None:
            fake.replies.append(lambda asked: fake.said(asked, text).model_copy(update={"finish": finish}))

        yield Staged(fake, will_say, lambda leaf: fake.replies.append(leaf()))
        return

    async def no_wait(_: float) -> None:
        await asyncio.sleep(0)

    async with scripted_server() as server:
        connection = Connection(base_url=server.base_url, model="fake-1", retries=1)
        clock = Clock(sleep=no_wait, monotonic=_growing())
        async with HttpEndpoint.connect(connection, clock=clock) as endpoint:
            yield Staged(
                endpoint,
                lambda text, finish="stop": server.will(said(text, finish=finish)),
                lambda leaf: server.will(REFUSALS[leaf], REFUSALS[leaf]),
            )


def _growing() -> Callable[[], float]:
    """A monotonic clock that runs an hour with every look, so that no pause is ever waited for."""
    hours = iter(range(10_000))
    return lambda: next(hours) * 3600.0


async def test_it_answers_with_the_models_text(staged: Staged) -> None:
    staged.will_say('{"a": 1}')
    completion = await staged.endpoint.complete(REQUEST)
    assert isinstance(completion, Completion)
    assert (completion.text, completion.finish) == ('{"a": 1}', "stop")


async def test_it_says_its_model_and_context(staged: Staged) -> None:
    assert (staged.endpoint.model, staged.endpoint.context_tokens) == ("fake-1", 16_000)


async def test_a_completion_counts_as_one_call_with_tokens(staged: Staged) -> None:
    staged.will_say("yes")
    usage = (await staged.endpoint.complete(REQUEST)).usage
    assert usage.calls == 1
    assert usage.prompt_tokens > 0
    assert usage.completion_tokens > 0


@pytest.mark.parametrize("finish", ["length", "content_filter", "refusal"])
async def test_an_unfinished_answer_says_so(staged: Staged, finish: str) -> None:
    staged.will_say("half", finish)
    assert (await staged.endpoint.complete(REQUEST)).finish == finish


@pytest.mark.parametrize("leaf", list(REFUSALS))
async def test_a_failure_is_a_leaf_of_the_model_errors(staged: Staged, leaf: type[ModelError]) -> None:
    staged.will_refuse(leaf)
    with pytest.raises(leaf):
        await staged.endpoint.complete(REQUEST)


async def test_it_takes_several_calls_at_once(staged: Staged) -> None:
    for _ in range(5):
        staged.will_say("yes")
    done = await asyncio.gather(*(staged.endpoint.complete(REQUEST) for _ in range(5)))
    assert [completion.text for completion in done] == ["yes"] * 5


async def test_a_probe_of_a_good_endpoint_says_so_in_one_sentence(staged: Staged) -> None:
    staged.will_say('{"ready": true}')
    found = await probe(staged.endpoint)
    assert found.ok
    assert "fake-1 answers" in found.sentence


async def test_a_probe_tells_of_answers_that_are_no_json(staged: Staged) -> None:
    staged.will_say("Yes, I am!")
    found = await probe(staged.endpoint)
    assert found.ok
    assert "not in plain JSON" in found.sentence


async def test_a_probe_of_a_bad_endpoint_says_what_to_do(staged: Staged) -> None:
    staged.will_refuse(EndpointRefusedError)
    found = await probe(staged.endpoint)
    assert not found.ok
    assert "nutgraf doctor" in found.sentence
