"""The three addresses for machines: GET /healthz, /readyz and /metrics. Read only; no name, article or secret."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.domain.errors import SettingsError
from bot.watch.health import Examination, examine
from bot.watch.metrics import CONTENT_TYPE
from bot.watch.watching import Watching

_log = logging.getLogger(__name__)
_NEVER_KEPT = {"Cache-Control": "no-store"}


@asynccontextmanager
async def serving(watching: Watching, host: str, port: int) -> AsyncIterator[str]:
    """Serve until left; gives the address (port 0 takes a free one). Raises SettingsError where it is taken."""
    runner = web.AppRunner(_application(watching), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError:
            raise SettingsError(
                f"Health cannot be served on {host} port {port}.",
                cure="Set HEALTH_PORT to a port that is free, one for each process of this machine.",
            ) from None
        address = f"http://{host}:{runner.addresses[0][1]}"
        _log.info("health served address=%s", address)
        yield address
    finally:
        await runner.cleanup()


def _application(watching: Watching) -> web.Application:
    async def healthz(_: web.Request) -> web.Response:
        return _told(await examine(watching.live))

    async def readyz(_: web.Request) -> web.Response:
        return _told(await examine(watching.ready))

    async def metrics(_: web.Request) -> web.Response:
        page = await watching.metrics.page()
        return web.Response(body=page, headers={"Content-Type": CONTENT_TYPE, **_NEVER_KEPT})

    application = web.Application()
    application.router.add_get("/healthz", healthz)
    application.router.add_get("/readyz", readyz)
    application.router.add_get("/metrics", metrics)
    return application


def _told(found: Examination) -> web.Response:
    """200 or 503, and what each check said."""
    body = {
        "status": "ok" if found.well else "failing",
        "checks": {name: said or "ok" for name, said in found.said.items()},
    }
    return web.json_response(body, status=200 if found.well else 503, headers=_NEVER_KEPT)
