"""HttpEndpoint over real HTTP: the ladder, retries, pauses, limits, and what never gets out."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import SecretStr

from bot.domain.completion import CompletionRequest
from bot.domain.errors import (
    BadAnswerError,
    EndpointDownError,
    EndpointRefusedError,
    ModelError,
    QuotaError,
    RateLimitedError,
    SettingsError,
)
from bot.llm import Connection, HttpEndpoint
from bot.llm.endpoint import MOST_ANSWER_BYTES
from bot.llm.pacing import Clock
from bot.llm.profiles import DEFAULT, Profile
from bot.settings import Settings
from tests.support.scripted_server import Reply, ScriptedServer, said, scripted_server

pytestmark = pytest.mark.integration

KEY = "sk-very-secret-0123456789"
ARTICLE = "zqx article text zqx"
REQUEST = CompletionRequest(system="s", user=ARTICLE, json_schema={"type": "object"}, max_tokens=40)


@dataclass
class Hands:
    """A clock whose hands move only by sleeping, which takes no time."""

    at: float = 0.0
    slept: list[float] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds
        await asyncio.sleep(0)

    def clock(self) -> Clock:
        now = datetime(2026, 11, 20, 12, 0, 0, tzinfo=UTC)
        return Clock(monotonic=lambda: self.at, now=lambda: now, sleep=self.sleep, jitter=lambda: 1.0)


class StoppedHands(Hands):
    """A clock that stands still in front of whoever sleeps, until it goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.sleeper: asyncio.Queue[float] = asyncio.Queue()
        self.goes_on = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        self.sleeper.put_nowait(seconds)
        await self.goes_on.wait()
        self.at = max(self.at, 30.0)


@pytest.fixture
async def server() -> AsyncIterator[ScriptedServer]:
    async with scripted_server() as server:
        yield server


@pytest.fixture
def hands() -> Hands:
    return Hands()


@asynccontextmanager
async def endpoint_to(
    server: ScriptedServer, hands: Hands, *, profile: Profile = DEFAULT, **more: Any
) -> AsyncIterator[HttpEndpoint]:
    known = {"base_url": server.base_url, "model": "m", "api_key": SecretStr(KEY)} | more
    async with HttpEndpoint.connect(Connection(**known), profile=profile, clock=hands.clock()) as endpoint:
        yield endpoint


def formats(server: ScriptedServer) -> list[str | None]:
    return [asked.json.get("response_format", {}).get("type") for asked in server.asked]


async def test_a_request_carries_key_model_messages_and_the_bases_query(
    server: ScriptedServer, hands: Hands
) -> None:
    server.will(said("{}"))
    async with endpoint_to(server, hands, base_url=server.base_url + "?api-version=2024-10-21") as endpoint:
        await endpoint.complete(REQUEST)
    asked = server.asked[0]
    assert asked.path == "/v1/chat/completions"
    assert asked.query == {"api-version": "2024-10-21"}
    assert asked.headers["Authorization"] == f"Bearer {KEY}"
    assert asked.json["messages"][1] == {"role": "user", "content": ARTICLE}


async def test_an_azure_profile_sends_the_key_in_its_header(server: ScriptedServer, hands: Hands) -> None:
    server.will(said("{}"))
    async with endpoint_to(server, hands, profile=Profile(auth_header="api-key")) as endpoint:
        await endpoint.complete(REQUEST)
    assert server.asked[0].headers["api-key"] == KEY
    assert "Authorization" not in server.asked[0].headers


async def test_without_a_key_no_key_is_sent(server: ScriptedServer, hands: Hands) -> None:
    server.will(said("{}"))
    async with endpoint_to(server, hands, api_key=None) as endpoint:
        await endpoint.complete(REQUEST)
    assert "Authorization" not in server.asked[0].headers


async def test_the_environments_proxy_is_not_used(
    server: ScriptedServer, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    server.will(said("{}"))
    async with endpoint_to(server, hands, retries=0) as endpoint:
        assert (await endpoint.complete(REQUEST)).text == "{}"


@pytest.mark.parametrize("status", [400, 422, 500])
async def test_a_refused_json_mode_is_stepped_down_and_remembered(
    server: ScriptedServer, hands: Hands, status: int
) -> None:
    refusal = Reply({"error": "'response_format.type' is not supported"}, status)
    server.will(refusal, refusal, said("{}"), said("{}"))
    async with endpoint_to(server, hands, retries=0) as endpoint:
        await endpoint.complete(REQUEST)
        await endpoint.complete(REQUEST)
    assert formats(server) == ["json_schema", "json_object", None, None]
    assert hands.slept == []


async def test_calls_refused_together_step_down_once(server: ScriptedServer, hands: Hands) -> None:
    refusal = Reply({"error": {"message": "Unknown field json_schema"}}, 400)
    server.will(refusal, refusal, refusal, said("{}"), said("{}"), said("{}"))
    async with endpoint_to(server, hands, retries=0) as endpoint:
        await asyncio.gather(*(endpoint.complete(REQUEST) for _ in range(3)))
        assert endpoint.manner.response_format == "json_object"


async def test_a_plain_failure_does_not_step_down(server: ScriptedServer, hands: Hands) -> None:
    server.will(Reply("internal error", 500), said("{}"))
    async with endpoint_to(server, hands) as endpoint:
        await endpoint.complete(REQUEST)
    assert formats(server) == ["json_schema", "json_schema"]


async def test_the_last_step_refused_is_an_error(server: ScriptedServer, hands: Hands) -> None:
    server.will(*[Reply({"error": "response_format"}, 400)] * 3)
    async with endpoint_to(server, hands) as endpoint:
        with pytest.raises(EndpointRefusedError):
            await endpoint.complete(REQUEST)
    assert len(server.asked) == 3


async def test_the_other_name_for_the_limit_is_learned(server: ScriptedServer, hands: Hands) -> None:
    said_so = "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."
    server.will(Reply({"error": {"message": said_so}}, 400), said("{}"), said("{}"))
    async with endpoint_to(server, hands, retries=0) as endpoint:
        await endpoint.complete(REQUEST)
        await endpoint.complete(REQUEST)
    assert ["max_completion_tokens" in asked.json for asked in server.asked] == [False, True, True]
    assert "max_tokens" not in server.asked[1].json


async def test_the_old_name_is_learned_where_the_new_one_is_unknown(server: ScriptedServer, hands: Hands) -> None:
    refusal = Reply({"detail": [{"loc": ["body", "max_completion_tokens"], "msg": "Extra inputs"}]}, 422)
    server.will(refusal, said("{}"))
    async with endpoint_to(server, hands, profile=Profile(max_tokens_name="max_completion_tokens")) as endpoint:
        await endpoint.complete(REQUEST)
    assert server.asked[1].json["max_tokens"] == 40


async def test_two_names_both_refused_are_an_error_not_a_loop(server: ScriptedServer, hands: Hands) -> None:
    server.will(*[Reply({"error": "'max_tokens' and max_completion_tokens are unknown"}, 400)] * 9)
    async with endpoint_to(server, hands) as endpoint:
        with pytest.raises(EndpointRefusedError):
            await endpoint.complete(REQUEST)
    assert len(server.asked) == 2


async def test_a_refused_temperature_is_left_out(server: ScriptedServer, hands: Hands) -> None:
    refusal = Reply({"error": {"message": "'temperature' does not support 0 with this model"}}, 400)
    server.will(refusal, said("{}"))
    async with endpoint_to(server, hands, retries=0) as endpoint:
        await endpoint.complete(REQUEST)
    assert ["temperature" in asked.json for asked in server.asked] == [True, False]


@pytest.mark.parametrize(
    "trouble",
    [Reply("", 408), Reply("", 409), Reply("", 429), Reply("", 500), Reply("", 503), said("half", finish=None),
     Reply('{"choices": [', cut=True), Reply({"error": {"code": 502, "message": "x"}}), Reply("not json")],
)  # fmt: skip
async def test_trouble_that_may_pass_is_tried_again(server: ScriptedServer, hands: Hands, trouble: Reply) -> None:
    server.will(trouble, trouble, said("{}"))
    async with endpoint_to(server, hands) as endpoint:
        assert (await endpoint.complete(REQUEST)).text == "{}"
    assert hands.slept == [0.5, 1.0]


@pytest.mark.parametrize(
    ("trouble", "leaf"),
    [
        (Reply("", 503), EndpointDownError),
        (Reply("", 429), RateLimitedError),
        (said("", finish=None), BadAnswerError),
    ],
)
async def test_trouble_to_the_last_try_is_an_error(
    server: ScriptedServer, hands: Hands, trouble: Reply, leaf: type[ModelError]
) -> None:
    server.will(*[trouble] * 9)
    async with endpoint_to(server, hands, retries=2) as endpoint:
        with pytest.raises(leaf):
            await endpoint.complete(REQUEST)
    assert len(server.asked) == 3


@pytest.mark.parametrize(
    "refusal",
    [Reply({"error": {"type": "insufficient_quota"}}, 429), Reply("", 402), Reply({"error": {"code": 402}})],
)
async def test_no_credit_is_never_tried_again(server: ScriptedServer, hands: Hands, refusal: Reply) -> None:
    server.will(refusal, said("{}"))
    async with endpoint_to(server, hands) as endpoint:
        with pytest.raises(QuotaError):
            await endpoint.complete(REQUEST)
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("headers", "waited"),
    [
        ({"Retry-After": "7"}, 7.0),
        ({"Retry-After": "2.5"}, 2.5),
        ({"retry-after-ms": "250"}, 0.25),
        ({"Retry-After": "Fri, 20 Nov 2026 12:00:09 GMT"}, 9.0),
        ({"Retry-After": "120"}, 60.0),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
async def test_what_the_server_asks_is_waited(
    server: ScriptedServer, hands: Hands, headers: dict[str, str], waited: float, status: int
) -> None:
    server.will(Reply("", status, headers), said("{}"))
    async with endpoint_to(server, hands) as endpoint:
        await endpoint.complete(REQUEST)
    assert hands.slept == [waited]


async def test_a_server_that_asks_for_an_hour_is_not_waited_for(server: ScriptedServer, hands: Hands) -> None:
    server.will(Reply("", 429, {"Retry-After": "3600"}), said("{}"))
    async with endpoint_to(server, hands) as endpoint:
        with pytest.raises(RateLimitedError):
            await endpoint.complete(REQUEST)
    assert hands.slept == []


async def test_one_429_pauses_all_callers(server: ScriptedServer) -> None:
    stopped = StoppedHands()
    server.will(Reply("", 429, {"Retry-After": "30"}), said("{}"), said("{}"))
    async with endpoint_to(server, stopped) as endpoint, asyncio.TaskGroup() as calls:
        calls.create_task(endpoint.complete(REQUEST))
        await stopped.sleeper.get()
        calls.create_task(endpoint.complete(REQUEST))
        assert await stopped.sleeper.get() == 30
        assert len(server.asked) == 1
        stopped.goes_on.set()
    assert len(server.asked) == 3


async def test_a_server_that_does_not_answer_in_time_is_not_asked_twice(
    server: ScriptedServer, hands: Hands
) -> None:
    server.will(*[Reply(hang=True)] * 3)
    async with endpoint_to(server, hands, timeout=0.05, retries=5) as endpoint:
        with pytest.raises(EndpointDownError, match="in time"):
            await endpoint.complete(REQUEST)
    assert len(server.asked) == 1


async def test_a_port_that_nobody_listens_on_is_an_endpoint_that_is_down(hands: Hands) -> None:
    connection = Connection(base_url="http://127.0.0.1:9/v1", model="m", retries=1)
    async with HttpEndpoint.connect(connection, clock=hands.clock()) as endpoint:
        with pytest.raises(EndpointDownError):
            await endpoint.complete(REQUEST)
    assert hands.slept == [0.5]


async def test_a_redirect_is_not_followed(server: ScriptedServer, hands: Hands) -> None:
    server.will(Reply("", 307, {"Location": server.base_url + "/chat/completions"}), said("{}"))
    async with endpoint_to(server, hands) as endpoint:
        with pytest.raises(EndpointRefusedError, match="another address"):
            await endpoint.complete(REQUEST)
    assert len(server.asked) == 1


async def test_a_page_instead_of_a_completion_points_to_the_address(server: ScriptedServer, hands: Hands) -> None:
    server.will(Reply("<html>Sign in</html>"))
    async with endpoint_to(server, hands, retries=0) as endpoint:
        with pytest.raises(BadAnswerError, match="LLM_BASE_URL"):
            await endpoint.complete(REQUEST)


async def test_an_answer_without_end_is_cut_at_the_limit(server: ScriptedServer, hands: Hands) -> None:
    server.will(Reply(b"x" * (MOST_ANSWER_BYTES + 10)))
    async with endpoint_to(server, hands) as endpoint:
        with pytest.raises(BadAnswerError, match="too long"):
            await endpoint.complete(REQUEST)


async def test_a_missing_usage_is_counted_and_said_to_be_an_estimate(server: ScriptedServer, hands: Hands) -> None:
    server.will(said('{"a": 1}', usage=False), said('{"a": 1}'))
    async with endpoint_to(server, hands) as endpoint:
        estimate = (await endpoint.complete(REQUEST)).usage
        reported = (await endpoint.complete(REQUEST)).usage
    assert estimate.estimated
    assert estimate.prompt_tokens > 3
    assert (reported.estimated, reported.prompt_tokens, reported.completion_tokens) == (False, 21, 7)


async def test_reasoning_is_taken_out(server: ScriptedServer, hands: Hands) -> None:
    server.will(said("<think>hm</think>{}", reasoning_content="hm"))
    async with endpoint_to(server, hands) as endpoint:
        assert (await endpoint.complete(REQUEST)).text == "{}"


async def test_neither_key_nor_article_stands_in_an_error_or_a_log(
    server: ScriptedServer, hands: Hands, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    echo = {"error": {"message": f"bad request {KEY}: {ARTICLE}"}}
    server.will(Reply(echo, 400), Reply(echo, 401), Reply(echo, 503), Reply(echo), Reply(f"{KEY} {ARTICLE}", 500))
    base = server.base_url + "?key=hidden-in-the-query"
    async with endpoint_to(server, hands, retries=0, base_url=base) as endpoint:
        for _ in range(5):
            with pytest.raises(ModelError) as raised:
                await endpoint.complete(REQUEST)
            shown = f"{raised.value!r} {raised.value} {raised.value.__context__!r} {raised.value.__cause__!r}"
            assert "zqx" not in shown
            assert KEY not in shown
    assert "zqx" not in caplog.text
    assert KEY not in caplog.text
    assert "hidden-in-the-query" not in caplog.text
    assert KEY not in repr(endpoint._connection)


async def test_cancelling_a_call_leaves_no_task_behind(server: ScriptedServer, hands: Hands) -> None:
    server.will(Reply(hang=True))
    before = asyncio.all_tasks()
    async with endpoint_to(server, hands) as endpoint:
        call = asyncio.create_task(endpoint.complete(REQUEST))
        await server.was_asked.wait()
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
    server.released.set()
    assert {task for task in asyncio.all_tasks() - before if "aiohttp" not in repr(task)} == set()


async def test_it_opens_from_settings(server: ScriptedServer) -> None:
    server.will(said("{}"))
    settings = Settings(
        llm_base_url=server.base_url, llm_model="m", llm_api_key=SecretStr(KEY), llm_context_tokens=9_000
    )
    async with HttpEndpoint.open(settings) as endpoint:
        assert (endpoint.model, endpoint.context_tokens) == ("m", 9_000)
        await endpoint.complete(REQUEST)


@pytest.mark.parametrize(("base_url", "key"), [("ftp://h/v1", None), ("nonsense", None), ("http://h/v1", "a\nb")])
async def test_a_setting_that_cannot_work_is_told_before_the_first_call(base_url: str, key: str | None) -> None:
    connection = Connection(base_url=base_url, model="m", api_key=SecretStr(key) if key else None)
    with pytest.raises(SettingsError) as raised:
        async with HttpEndpoint.connect(connection):
            pass
    assert "LLM_" in str(raised.value)
