"""A real HTTP server on 127.0.0.1 that answers `/chat/completions` from a queue and keeps what it was asked."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.support.listening import listening


@dataclass(frozen=True)
class Reply:
    """One HTTP answer. `hang` never answers; `cut` closes the connection in the middle of the body."""

    body: Any = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    hang: bool = False
    cut: bool = False

    @property
    def data(self) -> bytes:
        if isinstance(self.body, bytes):
            return self.body
        return (self.body if isinstance(self.body, str) else json.dumps(self.body)).encode()


@dataclass(frozen=True)
class Asked:
    """One request as it arrived."""

    path: str
    query: dict[str, str]
    headers: Mapping[str, str]
    json: dict[str, Any]


def said(content: Any, *, finish: str | None = "stop", usage: bool = True, **message: Any) -> Reply:
    """A chat completion that says `content`."""
    body: dict[str, Any] = {
        "id": "c1",
        "object": "chat.completion",
        "model": "scripted-1",
        "choices": [
            {"index": 0, "message": {"role": "assistant", "content": content, **message}, "finish_reason": finish}
        ],
    }
    if usage:
        body["usage"] = {"prompt_tokens": 21, "completion_tokens": 7, "total_tokens": 28}
    return Reply(body)


class ScriptedServer:
    """Gives `replies` in order; `released` lets the hanging ones go on."""

    def __init__(self) -> None:
        self.replies: deque[Reply] = deque()
        self.asked: list[Asked] = []
        self.base_url = ""
        self.was_asked = asyncio.Event()
        self.released = asyncio.Event()

    def will(self, *replies: Reply) -> None:
        self.replies.extend(replies)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        self.asked.append(Asked(request.path, dict(request.query), dict(request.headers), json.loads(body)))
        self.was_asked.set()
        reply = self.replies.popleft() if self.replies else Reply("nothing scripted", 599)
        if reply.hang:
            await self.released.wait()
        headers = {"Content-Type": "application/json", **reply.headers}
        if not reply.cut:
            return web.Response(body=reply.data, status=reply.status, headers=headers)
        response = web.StreamResponse(
            status=reply.status, headers={**headers, "Content-Length": str(len(reply.data) + 999)}
        )
        await response.prepare(request)
        await response.write(reply.data)
        assert request.transport is not None
        request.transport.close()
        return response


@asynccontextmanager
async def scripted_server() -> AsyncIterator[ScriptedServer]:
    """A ScriptedServer that listens, under any path that ends in /chat/completions."""
    server = ScriptedServer()
    app = web.Application()
    app.router.add_post("/{base:.*}/chat/completions", server.answer)
    async with listening(app) as port:
        server.base_url = f"http://127.0.0.1:{port}/v1"
        try:
            yield server
        finally:
            server.released.set()
