"""Generated files are what their generators print today."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.generate import GENERATED

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", sorted(GENERATED))
def test_generated_file_is_fresh(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == GENERATED[name](), f"{name} is stale: run `make docs`"
