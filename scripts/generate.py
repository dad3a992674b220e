"""Writes the files that code is the source of; a test fails when one of them is stale."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bot.render.json import brief_schema
from bot.settings import example_env
from scripts.messages import TEMPLATE, template

ROOT = Path(__file__).parents[1]

GENERATED: dict[str, Callable[[], str]] = {
    ".env.example": example_env,
    "docs/brief.schema.json": brief_schema,
    f"bot/wording/catalogues/{TEMPLATE}": template,
}


def main() -> None:
    """Write every generated file."""
    for name, generate in GENERATED.items():
        (ROOT / name).write_text(generate(), encoding="utf-8")
        print(name)


if __name__ == "__main__":
    main()
