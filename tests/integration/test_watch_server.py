"""The three addresses, as a probe and a scraper ask them."""

from __future__ import annotations

import aiohttp
import pytest

from bot.domain.errors import SettingsError
from bot.settings import Settings
from bot.watch.opening import open_watch
from bot.watch.server import serving


def settings(**changes: object) -> Settings:
    return Settings(_env_file=None, **changes)  # type: ignore[arg-type]


async def test_alive_ready_and_measured_over_http() -> None:
    async with open_watch(settings()) as watching, serving(watching, "127.0.0.1", 0) as address:

        async def away() -> str | None:
            return "The database does not answer."

        async with aiohttp.ClientSession(address) as client:
            async with client.get("/healthz") as alive:
                assert alive.status == 200
            async with client.get("/readyz") as early:
                assert early.status == 503
            watching.started()
            async with client.get("/readyz") as ready:
                assert await ready.json() == {"status": "ok", "checks": {"started": "ok"}}
            watching.check("database", away)
            async with client.get("/readyz") as failing:
                assert failing.status == 503
                assert (await failing.json())["checks"]["database"] == "The database does not answer."
            watching.metrics.digests_due(3, 0)
            async with client.get("/metrics") as metrics:
                page = await metrics.text()
                assert metrics.content_type == "text/plain"
            assert 'nutgraf_digest_runs_total{state="due"} 3.0' in page
            assert "process_resident_memory_bytes" in page
            async with client.post("/metrics") as refused:
                assert refused.status == 405


async def test_off_where_no_port_is_set() -> None:
    async with open_watch(settings(health_port=None)) as watching:
        assert "loop" not in (await watching.metrics.page()).decode()


async def test_a_port_that_is_taken_is_said_with_the_cure() -> None:
    async with open_watch(settings()) as watching, serving(watching, "127.0.0.1", 0) as address:
        port = int(address.rpartition(":")[2])
        with pytest.raises(SettingsError, match="HEALTH_PORT"):
            async with open_watch(settings(health_port=port)):
                pass


def test_the_host_may_give_the_port_as_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "5100")
    assert settings().health_port == 5100
    monkeypatch.setenv("HEALTH_PORT", "9000")
    assert settings().health_port == 9000
