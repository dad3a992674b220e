"""The kill test in small; `python -m scripts.kill_test` is the whole of it."""

from __future__ import annotations

from pathlib import Path

from scripts.kill_test import kill_test


async def test_kill_9_loses_nothing_doubles_nothing_and_pays_nothing_twice(tmp_path: Path) -> None:
    figures = await kill_test(f"sqlite+aiosqlite:///{tmp_path / 'kill.db'}", 5, forgetful=True)
    assert figures["broken"] == []
    assert figures["orders_accepted"] == figures["digests_accepted"] == 10
