"""Refusals: every form is read, every one becomes a leaf of the error tree, none of its words get out."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import (
    ContentFilteredError,
    ContextOverflowError,
    EndpointDownError,
    EndpointRefusedError,
    ModelError,
    QuotaError,
    RateLimitedError,
)
from bot.llm.failures import NEVER, error_inside, failure_of, marks_of

pytestmark = pytest.mark.unit

TOO_LONG = "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens."


@pytest.mark.parametrize(
    ("status", "body", "leaf"),
    [
        (400, {"error": {"message": TOO_LONG, "code": "context_length_exceeded"}}, ContextOverflowError),
        (400, {"error": {"type": "exceed_context_size_error", "message": "x"}}, ContextOverflowError),
        (400, {"error": TOO_LONG}, ContextOverflowError),
        (400, TOO_LONG, ContextOverflowError),
        (400, [{"error": {"message": "The input is too long", "code": 400}}], ContextOverflowError),  # Gemini
        (400, {"error": {"message": "prompt is too long: 210000 tokens > 200000"}}, ContextOverflowError),
        (422, {"detail": [{"msg": "Input exceeds the available context size"}]}, ContextOverflowError),
        (500, {"error": "the request exceeds the available context size"}, ContextOverflowError),
        (413, "Payload Too Large", ContextOverflowError),
        (429, {"error": {"message": "Request too large for m on tokens per min"}}, ContextOverflowError),
        (429, {"error": {"code": "insufficient_quota", "message": "You exceeded"}}, QuotaError),
        (402, "", QuotaError),
        (400, {"error": {"message": "Your credit balance is too low"}}, QuotaError),
        (429, {"error": {"message": "You exceeded your current quota", "code": 429}}, RateLimitedError),
        (429, "slow down", RateLimitedError),
        (400, {"error": {"code": "content_filter", "message": "filtered"}}, ContentFilteredError),
        (403, {"error": {"message": "Input was flagged", "code": 403}}, ContentFilteredError),
        (401, {"error": "bad key"}, EndpointRefusedError),
        (403, "", EndpointRefusedError),
        (404, {"detail": "Not Found"}, EndpointRefusedError),
        (307, "", EndpointRefusedError),
        (400, {"error": {"message": "bad field"}}, EndpointRefusedError),
        (408, "", EndpointDownError),
        (409, "", EndpointDownError),
        (500, "oops", EndpointDownError),
        (503, {"error": {"message": "loading model"}}, EndpointDownError),
        (529, {"type": "error", "error": {"type": "overloaded_error"}}, EndpointDownError),
    ],
)  # fmt: skip
def test_a_refusal_becomes_its_leaf(status: int, body: Any, leaf: type[ModelError]) -> None:
    text = body if isinstance(body, str) else json.dumps(body)
    assert type(failure_of(status, text).error) is leaf


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503, 504, 529])
def test_what_may_pass_is_tried_again(status: int) -> None:
    assert failure_of(status, "").retries > NEVER


@pytest.mark.parametrize("status", [302, 400, 401, 402, 403, 404, 413, 422])
def test_what_will_not_pass_is_not(status: int) -> None:
    assert failure_of(status, "").retries == NEVER


def test_a_missing_quota_is_never_tried_again_although_it_is_a_429() -> None:
    failure = failure_of(429, '{"error": {"type": "insufficient_quota"}}')
    assert failure.retries == NEVER
    assert not failure.pauses_all


def test_only_a_429_pauses_all() -> None:
    assert failure_of(429, "").pauses_all
    assert not failure_of(503, "").pauses_all


@pytest.mark.parametrize(
    ("answer", "leaf"),
    [
        ({"error": {"code": 429, "message": "busy"}}, RateLimitedError),
        ({"error": {"code": "rate_limit_exceeded"}}, RateLimitedError),
        ({"error": "upstream went away"}, EndpointDownError),
        ({"error": {"code": 400, "message": TOO_LONG}}, ContextOverflowError),
        ({"choices": [{"error": {"code": 502, "message": "x"}, "finish_reason": "error"}]}, EndpointDownError),
        ([{"error": {"code": 403, "message": "no"}}], EndpointRefusedError),
        ({"detail": "no route"}, EndpointDownError),
    ],
)
def test_an_error_inside_a_200_is_found(answer: Any, leaf: type[ModelError]) -> None:
    failure = error_inside(answer)
    assert failure is not None
    assert type(failure.error) is leaf


@pytest.mark.parametrize("answer", [{"choices": []}, {"choices": [{}], "error": None}, [], None, 3, "x"])
def test_no_error_is_found_where_there_is_none(answer: Any) -> None:
    assert error_inside(answer) is None


def test_what_a_refusal_quotes_of_our_request_is_not_read() -> None:
    body = {"detail": [{"loc": ["body", "n"], "msg": "bad", "input": {"messages": "insufficient_quota"}}]}
    assert type(failure_of(422, json.dumps(body)).error) is EndpointRefusedError


@given(st.integers(min_value=300, max_value=599), st.text(max_size=200))
def test_no_word_of_a_refusal_gets_out(status: int, secret: str) -> None:
    shown = str(failure_of(status, json.dumps({"error": {"message": f"zqx{secret}zqx"}})).error)
    assert "zqx" not in shown


def test_marks_survive_any_nesting() -> None:
    assert isinstance(marks_of("[" * 100_000), str)
    assert "deep" not in marks_of(json.dumps([[[[[[[[[["deep"]]]]]]]]]]))
