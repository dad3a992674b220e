"""The kill test in small; `python -m scripts.kill_test` is the whole of it."""

from __future__ import annotations

from pathlib import Path

from scripts.kill_test import kill_test
from tests.support.postgres import postgres_url

__all__ = ["postgres_url"]


async def test_kill_9_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    figures = await kill_test(f"sqlite+aiosqlite:///{tmp_path / 'kill.db'}", 3, tmp_path, ask_every=0.4)
    assert figures["broken"] == []
    assert figures["orders_accepted"] > 0
    assert figures["digests_accepted"] > 0


async def test_so_it_is_where_the_bot_and_its_worker_are_killed_each_by_itself(
    postgres_url: str, tmp_path: Path
) -> None:
    figures = await kill_test(postgres_url, 4, tmp_path, ask_every=0.4)
    assert figures["broken"] == []
    assert figures["orders_accepted"] > 0
    assert figures["digests_accepted"] > 0
