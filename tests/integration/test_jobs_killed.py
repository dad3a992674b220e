"""The kill test in small; `python -m scripts.kill_test` is the whole of it."""

from __future__ import annotations

from pathlib import Path

from scripts.kill_test import kill_test


async def test_kill_9_loses_nothing_doubles_nothing_and_pays_nothing_twice(tmp_path: Path) -> None:
    # Beside other tests an answer may take long to be written down; 100 kills are counted strictly, by themselves.
    figures = await kill_test(f"sqlite+aiosqlite:///{tmp_path / 'kill.db'}", 5, forgetful=True, grace=5)
    assert figures["broken"] == []
    assert figures["orders_accepted"] == figures["digests_accepted"] == 10
