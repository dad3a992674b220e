"""The scripted model endpoint: queue, history, misfortunes, and the stand-in that answers by itself."""

from __future__ import annotations

import json

import httpx
import jsonschema
import pytest

from bot.playground import Playground
from bot.playground.model import DISCONNECT, FILTERED, MALFORMED, Answer, cut_short, rate_limited, server_error

pytestmark = pytest.mark.integration

LIST = {"type": "array", "items": {"type": "integer"}}
POINT = {"type": "object", "properties": {"text": {"type": "string"}, "passages": LIST}}
QUOTE = {
    "type": "object",
    "properties": {
        "text": {"type": "string"},
        "speaker": {"type": ["string", "null"]},
        "passage": {"type": "integer"},
    },
}
EVENT = {
    "type": "object",
    "properties": {"text": {"type": "string"}, "when": {"type": ["string", "null"]}, "passages": LIST},
}
SCHEMA = {
    "type": "object",
    "required": ["summary", "quotes", "timeline"],
    "properties": {
        "summary": {"type": "array", "items": POINT},
        "quotes": {"type": "array", "items": QUOTE},
        "timeline": {"type": "array", "items": EVENT},
    },
}
MATERIAL = """[1] The bridge will close on January 11, 2027, after a long argument in the town council. It is old.
[2] “We can mend this bridge once, properly, or never at all,” said Ingrid Vaskelund, who leads the council.
[3] Inspectors found cracks in March 2024 during a routine survey of the whole crossing."""
SHAPE = '{"summary": [{"text": "…", "passages": [number, …]}], "quotes": [{"text": "…", "speaker": "…" or null}]}'


async def ask(playground: Playground, words: str = MATERIAL, **more: object) -> httpx.Response:
    body = {"model": "any", "messages": [{"role": "user", "content": words}], **more}
    async with httpx.AsyncClient(trust_env=False, timeout=5) as client:
        return await client.post(f"{playground.model_url}/chat/completions", json=body)


def content(response: httpx.Response) -> str:
    return str(response.json()["choices"][0]["message"]["content"])


async def test_queued_answers_come_in_order_and_requests_are_kept(playground: Playground) -> None:
    playground.model.queue("first", {"summary": []}, lambda body: f"asked {body['model']}")
    assert [content(await ask(playground)) for _ in range(3)] == ["first", '{"summary": []}', "asked any"]
    assert len(playground.model.requests) == 3
    assert playground.model.requests[0]["messages"][0]["content"] == MATERIAL


async def test_stand_in_answers_by_the_schema_from_the_passages(playground: Playground) -> None:
    form = {"type": "json_schema", "json_schema": {"name": "brief", "schema": SCHEMA, "strict": True}}
    answered = json.loads(content(await ask(playground, response_format=form)))
    jsonschema.validate(answered, SCHEMA)
    assert answered["summary"][0]["passages"] == [1]
    assert answered["summary"][0]["text"].endswith("town council.")
    (quote,) = answered["quotes"]
    assert (quote["speaker"], quote["passage"]) == ("Ingrid Vaskelund", 2)
    assert quote["text"] == "We can mend this bridge once, properly, or never at all"
    assert [event["when"] for event in answered["timeline"]] == ["January 11, 2027", "March 2024"]


async def test_stand_in_reads_the_shape_from_the_prompt_without_a_schema(playground: Playground) -> None:
    answered = json.loads(content(await ask(playground, f"{MATERIAL}\nExactly this shape:\n{SHAPE}")))
    assert [len(answered["summary"]), len(answered["quotes"])] == [3, 1]


@pytest.mark.parametrize(
    ("scripted", "status", "shows"),
    [
        (rate_limited(2), 429, "rate_limit_exceeded"),
        (server_error(503), 503, "server_error"),
        (Answer(status=400, error="too long", code="context_length_exceeded"), 400, "context_length_exceeded"),
        (Answer(error="upstream failed"), 200, "upstream failed"),
        (FILTERED, 200, "content_filter"),
        (cut_short('{"summary": ['), 200, '"finish_reason": "length"'),
        (Answer("x", reasoning="let me think"), 200, "let me think"),
    ],
)
async def test_scripted_misfortunes(playground: Playground, scripted: Answer, status: int, shows: str) -> None:
    playground.model.queue(scripted)
    response = await ask(playground)
    assert response.status_code == status
    assert shows in response.text


async def test_broken_bodies_cut_lines_and_missing_usage(playground: Playground) -> None:
    playground.model.queue(MALFORMED, DISCONNECT, Answer("x", usage=False))
    with pytest.raises(json.JSONDecodeError):
        (await ask(playground)).json()
    with pytest.raises(httpx.TransportError):
        await ask(playground)
    assert "usage" not in (await ask(playground)).json()


async def test_stream_ends_with_done(playground: Playground) -> None:
    playground.model.queue("x" * 100)
    body = (await ask(playground, stream=True)).text
    events = [line.removeprefix("data: ") for line in body.split("\n\n") if line]
    assert events[-1] == "[DONE]"
    said = [json.loads(e)["choices"][0]["delta"].get("content", "") for e in events[:-1]]
    assert "".join(said) == "x" * 100


async def test_key_and_context_length_are_checked_when_set(playground: Playground) -> None:
    playground.model.key = "secret"
    assert (await ask(playground)).status_code == 401
    playground.model.key, playground.model.context_tokens = None, 20
    assert (await ask(playground)).json()["error"]["code"] == "context_length_exceeded"
