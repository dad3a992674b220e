"""A cold start: one `nutgraf brief` as a whole process, against the interpreter that does nothing.

Somebody who briefs one file pays for start, reading, writing, proving and printing. Reported are medians of wall
time and peak memory, and how many times the bare interpreter's they are. Only the ratios carry over elsewhere.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

RUNS: Final = 7
WORDS: Final = 1_200
ROOT: Final = Path(__file__).resolve().parents[1]
LABELS: Final = {
    "ideal": "python -c pass",
    "txt": f"nutgraf brief, {WORDS} words, .txt",
    "html": f"nutgraf brief, {WORDS} words, .html",
}
HEADLINE: Final = "Brannock argues over the price of its harbour"

PEOPLE: Final = ("Maren Ilves", "Tomas Reik", "Ana Bellweather", "Otto Kranz", "Lidia Moreau", "Piet Hollander")
ROLES: Final = ("harbour master", "baker", "councillor", "engineer", "fish seller", "ferry captain")
PLACES: Final = (
    "the old pier",
    "the north quay",
    "the customs house",
    "the ice plant",
    "the slipway",
    "the light",
)
DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
PARAGRAPHS: Final = (
    "The council met on {day} to decide what becomes of {place}, which has stood half empty since the storm of "
    "January 2019. {person}, a {role}, asked for a survey first and for money second, and got neither of them.",
    "“We have measured this for nine years, and every year the sea has measured it better,” said {person}. The "
    "{role} wants work at {place} to start within {number} days, before the autumn gales return.",
    "According to the town's own figures, {place} costs {number},000 crowns a year to keep closed and would cost "
    "hardly more to keep open. Nobody at the meeting on {day} could explain the difference.",
    "Opponents see it otherwise. {person} told the meeting that “a levy on parking is a levy on my customers”, "
    "and that {number} of the {role}'s neighbours had already signed a letter against it.",
    "The region has promised to pay two thirds of the {number} million crowns that were named in March, as long "
    "as the first stone at {place} is laid by 1 June 2024. After that day the offer lapses.",
    "Last {day} the first lorries came up the coast road with timber for {place}. By noon {number} people stood "
    "along the wall to watch, among them {person}, who had brought a folding chair and a flask.",
)


@dataclass(frozen=True, slots=True)
class Cost:
    """Medians over the runs of one command: seconds of wall time and of processor time, bytes of peak memory."""

    seconds: float
    cpu: float
    memory: float


def main() -> dict[str, float]:
    """Measure and print; the figures by name."""
    with tempfile.TemporaryDirectory() as folder:
        text, page = Path(folder, "article.txt"), Path(folder, "article.html")
        text.write_text(f"{HEADLINE}\n\n" + "\n\n".join(article()), encoding="utf-8")
        page.write_text(_page(article()), encoding="utf-8")
        brief = ("-m", "bot.cli", "brief", "--engine", "extractive", "--format", "json")
        costs = costs_of(
            {"ideal": ("-c", "pass"), "txt": (*brief, str(text)), "html": (*brief, str(page))}, folder
        )
    ideal = costs["ideal"]
    figures: dict[str, float] = {}
    for name, cost in costs.items():
        slower, larger = cost.seconds / ideal.seconds, cost.memory / ideal.memory
        figures |= {f"{name}_seconds": cost.seconds, f"{name}_cpu": cost.cpu, f"{name}_mb": cost.memory / 1e6}
        figures |= {f"{name}_seconds_ratio": slower, f"{name}_mb_ratio": larger}
        print(
            f"{LABELS[name]}: {cost.seconds:.3f} s ({slower:.1f}x), of it processor {cost.cpu:.3f} s, "
            f"{cost.memory / 1e6:.0f} MB ({larger:.1f}x)"
        )
    return figures


def article(words: int = WORDS) -> list[str]:
    """Paragraphs of some `words` words in all, no two alike."""
    paragraphs: list[str] = []
    turn = 0
    while sum(len(paragraph.split()) for paragraph in paragraphs) < words:
        paragraphs.append(
            PARAGRAPHS[turn % len(PARAGRAPHS)].format(
                day=DAYS[(turn * 5 + turn // 6) % len(DAYS)],
                place=PLACES[(turn + turn // 6) % len(PLACES)],
                person=PEOPLE[(turn * 7 + turn // 6) % len(PEOPLE)],
                role=ROLES[(turn * 7 + turn // 6) % len(ROLES)],
                number=12 + turn * 17,
            )
        )
        turn += 1
    return paragraphs


def costs_of(commands: Mapping[str, Sequence[str]], folder: str, runs: int = RUNS) -> dict[str, Cost]:
    """The Cost of each command (arguments of the interpreter). Run in turns, so that a busy spell of the machine
    falls on all alike; a first round, which only warms the disk's cache, is not counted."""
    measured: dict[str, list[tuple[float, float, float]]] = {name: [] for name in commands}
    for _ in range(runs + 1):
        for name, arguments in commands.items():
            measured[name].append(_once(arguments, folder))
    return {
        name: Cost(*(statistics.median(values) for values in zip(*found[1:], strict=True)))
        for name, found in measured.items()
    }


def _once(arguments: Sequence[str], folder: str) -> tuple[float, float, float]:
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments], cwd=folder, env={"PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(arguments)} ended with {process.returncode}")
    memory = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)  # macOS counts bytes, Linux KiB
    return seconds, usage.ru_utime + usage.ru_stime, memory


def _page(paragraphs: Sequence[str]) -> str:
    links = "".join(f'<li><a href="/{place}">{place}</a></li>' for place in PLACES)
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{HEADLINE}</title>"
        f'<meta property="article:published_time" content="2024-04-05T08:00:00Z"></head><body>'
        f"<nav><ul>{links}</ul></nav><article><h1>{HEADLINE}</h1>{body}</article>"
        f"<aside><h2>More</h2><ul>{links}</ul></aside><footer>The Brannock Bell</footer></body></html>"
    )
