"""How commands write: JSON lines with error rows among them, and progress for a person who watches."""

from __future__ import annotations

import asyncio
import json
import sys
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from typing import Any, Final, TypeVar

from bot.cli.inputs import Row
from bot.domain.errors import NutgrafError, UsageError
from bot.domain.task import Progress, Report, say_nothing

R = TypeVar("R")

STAGES: Final = {"reading": "Reading", "writing": "Writing", "checking": "Checking"}
CLEAR_LINE: Final = "\r\x1b[K"


def print_row(row: dict[str, Any]) -> None:
    """One JSON line, at once: whoever reads along need not wait for the last one."""
    print(json.dumps(row, ensure_ascii=False), flush=True)


async def print_rows(
    rows: Iterable[Row], work: Callable[[Row], Awaitable[dict[str, Any]]], *, at_once: int = 1
) -> int:
    """Prints `work(row)` for each row, in order; `{"id", "error"}` where it failed. The worst exit code."""
    worst = 0

    async def outcome(row: Row) -> tuple[dict[str, Any], int]:
        try:
            if row.fields is None:
                raise UsageError(row.why, cure="Each line has to be one JSON object.")
            return {"id": row.id, **await work(row)}, 0
        except NutgrafError as error:
            told = {"code": error.code, "message": str(error)}
            return {"id": row.id, "error": told}, error.exit_status

    async for printed, code in _in_order(rows, outcome, at_once):
        print_row(printed)
        worst = max(worst, code)
    return worst


async def _in_order(rows: Iterable[Row], work: Callable[[Row], Awaitable[R]], at_once: int) -> AsyncIterator[R]:
    """The results of `work`, in the order of `rows`, at most `at_once` under way."""
    under_way: deque[asyncio.Task[R]] = deque()
    try:
        lines = iter(rows)
        # In a thread: the next line may be long in coming, and what is under way must not wait for it.
        while (row := await asyncio.to_thread(next, lines, None)) is not None:
            under_way.append(asyncio.ensure_future(work(row)))
            if len(under_way) >= at_once:
                yield await under_way.popleft()
        while under_way:
            yield await under_way.popleft()
    finally:
        for task in under_way:
            task.cancel()


def progress() -> Report:
    """Writes the stage to standard error while a person watches there; silent otherwise."""
    if not sys.stderr.isatty():
        return say_nothing

    def report(step: Progress) -> None:
        count = f" {step.done}/{step.total}" if step.total > 1 else ""
        print(f"{CLEAR_LINE}{STAGES[step.stage]}{count} …", end="", file=sys.stderr, flush=True)

    return report


def end_progress() -> None:
    """Takes the last progress line away again."""
    if sys.stderr.isatty():
        print(CLEAR_LINE, end="", file=sys.stderr, flush=True)
