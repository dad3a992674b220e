"""The wire form: what is sent, and every shape of answer that a 200 may hold."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.completion import CompletionRequest
from bot.domain.errors import BadAnswerError
from bot.llm.failures import Failure
from bot.llm.reasoning import without_reasoning
from bot.llm.wire import Answer, Manner, completions_url, read_answer, request_body

pytestmark = pytest.mark.unit

SCHEMA = {"type": "object", "properties": {}, "required": [], "additionalProperties": False}
REQUEST = CompletionRequest(system="s", user="u", json_schema=SCHEMA, max_tokens=50)


def answered(content: Any, finish: Any = "stop", **more: Any) -> bytes:
    message = {"role": "assistant", "content": content, **more.pop("message", {})}
    return json.dumps({"choices": [{"message": message, "finish_reason": finish}], **more}).encode()


def read(body: bytes) -> Answer:
    answer = read_answer(body)
    assert isinstance(answer, Answer)
    return answer


@pytest.mark.parametrize(
    ("base", "url"),
    [
        ("http://127.0.0.1:11434/v1", "http://127.0.0.1:11434/v1/chat/completions"),
        ("http://127.0.0.1:11434/v1/", "http://127.0.0.1:11434/v1/chat/completions"),
        ("https://h/openai/deployments/d?api-version=2024", "https://h/openai/deployments/d/chat/completions?api-version=2024"),
        ("https://h/v1/chat/completions", "https://h/v1/chat/completions"),
        (" https://h ", "https://h/chat/completions"),
    ],
)  # fmt: skip
def test_the_address_is_built_from_the_base_and_keeps_its_query(base: str, url: str) -> None:
    assert str(completions_url(base)) == url


@pytest.mark.parametrize("base", ["", "ftp://h/v1", "h/v1", "http://", "http://h:port/"])
def test_what_is_no_web_address_is_refused(base: str) -> None:
    with pytest.raises(ValueError, match="address"):
        completions_url(base)


def test_only_what_is_needed_is_sent() -> None:
    body = request_body(REQUEST, "m", Manner("text", "max_tokens", sends_temperature=True))
    assert set(body) == {"model", "messages", "max_tokens", "temperature"}
    body = request_body(REQUEST, "m", Manner("json_object", "max_completion_tokens", sends_temperature=False))
    assert set(body) == {"model", "messages", "max_completion_tokens", "response_format"}
    assert body["response_format"] == {"type": "json_object"}


def test_the_schema_is_sent_in_strict_mode_and_only_where_there_is_one() -> None:
    manner = Manner("json_schema", "max_tokens", sends_temperature=True)
    sent = request_body(REQUEST, "m", manner)["response_format"]["json_schema"]
    assert (sent["strict"], sent["schema"]) == (True, SCHEMA)
    bare = REQUEST.model_copy(update={"json_schema": {}})
    assert "response_format" not in request_body(bare, "m", manner)


def test_a_lone_surrogate_in_an_article_can_be_sent() -> None:
    request = REQUEST.model_copy(update={"user": "a\ud800b"})
    body = request_body(request, "m", Manner("text", "max_tokens", sends_temperature=True))
    assert json.dumps(body, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("reason", "finish"),
    [("stop", "stop"), ("STOP", "stop"), ("eos", "stop"), ("tool_calls", "stop"), ("length", "length"),
     ("max_tokens", "length"), ("content_filter", "content_filter"), ("SAFETY", "content_filter"),
     ("refusal", "refusal")],
)  # fmt: skip
def test_a_finish_reason_becomes_one_of_ours(reason: str, finish: str) -> None:
    assert read(answered("x", reason)).finish == finish


def test_a_refusal_field_is_a_refusal() -> None:
    assert read(answered(None, message={"refusal": "I cannot"})).finish == "refusal"
    assert read(answered("x", message={"refusal": None})).finish == "stop"


@pytest.mark.parametrize("reason", [None, "", "error"])
def test_an_answer_without_a_finish_reason_is_a_failed_call(reason: str | None) -> None:
    failure = read_answer(answered("half an ans", reason))
    assert isinstance(failure, Failure)
    assert isinstance(failure.error, BadAnswerError)
    assert failure.retries > 0


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"null", b"[]", b"3", b'"x"', b"{}", b'{"choices": []}', b'{"choices": [null]}', b"\xff\xfe",
     b'{"choices": [{"finish_reason": "stop"}]}', b'{"choices": [{"message": "x"}]}', b'{"choices": {"0": 1}}',
     b"[" * 200_000, b'{"choices": [{"message": {}, "finish_reason": 3'],
)  # fmt: skip
def test_a_broken_body_is_a_failed_call(body: bytes) -> None:
    assert isinstance(read_answer(body), Failure)


def test_text_parts_are_joined_and_thinking_parts_left_out() -> None:
    parts = [
        {"type": "thinking", "thinking": "hm"},
        {"type": "text", "text": "a"},
        {"type": "text", "text": "b"},
        3,
    ]
    assert read(answered(parts)).text == "ab"


def test_reasoning_fields_are_dropped() -> None:
    body = answered("yes", message={"reasoning": "secret", "reasoning_content": "secret"})
    assert read(body).text == "yes"


@pytest.mark.parametrize(
    "usage", [None, {}, {"prompt_tokens": 0}, {"prompt_tokens": "9"}, {"prompt_tokens": True}, [3]]
)
def test_a_missing_or_odd_usage_is_none(usage: Any) -> None:
    assert read(answered("x", usage=usage)).prompt_tokens is None


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "choices",
                        "message",
                        "content",
                        "finish_reason",
                        "error",
                        "detail",
                        "usage",
                        "refusal",
                        "model",
                    ]
                ),
                inner,
            )
        ),
    )
)
def test_no_json_crashes_the_reader(value: Any) -> None:
    assert isinstance(read_answer(json.dumps(value).encode()), Answer | Failure)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("<think>hm</think>{}", "{}"),
        ("<think>\nhm {not json}\n</think>\n\n{}", "{}"),
        ("hm, let me see</think>{}", "{}"),
        ("first {a} then</think>{}", "{}"),
        ("<THINK>a</THINK><think>b</think>{}", "{}"),
        ("<think>a<think>b</think>{}", "{}"),
        ("<thinking>a</thinking> yes", "yes"),
        ("<think>cut off while", ""),
        ("<think>cut off with a { brace", ""),
        ('{"text": "the <think> tag"}', '{"text": "the <think> tag"}'),
        ('{"text": "the </think> tag"}', '{"text": "the </think> tag"}'),
        ("{}", "{}"),
        ("no tags", "no tags"),
        ("", ""),
    ],
)
def test_what_was_thought_is_taken_out(text: str, left: str) -> None:
    assert without_reasoning(text) == left


@given(st.lists(st.sampled_from(["<think>", "</think>", "{", "}", "x", "\n"]), max_size=30))
def test_taking_out_never_adds(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert len(without_reasoning(text)) <= len(text)


@pytest.mark.parametrize("tag", ["<think>", "</think>", "{</think>"])
def test_a_flood_of_tags_is_read_in_one_pass(tag: str) -> None:
    assert without_reasoning(tag * 300_000 + "{}") is not None
