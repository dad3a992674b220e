"""An OpenAI-compatible model endpoint that says what it was told to: a queue of answers, a history of requests.

With an empty queue it answers by `stand_in`, so that the playground is alive without any model.
"""

from __future__ import annotations

import asyncio
import json
import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.playground.stand_in import JsonObject, answer

NAME = "stand-in"


@dataclass(frozen=True)
class Answer:
    """One scripted answer; what is not said is ordinary.

    `content` is the message's text (a dict or list becomes JSON); `finish_reason` may be "length" (cut `content`
    yourself) or "content_filter"; `reasoning` goes out as `reasoning_content`; `usage=False` leaves it out;
    `status` other than 200 sends an OpenAI-like error object, `error` inside a 200 too; `raw` is the whole body,
    sent as it is; `cut` closes the connection; `delay` seconds pass first.
    """

    content: Any = ""
    finish_reason: str | None = "stop"
    reasoning: str | None = None
    usage: bool = True
    delay: float = 0.0
    status: int = 200
    error: str | None = None
    code: str | None = None
    raw: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False


def rate_limited(retry_after: float = 1) -> Answer:
    """A 429 with Retry-After (seconds)."""
    headers = {"Retry-After": f"{retry_after:g}"}
    return Answer(status=429, error="Rate limit reached", code="rate_limit_exceeded", headers=headers)


def server_error(status: int = 500) -> Answer:
    """A failure on the model's side."""
    return Answer(status=status, error="The server had an error", code="server_error")


def cut_short(content: str) -> Answer:
    """An answer that ran out of tokens."""
    return Answer(content, finish_reason="length")


MALFORMED = Answer(raw='{"id": "chatcmpl-1", "choices": [{"message": {"content": "half a')
FILTERED = Answer("", finish_reason="content_filter")
DISCONNECT = Answer(cut=True)

Scripted = Answer | str | JsonObject | Callable[[JsonObject], "Answer | str | JsonObject"]


class Model:
    """The endpoint. `requests` holds every decoded request body, `headers` those they came with.

    `key` not None: other bearer tokens get 401. `context_tokens` not None: longer prompts (a token a word and a
    third) get OpenAI's context_length_exceeded.
    """

    def __init__(self, *, key: str | None = None, context_tokens: int | None = None) -> None:
        self.key, self.context_tokens = key, context_tokens
        self.requests: list[JsonObject] = []
        self.headers: list[dict[str, str]] = []
        self.delay = 0.0
        self._queue: deque[Scripted] = deque()

    def queue(self, *answers: Scripted) -> None:
        """Adds answers, used one a request in order: text, a dict (sent as JSON text), an Answer, or a callable
        that gets the request's body and returns one of those."""
        self._queue.extend(answers)

    @property
    def waiting(self) -> int:
        """How many scripted answers have not been used."""
        return len(self._queue)

    def clear(self) -> None:
        """Forgets queue and history."""
        self._queue.clear()
        self.requests.clear()
        self.headers.clear()

    def add_routes(self, app: web.Application) -> None:
        """Mounts the endpoint at /v1."""
        app.router.add_post("/v1/chat/completions", self._complete)
        app.router.add_get("/v1/models", self._models)

    async def _models(self, _request: web.Request) -> web.Response:
        return web.json_response(
            {"object": "list", "data": [{"id": NAME, "object": "model", "owned_by": "playground"}]}
        )

    async def _complete(self, request: web.Request) -> web.StreamResponse:
        if self.key is not None and request.headers.get("Authorization") != f"Bearer {self.key}":
            return _error(Answer(status=401, error="Incorrect API key provided", code="invalid_api_key"))
        try:
            body: JsonObject = await request.json()
        except ValueError:
            return _error(Answer(status=400, error="We could not parse the JSON body of your request"))
        self.requests.append(body)
        self.headers.append(dict(request.headers))
        if self.context_tokens is not None and _tokens(json.dumps(body.get("messages"))) > self.context_tokens:
            says = f"This model's maximum context length is {self.context_tokens} tokens."
            return _error(Answer(status=400, error=says, code="context_length_exceeded"))
        return await self._send(request, body, self._next(body))

    def _next(self, body: JsonObject) -> Answer:
        given: Scripted = self._queue.popleft() if self._queue else answer
        if callable(given):
            given = given(body)
        return given if isinstance(given, Answer) else Answer(given)

    async def _send(self, request: web.Request, body: JsonObject, given: Answer) -> web.StreamResponse:
        if given.delay or self.delay:
            await asyncio.sleep(given.delay or self.delay)
        if given.cut:
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        if given.status != 200 or given.error is not None:
            return _error(given)
        if given.raw is not None:
            return web.Response(text=given.raw, content_type="application/json", headers=given.headers)
        if body.get("stream"):
            return await _stream(request, body, given)
        return web.json_response(_completion(body, given), headers=given.headers)


def _text(content: Any) -> str:
    return content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)


def _tokens(text: str) -> int:
    return math.ceil(len(text.split()) * 4 / 3)


def _usage(body: JsonObject, text: str) -> JsonObject:
    asked, said = _tokens(json.dumps(body.get("messages"))), _tokens(text)
    return {"prompt_tokens": asked, "completion_tokens": said, "total_tokens": asked + said}


def _completion(body: JsonObject, given: Answer) -> JsonObject:
    text = _text(given.content)
    message: JsonObject = {"role": "assistant", "content": text}
    if given.reasoning is not None:
        message["reasoning_content"] = given.reasoning
    choice: JsonObject = {"index": 0, "message": message}
    if given.finish_reason is not None:
        choice["finish_reason"] = given.finish_reason
    full: JsonObject = {
        "id": "chatcmpl-playground",
        "object": "chat.completion",
        "created": 1_700_000_000,
        "model": body.get("model", NAME),
        "choices": [choice],
    }
    return full | {"usage": _usage(body, text)} if given.usage else full


def _error(given: Answer) -> web.Response:
    kind = "invalid_request_error" if given.status < 500 else "server_error"
    error = {"message": given.error or "error", "type": kind, "param": None, "code": given.code}
    if given.raw is not None:
        return web.Response(status=given.status, text=given.raw, headers=given.headers)
    return web.json_response({"error": error}, status=given.status, headers=given.headers)


async def _stream(request: web.Request, body: JsonObject, given: Answer) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream"} | given.headers)
    await response.prepare(request)
    text = _text(given.content)
    head = {"id": "chatcmpl-playground", "object": "chat.completion.chunk", "model": body.get("model", NAME)}
    deltas: list[JsonObject] = [{"role": "assistant"}]
    if given.reasoning is not None:
        deltas.append({"reasoning_content": given.reasoning})
    deltas += [{"content": text[i : i + 40]} for i in range(0, len(text), 40)]
    for delta in deltas:
        await _event(response, head | {"choices": [{"index": 0, "delta": delta, "finish_reason": None}]})
    if given.finish_reason is not None:
        last = {"index": 0, "delta": {}, "finish_reason": given.finish_reason}
        await _event(response, head | {"choices": [last]})
    if given.usage and (body.get("stream_options") or {}).get("include_usage"):
        await _event(response, head | {"choices": [], "usage": _usage(body, text)})
    if given.finish_reason is not None:
        await response.write(b"data: [DONE]\n\n")
    await response.write_eof()
    return response


async def _event(response: web.StreamResponse, data: JsonObject) -> None:
    await response.write(f"data: {json.dumps(data, ensure_ascii=False)}\n\n".encode())
