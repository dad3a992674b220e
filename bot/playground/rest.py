"""Discord's REST API at `/api/v10`: one table of routes, each answered by a plain function.

Every request is recorded. What is not in the table is answered 501 and noted, so that a test fails loudly
instead of the bot failing quietly.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote

from aiohttp import BodyPartReader, web

from bot.playground.accounting import Accounting
from bot.playground.buckets import Buckets, Room
from bot.playground.errors import ApiError, refusal
from bot.playground.faults import Fault, Faults
from bot.playground.state import Event, Upload
from bot.playground.world import World

PREFIX = "/api/v10"
_OPEN = re.compile(r"^/(interactions/|webhooks/\d+/|gateway$)")
"""Routes that carry their own token in the path, or none."""
_BANNED = "<html><body>The owner of this website has banned you temporarily from accessing it.</body></html>"
MOST_RECORDED = 20_000


@dataclass(frozen=True)
class Call:
    """One request, decoded: path parameters as in the route, the body (or `payload_json`), files by index."""

    method: str
    path: str
    params: Mapping[str, str]
    query: Mapping[str, str]
    body: Any
    files: dict[int, Upload] = field(default_factory=dict)

    def id(self, name: str) -> int:
        """A path parameter as a snowflake; 50035's plain cousin 404 where it is none."""
        try:
            return int(self.params[name])
        except ValueError:
            raise refusal("not_found") from None


@dataclass(frozen=True)
class Recorded:
    """A request as it came and how it was answered.

    `at` is the playground's time, `reason` what goes into the guild's audit log (X-Audit-Log-Reason).
    """

    method: str
    path: str
    body: Any
    files: tuple[Upload, ...]
    status: int
    at: dt.datetime
    query: Mapping[str, str]
    reason: str | None = None


Reply = tuple[int, Any]
Handler = Callable[[World, Call], Reply]


@dataclass(frozen=True)
class Route:
    """A row of the table: `{name}` in the template is a path parameter."""

    method: str
    template: str
    handler: Handler

    @property
    def pattern(self) -> re.Pattern[str]:
        """The template as a regular expression."""
        return re.compile("^" + re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.template) + "$")


class Rest:
    """The server's side of the API. `routes` are tried in order, so literal paths stand before templates."""

    def __init__(self, world: World, token: str, faults: Faults, routes: list[Route]) -> None:
        self._world, self._token, self._faults = world, token, faults
        self._routes = [(route, route.pattern) for route in routes]
        self.requests: list[Recorded] = []
        self.unknown_routes: list[str] = []
        self.buckets = Buckets()
        self.accounting = Accounting()

    def find(self, method: str, path: str) -> tuple[Route, dict[str, str]] | None:
        """The row for this request and its path parameters."""
        for route, pattern in self._routes:
            if route.method == method and (match := pattern.match(path)):
                return route, match.groupdict()
        return None

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answers one HTTP request."""
        path = request.path.removeprefix(PREFIX)
        method, found = request.method, self.find(request.method, path)
        template, params = (found[0].template, found[1]) if found else ("unknown", {})
        self.accounting.arrive(method, template, params)
        if self.accounting.is_banned(self._world.clock.now()):
            return web.Response(status=429, text=_BANNED, content_type="text/html")
        fault = self._faults.take(method, path)
        try:
            body, files = await _decode(request)
        except ApiError as error:
            self._record(request, path, None, {}, error.status)
            return _json(error.status, error.body(), {})
        if fault is not None and fault.delay:
            await asyncio.sleep(fault.delay)
        room = None
        if fault is None or not (fault.status or fault.cut) or not fault.before:
            room = self.buckets.take(method, template, params)
            if room is not None and room.is_exceeded:
                fault = Fault.rate_limit(room.reset_after, limit=room.limit, is_global=room.is_global)
        if fault is not None and fault.status == HTTPStatus.TOO_MANY_REQUESTS:
            self.accounting.limit(method, template, params, fault.retry_after, is_global=fault.is_global)
        if fault is not None and (fault.status or fault.cut) and fault.before:
            return self._misbehave(request, path, body, files, fault)
        reply = self._handle(request, path, body, files, found)
        if fault is not None and not fault.before:
            return self._misbehave(request, path, body, files, fault)
        self._record(request, path, body, files, reply[0])
        return _json(*reply, _limit_headers(template, room))

    def _handle(
        self,
        request: web.Request,
        path: str,
        body: Any,
        files: dict[int, Upload],
        found: tuple[Route, dict[str, str]] | None,
    ) -> Reply:
        if found is None:
            self.unknown_routes.append(f"{request.method} {path}")
            return 501, {"message": f"the playground does not know {request.method} {path}", "code": 0}
        if not _OPEN.match(path) and request.headers.get("Authorization") != f"Bot {self._token}":
            return 401, refusal("unauthorized").body()
        route, params = found
        try:
            return route.handler(self._world, Call(request.method, path, params, request.query, body, files))
        except ApiError as error:
            return error.status, error.body()

    def _record(self, request: web.Request, path: str, body: Any, files: dict[int, Upload], status: int) -> None:
        uploads = tuple(files.values())
        now = self._world.clock.now()
        self.accounting.answer(status, now)
        reason = request.headers.get("X-Audit-Log-Reason")
        said = None if reason is None else unquote(reason)
        recorded = Recorded(request.method, path, body, uploads, status, now, dict(request.query), said)
        self.requests.append(recorded)
        if len(self.requests) > MOST_RECORDED:
            del self.requests[: MOST_RECORDED // 2]
        self._world.publish(Event("_REQUEST", {"method": request.method, "path": path}, to_bot=False))

    def _misbehave(
        self, request: web.Request, path: str, body: Any, files: dict[int, Upload], fault: Fault
    ) -> web.StreamResponse:
        if fault.cut:
            self._record(request, path, body, files, 0)
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        self._record(request, path, body, files, fault.status)
        headers = {"Via": "1.1 google"}
        if fault.status == 429:
            headers |= {
                "Retry-After": str(max(1, round(fault.retry_after))),
                "X-RateLimit-Scope": "global" if fault.is_global else "user",
                **({"X-RateLimit-Global": "true"} if fault.is_global else {}),
                "X-RateLimit-Remaining": "0",
                "X-RateLimit-Limit": str(fault.limit),
                "X-RateLimit-Reset": f"{time.time() + fault.retry_after:.3f}",
                "X-RateLimit-Reset-After": f"{fault.retry_after:.3f}",
            }
        return _json(fault.status, fault.body(), headers)


def _limit_headers(bucket: str, room: Room | None) -> dict[str, str]:
    """Rate-limit headers; where nobody counts, such as never make a client wait."""
    room = room or Room(500, 499, 1.0)
    return {
        "Via": "1.1 google",
        "X-RateLimit-Bucket": f"{hash(bucket) & 0xFFFFFFFF:08x}",
        "X-RateLimit-Limit": str(room.limit),
        "X-RateLimit-Remaining": str(room.remaining),
        "X-RateLimit-Reset": f"{time.time() + room.reset_after:.3f}",
        "X-RateLimit-Reset-After": f"{room.reset_after:.3f}",
    }


def _json(status: int, data: Any, headers: dict[str, str]) -> web.Response:
    if data is None:
        return web.Response(status=status, headers=headers)
    # discord.py compares the media type with "application/json" and nothing behind it.
    return web.Response(
        status=status, body=json.dumps(data).encode(), headers=headers | {"Content-Type": "application/json"}
    )


async def _decode(request: web.Request) -> tuple[Any, dict[int, Upload]]:
    if request.content_type == "multipart/form-data":
        return await _decode_form(request)
    raw = await request.read()
    if not raw:
        return None, {}
    return _loads(raw), {}


def _loads(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError:
        raise refusal("bad_json") from None


async def _decode_form(request: web.Request) -> tuple[Any, dict[int, Upload]]:
    body: Any = {}
    files: dict[int, Upload] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        data = bytes(await part.read())
        index = re.fullmatch(r"files\[(\d+)\]", part.name or "")
        if part.name == "payload_json":
            body = _loads(data)
        elif index:
            name = part.filename or f"file-{index[1]}"
            kind = part.headers.get("Content-Type", "application/octet-stream")
            files[int(index[1])] = Upload(name, data, media_type(name, kind))
    return body, files


_MEDIA = {
    "md": "text/markdown; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def media_type(filename: str, given: str = "application/octet-stream") -> str:
    """The media type that Discord would find for a file, from its name."""
    return _MEDIA.get(filename.rpartition(".")[2].lower(), given)
