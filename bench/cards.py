"""From a Brief to what is sent to Discord: card, pages, components; and the timeline's picture.

The ideal beside it is writing the same Brief as JSON: what has to be touched anyway.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

from bot.chat.cards import card_view
from bot.domain.brief import Brief
from bot.render.card import make_card
from bot.render.json import brief_json
from bot.render.layout import pages
from bot.render.timeline_picture import timeline_picture

ROUNDS = 200
SENTENCE = "The harbour reopened on Monday after nine weeks, and *most* ferries_left [at noon]. "


def main() -> dict[str, float]:
    """Medians and 99th percentiles in seconds; prints a line a figure."""
    figures: dict[str, float] = {}
    for name, brief in (
        ("ordinary", _brief(1, 5)),
        ("long", _brief(9, 9)),
        ("endless word", _brief(60, 4, "")),
    ):
        sent = _timed(lambda brief=brief: _sent(brief))
        plain = _timed(lambda brief=brief: brief_json(brief))
        figures |= {f"{name} median": sent[0], f"{name} p99": sent[1]}
        print(
            f"card, {name:<13} {sent[0] * 1000:7.2f} ms, p99 {sent[1] * 1000:7.2f} ms   "
            f"{_sent(brief)} page(s), JSON alone {plain[0] * 1000:.2f} ms"
        )
    card = make_card(_brief(1, 5))
    first = _seconds(lambda: timeline_picture(card))
    later, worst = _timed(lambda: timeline_picture(card), rounds=20)
    print(f"timeline's picture   {later * 1000:7.2f} ms, p99 {worst * 1000:7.2f} ms   first {first * 1000:.0f} ms")
    return figures | {"picture first": first, "picture later": later}


def _sent(brief: Brief) -> int:
    """All pages as bodies, as an answer of one message makes the page that is looked at; how many there are."""
    found = pages(make_card(brief))
    for page in found:
        card_view(page).to_components()
    return len(found)


def _brief(sentences: int, items: int, between: str = " ") -> Brief:
    """`items` points, quotes and events, each of so many sentences; without spaces where `between` is empty."""
    text = (SENTENCE * sentences).strip().replace(" ", between)
    place: dict[str, Any] = {
        "evidence": [{"source": "a", "start": 0, "end": 5}],
        "passage": 1,
        "link": "https://courier.example/harbour#:~:text=The%20harbour",
    }
    found = [{"text": f"{number} {text}", **place} for number in range(items)]
    source = {
        "id": "a",
        "title": "Harbour reopens after nine weeks",
        "author": "Ina Berg",
        "site": "Lund Courier",
        "url": "https://courier.example/harbour",
        "published": "2026-03-04",
        "language": "en",
        "words": 920,
        "coverage": 1.0,
    }
    sections = [
        {"kind": "points", "name": "summary", "title": "Summary", "items": found},
        {
            "kind": "quotes",
            "name": "quotes",
            "title": "Key quotes",
            "items": [{**item, "speaker": "Harbour master Ola Lind"} for item in found],
        },
        {
            "kind": "timeline",
            "name": "timeline",
            "title": "Timeline",
            "items": [{**item, "date": "2026-03-02", "precision": "day"} for item in found],
        },
    ]
    return Brief.model_validate({"sources": [source], "engine": "extractive", "sections": sections})


def _timed(work: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, float]:
    taken = sorted(_seconds(work) for _ in range(rounds))
    return statistics.median(taken), taken[int(0.99 * (rounds - 1))]


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
