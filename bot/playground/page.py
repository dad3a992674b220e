"""The page in the browser: static files under a strict policy, and one WebSocket that shows and acts.

The browser says what a person did (`{"do": "say", ...}`); the page shows what that person may see. Only requests
addressed to this machine by name or number are answered, so no other site can reach in through a browser.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import secrets
from collections.abc import Callable
from importlib import resources

from aiohttp import BodyPartReader, WSMsgType, web

from bot.playground.person import Person
from bot.playground.rest import media_type
from bot.playground.state import JsonObject, Upload
from bot.playground.viewing import Viewing
from bot.playground.world import World

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
FILE_LIMIT = 10 * 1024 * 1024
_LOCAL = re.compile(r"^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$")
_KINDS = {"html": "text/html", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}

PersonOf = Callable[[str], Person]
Samples = Callable[[], list[JsonObject]]


class Page:
    """Serves the page. `person_of` gives the Person of a name, `samples` the stories it offers to try."""

    def __init__(self, world: World, person_of: PersonOf, samples: Samples) -> None:
        self.world, self.person_of, self.samples = world, person_of, samples
        self.uploads: dict[str, Upload] = {}
        self._files: dict[str, bytes] = {}
        self._sockets: set[web.WebSocketResponse] = set()

    async def open(self) -> None:
        """Reads the static files."""
        self._files = await asyncio.to_thread(_load)

    def add_routes(self, app: web.Application) -> None:
        """Mounts the page at / and its parts at /page/."""
        app.router.add_get("/", self._static)
        app.router.add_get("/page/socket", self._socket)
        app.router.add_post("/page/files", self._upload)
        app.router.add_get("/page/{name}", self._static)

    async def close(self) -> None:
        """Ends every open page's connection."""
        for socket in list(self._sockets):
            await socket.close(code=1001)

    async def _static(self, request: web.Request) -> web.Response:
        _require_local(request)
        name = request.match_info.get("name", "index.html")
        if name not in self._files:
            raise web.HTTPNotFound
        kind = _KINDS[name.rpartition(".")[2]]
        headers = HEADERS | {"Content-Type": f"{kind}; charset=utf-8"}
        return web.Response(body=self._files[name], headers=headers)

    async def _upload(self, request: web.Request) -> web.Response:
        _require_local(request)
        tokens = []
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader):
                continue
            data = bytes(await part.read())
            if len(data) > FILE_LIMIT:
                raise web.HTTPRequestEntityTooLarge(FILE_LIMIT, len(data))
            name, token = part.filename or "file", secrets.token_urlsafe(12)
            self.uploads[token] = Upload(name, data, media_type(name, part.headers.get("Content-Type", "")))
            tokens.append({"token": token, "name": name, "size": len(data)})
        return web.json_response(tokens, headers=HEADERS)

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        _require_local(request)
        socket = web.WebSocketResponse(heartbeat=30)
        await socket.prepare(request)
        self._sockets.add(socket)
        viewing = Viewing(
            self.world, self.person_of(request.query.get("person", "ada")), self.uploads, self.samples()
        )
        stop = self.world.listen(viewing.hear)
        writer = asyncio.create_task(_write(socket, viewing.outbox))
        try:
            viewing.greet()
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    viewing.obey(json.loads(frame.data))
        finally:
            stop()
            await viewing.finish()
            writer.cancel()
            with contextlib.suppress(asyncio.CancelledError, ConnectionError):
                await writer
            self._sockets.discard(socket)
        return socket


def _require_local(request: web.Request) -> None:
    """Refuses requests that came by another name (DNS rebinding) or from another site's page."""
    host, origin = request.headers.get("Host", ""), request.headers.get("Origin")
    if not _LOCAL.match(host) or (origin is not None and origin != f"http://{host}"):
        raise web.HTTPForbidden


async def _write(socket: web.WebSocketResponse, outbox: asyncio.Queue[str]) -> None:
    while not socket.closed:
        await socket.send_str(await outbox.get())


def _load() -> dict[str, bytes]:
    folder = resources.files("bot.playground") / "page"
    return {f.name: f.read_bytes() for f in folder.iterdir() if f.name.rpartition(".")[2] in _KINDS}
