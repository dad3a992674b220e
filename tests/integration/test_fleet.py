"""The Procfile, really started: release, two shard processes, two workers on PostgreSQL, one of them killed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from scripts.fleet_test import fleet_test
from tests.support.postgres import postgres_url

__all__ = ["postgres_url"]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="children of a process are looked up in /proc")


async def test_a_killed_workers_jobs_finish_and_nothing_is_posted_twice(postgres_url: str, tmp_path: Path) -> None:
    figures = await fleet_test(postgres_url, 4, tmp_path, slow=0.5)
    assert figures["broken"] == []
    assert figures["posted"] == figures["digests"]
