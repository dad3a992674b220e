"""What does without durable work does not pay for it."""

from __future__ import annotations

import subprocess
import sys

import pytest

_LOOK = "import sys; heavy = {'dbos', 'sqlalchemy', 'psycopg'} & set(sys.modules); print(sorted(heavy))"


@pytest.mark.parametrize(
    "imports",
    ["bot.app", "bot.cli.brief", "bot.cli.playground", "bot.jobs.opening", "bot.jobs.making", "bot.jobs.lease"],
)
def test_the_engine_is_imported_only_when_it_is_opened(imports: str) -> None:
    asked = subprocess.run(
        [sys.executable, "-c", f"import {imports}; {_LOOK}"], capture_output=True, text=True, check=True
    )
    assert asked.stdout.strip() == "[]"
