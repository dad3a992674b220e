"""What digests cost, drawn: it grows with the distinct articles, not with the digests.

    python -m scripts.cost_plot --measure      runs the bench at several sizes (minutes), writes docs/cost.json
    python -m scripts.cost_plot                draws docs/images/cost.svg from that file

Every point is a run of `bench.durable` on SQLite, counted at the servers. No figure here is typed by hand.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[1]
DATA: Final = ROOT / "docs" / "cost.json"
PICTURE: Final = ROOT / "docs" / "images" / "cost.svg"
DIGESTS: Final = (50, 100, 200, 400)  # over FIXED_FEEDS
FIXED_FEEDS: Final = 20
FEEDS: Final = (5, 10, 20, 40)  # for FIXED_DIGESTS
FIXED_DIGESTS: Final = 100
SECONDS: Final = 900

WIDTH, HEIGHT, MARGIN, GAP = 380, 240, 56, 40
INK, FAINT, GRID = "#57606a", "#8c959f", "#d0d7de"
COLOURS: Final = {"model calls": "#0969da", "articles read": "#bf8700", "thousand tokens": "#8250df"}


@dataclass(frozen=True, slots=True)
class Series:
    """Points of one kind of cost."""

    name: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """One panel. `alone`: what it would be if every digest paid for its own stories."""

    title: str
    label: str
    series: tuple[Series, ...]
    alone: tuple[tuple[float, float], ...]


async def measure() -> list[dict[str, Any]]:
    """The figures of all sizes."""
    from bench.durable import Size, run  # noqa: PLC0415  drawing needs no bench

    sizes = dict.fromkeys(
        [*(Size(digests, FIXED_FEEDS) for digests in DIGESTS), *(Size(FIXED_DIGESTS, feeds) for feeds in FEEDS)]
    )
    found = []
    for size in sizes:
        (figures,) = await run(["sqlite"], size, seconds=SECONDS)
        if figures.broken:
            print(f"{size}: {', '.join(figures.broken)}", file=sys.stderr)
        print(size, figures.counted["model_calls"], "calls", flush=True)
        found.append(asdict(figures))
    return found


def charts(found: Sequence[dict[str, Any]], stories: int) -> tuple[Chart, Chart]:
    """Cost against digests, and against distinct articles."""
    by_digests = sorted((run for run in found if run["feeds"] == FIXED_FEEDS), key=lambda run: run["digests"])
    by_articles = sorted(
        (run for run in found if run["digests"] == FIXED_DIGESTS), key=lambda run: run["counted"]["articles"]
    )
    return (
        Chart(
            f"{FIXED_FEEDS} feeds, more and more digests",
            "digests due in one minute",
            _costs((run["digests"], run["counted"]) for run in by_digests),
            tuple((run["digests"], run["digests"] * stories) for run in by_digests),
        ),
        Chart(
            f"{FIXED_DIGESTS} digests, more and more to read",
            "distinct articles",
            _costs((run["counted"]["articles"], run["counted"]) for run in by_articles),
            (),
        ),
    )


def _costs(rows: Iterable[tuple[float, dict[str, Any]]]) -> tuple[Series, ...]:
    rows = list(rows)
    return (
        Series("model calls", tuple((x, seen["model_calls"]) for x, seen in rows)),
        Series("articles read", tuple((x, seen["article_readings"]) for x, seen in rows)),
        Series("thousand tokens", tuple((x, seen["tokens"] / 1000) for x, seen in rows)),
    )


def picture(panels: Sequence[Chart]) -> str:
    """The SVG, for light and dark pages."""
    width = len(panels) * (WIDTH + MARGIN) + GAP
    height = HEIGHT + 2 * MARGIN + 24
    drawn = [_panel(chart, MARGIN + number * (WIDTH + MARGIN), MARGIN - 8) for number, chart in enumerate(panels)]
    legend = "".join(
        _mark(name, MARGIN + 150 * number, height - 14)
        + f'<text x="{MARGIN + 12 + 150 * number}" y="{height - 10}">{name}</text>'
        for number, name in enumerate(COLOURS)
    )
    at = MARGIN + 150 * len(COLOURS)
    legend += (
        f'<path d="M{at - 8} {height - 14}h20" stroke="{FAINT}" stroke-dasharray="4 3"/>'
        f'<text x="{at + 18}" y="{height - 10}">calls if each digest paid for its own stories</text>'
    )
    style = f"text{{font:12px system-ui,sans-serif;fill:{INK}}} .title{{font-weight:600}} path{{fill:none}}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        f' role="img" aria-label="Cost of digests against their number and against distinct articles">'
        f"<style>{style}</style>{''.join(drawn)}{legend}</svg>\n"
    )


def _panel(chart: Chart, left: float, top: float) -> str:
    points = [point for series in chart.series for point in series.points]
    most_x = max(x for x, _ in points)
    # The dashed line may leave the picture: what matters is how soon.
    most_y = _round_up(max(y for _, y in points) * 1.15)
    bottom = top + HEIGHT

    def at(x: float, y: float) -> tuple[float, float]:
        return left + WIDTH * x / most_x, bottom - HEIGHT * min(y, most_y) / most_y

    lines = [f'<text class="title" x="{left}" y="{top - 12}">{chart.title}</text>']
    for step in range(5):
        y = most_y * step / 4
        _, height = at(0, y)
        lines.append(f'<path d="M{left} {height:.1f}h{WIDTH}" stroke="{GRID}"/>')
        lines.append(f'<text x="{left - 6}" y="{height + 4:.1f}" text-anchor="end">{y:g}</text>')
    for x in dict.fromkeys(x for x, _ in chart.series[0].points):
        across, _ = at(x, 0)
        lines.append(f'<text x="{across:.1f}" y="{bottom + 16}" text-anchor="middle">{x:g}</text>')
    lines.append(f'<text x="{left + WIDTH / 2}" y="{bottom + 34}" text-anchor="middle">{chart.label}</text>')
    if chart.alone:
        inside = [(0.0, 0.0), *((x, y) for x, y in chart.alone if y <= most_y)]
        leaves = most_y / (chart.alone[-1][1] / chart.alone[-1][0])
        inside += [(leaves, most_y)] if leaves <= most_x else []
        lines.append(_path((at(*point) for point in inside), FAINT, ' stroke-dasharray="4 3"'))
    for series in chart.series:
        colour = COLOURS[series.name]
        places = [at(*point) for point in series.points]
        if series.name != "articles read":
            lines.append(_path(places, colour, ' stroke-width="2"'))
        lines += [_mark(series.name, x, y) for x, y in places]
    return "".join(lines)


def _mark(name: str, x: float, y: float) -> str:
    """A dot; a ring for articles, which lie where the calls lie: each is read once and paid once."""
    colour = COLOURS[name]
    if name == "articles read":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6.5" fill="none" stroke="{colour}" stroke-width="2"/>'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>'


def _path(places: Iterable[tuple[float, float]], colour: str, more: str) -> str:
    drawn = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    return f'<path d="M{drawn}" stroke="{colour}"{more}/>'


def _round_up(value: float) -> float:
    """The next number that four lines divide well."""
    return next(
        step * 10.0**power
        for power in range(9)
        for step in (1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8)
        if step * 10**power >= value
    )


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="what digests cost, drawn")
    parser.add_argument("--measure", action="store_true", help="make the runs first")
    if parser.parse_args().measure:
        from bench.durable import STORIES  # noqa: PLC0415

        data = {"stories": STORIES, "runs": asyncio.run(measure())}
        DATA.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    known = json.loads(DATA.read_text(encoding="utf-8"))
    PICTURE.write_text(picture(charts(known["runs"], known["stories"])), encoding="utf-8")
    print(PICTURE.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
