"""A real article, where one lies beside the checkout (it is its publisher's, so it is no part of the project)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.cli.main import main
from bot.domain.brief import Brief
from bot.render.card import make_card
from bot.render.layout import pages

ARTICLE = Path(__file__).parents[2].parent / "shared" / "samples" / "kabul-evacuation.txt"

pytestmark = pytest.mark.skipif(not ARTICLE.is_file(), reason="shared/samples does not lie beside the checkout")


def briefed(capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, Any]:
    assert main(["brief", str(ARTICLE), "--format", "json", "--engine", "extractive", *options]) == 0
    data: dict[str, Any] = json.loads(capsys.readouterr().out)
    return data


def items(brief: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [item for section in brief["sections"] if section["kind"] == kind for item in section["items"]]


def test_no_site_furniture_is_briefed(capsys: pytest.CaptureFixture[str]) -> None:
    told = json.dumps(briefed(capsys)["sections"], ensure_ascii=False).lower()
    for furniture in ("click here", "related content", "sitting in the same room", "us touts"):
        assert furniture not in told


def test_the_speakers_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    speakers = " | ".join(str(quote["speaker"]) for quote in items(briefed(capsys), "quotes"))
    for name in (
        "Molly Montgomery",
        "Amrullah Saleh",
        "Tom Bowman",
        "Eurasia Group",
        "Indo-Pacific intelligence official",
        "European official",
    ):
        assert name in speakers


def test_quotes_survive_into_the_card_literally(capsys: pytest.CaptureFixture[str]) -> None:
    brief = briefed(capsys)
    quotes = " ".join(quote["text"] for quote in items(brief, "quotes"))
    text = ARTICLE.read_text(encoding="utf-8")
    assert all(quote["text"] in text for quote in items(brief, "quotes"))
    assert "s***" in quotes
    card = "\n".join(text for page in pages(make_card(Brief.model_validate(brief))) for text in page.texts)
    assert r"s\*\*\*" in card, "escaped, so that Discord shows the asterisks"


def test_weekdays_count_from_the_day_of_publication(capsys: pytest.CaptureFixture[str]) -> None:
    events = items(briefed(capsys, "--published", "2021-08-13"), "timeline")
    fall = next(event for event in events if "conquest of Herat and Kandahar" in event["text"])
    assert fall["date"] == "2021-08-13"
    assert "2021-08-07" in {event["date"] for event in events if event["date_text"] == "Saturday"}


def test_without_a_day_of_publication_no_day_is_invented(capsys: pytest.CaptureFixture[str]) -> None:
    events = items(briefed(capsys), "timeline")
    assert events
    assert {event["date"] for event in events} <= {None, "2001"}
