"""The wire form: our CompletionRequest as a chat-completions body, and a chat-completions answer as our parts.

Pure. Only what is needed is sent: some servers answer 422 to a field that they do not know.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import httpx

from bot.domain.completion import CompletionRequest, Finish
from bot.llm.failures import Failure, broken_off, error_inside, no_completion
from bot.llm.profiles import ResponseFormat, TokensName
from bot.llm.reasoning import without_reasoning

_PATH: Final = "/chat/completions"

FINISHES: Final[Mapping[str, Finish]] = {
    "length": "length",
    "max_tokens": "length",
    "max_output_tokens": "length",
    "model_length": "length",
    "content_filter": "content_filter",
    "content_filtered": "content_filter",
    "safety": "content_filter",
    "recitation": "content_filter",
    "prohibited_content": "content_filter",
    "refusal": "refusal",
}
_FAILED: Final = frozenset({"", "error", "none", "null"})


@dataclass(frozen=True, slots=True)
class Manner:
    """How a request is put to one endpoint."""

    response_format: ResponseFormat
    tokens_name: TokensName
    sends_temperature: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What a 200 says. Tokens are None where the server does not count them."""

    text: str
    finish: Finish
    model: str | None
    prompt_tokens: int | None
    completion_tokens: int | None


def completions_url(base_url: str) -> httpx.URL:
    """The address to post to. A query of the base (Azure's api-version) stays. Raises ValueError."""
    try:
        base = httpx.URL(base_url.strip())
    except httpx.InvalidURL as error:
        raise ValueError("no valid address") from error
    if base.scheme not in {"http", "https"} or not base.host:
        raise ValueError("not an http or https address")
    path = base.path.rstrip("/")
    return base.copy_with(path=path if path.endswith(_PATH) else path + _PATH, fragment=None)


def request_body(request: CompletionRequest, model: str, manner: Manner) -> dict[str, Any]:
    """The JSON body of `request`."""
    body: dict[str, Any] = {
        "model": model,
        "messages": [
            {"role": "system", "content": _sendable(request.system)},
            {"role": "user", "content": _sendable(request.user)},
        ],
        manner.tokens_name: request.max_tokens,
    }
    if manner.sends_temperature:
        body["temperature"] = 0
    if request.json_schema and manner.response_format == "json_schema":
        body["response_format"] = {
            "type": "json_schema",
            "json_schema": {"name": "answer", "strict": True, "schema": request.json_schema},
        }
    elif request.json_schema and manner.response_format == "json_object":
        body["response_format"] = {"type": "json_object"}
    return body


def _sendable(text: str) -> str:
    """`text` with lone surrogates replaced, which UTF-8 cannot carry."""
    return text.encode("utf-8", "replace").decode("utf-8")


def read_answer(body: bytes) -> Answer | Failure:
    """The Answer in the body of a 200, or the Failure that stands there instead."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return no_completion()
    failure = error_inside(answer)
    if failure:
        return failure
    choice = _first(answer.get("choices")) if isinstance(answer, dict) else None
    message = choice.get("message") if choice else None
    if choice is None or not isinstance(message, dict):
        return no_completion()
    reason = str(choice.get("finish_reason") or "").lower()
    if reason in _FAILED:
        return broken_off()
    refused = isinstance(message.get("refusal"), str) and bool(message["refusal"].strip())
    usage = answer.get("usage")
    return Answer(
        text=without_reasoning(_content(message.get("content"))),
        finish="refusal" if refused else FINISHES.get(reason, "stop"),
        model=answer["model"][:200] if isinstance(answer.get("model"), str) else None,
        prompt_tokens=_tokens(usage, "prompt_tokens"),
        completion_tokens=_tokens(usage, "completion_tokens"),
    )


def _first(choices: object) -> dict[str, Any] | None:
    return choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], dict) else None


def _content(content: object) -> str:
    """The text of a message: a string, or the text parts of a list; thinking parts are left out."""
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        return ""
    parts = [part for part in content if isinstance(part, dict) and part.get("type") in {"text", "output_text"}]
    return "".join(part["text"] for part in parts if isinstance(part.get("text"), str))


def _tokens(usage: object, key: str) -> int | None:
    count = usage.get(key) if isinstance(usage, dict) else None
    return count if isinstance(count, int) and not isinstance(count, bool) and count > 0 else None
