"""The hostile proof in full: Drafts of a lying or broken model, and the figures of what came of them.

    python -m scripts.hostile --drafts 10000

Exits 1 where a single promise was broken. `make test` runs the first thousand.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time

from tests.support.hostile import Tally, run


def main() -> int:
    """Attack, print, and say by the exit status whether all promises held."""
    parser = argparse.ArgumentParser(description="Attack the verifier with hostile Drafts.")
    parser.add_argument("--drafts", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    asked = parser.parse_args()
    started = time.monotonic()
    tally = asyncio.run(run(range(asked.first, asked.first + asked.drafts)))
    print(report(tally, time.monotonic() - started))
    return 1 if tally.broken or tally.crashed else 0


def report(tally: Tally, seconds: float) -> str:
    """The figures as lines."""
    briefs = sum(tally.drafts.values())
    kinds = ", ".join(f"{count} {kind}" for kind, count in tally.drafts.items())
    lines = [
        f"hostile drafts      {briefs + len(tally.crashed)} ({kinds})",
        f"briefings delivered {briefs}",
        f"crashes             {len(tally.crashed)}",
        f"promises broken     {len(tally.broken)}",
        f"kept by the gate    {tally.points} points, {tally.quotes} quotes, {tally.events} events",
        f"seconds             {seconds:.0f}",
        "statements with one thing changed, and how many passed as points:",
        *(f"  {kind:18} {tally.passed[kind]} of {told}" for kind, told in sorted(tally.told.items())),
        *tally.broken[:20],
        *tally.crashed[:20],
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
