"""Files on request: each opens as what it is called, whatever the briefing holds."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.brief import Brief
from bot.render.files import brief_file, file_name
from tests.support.briefs import any_brief, brief, points, source, timeline

pytestmark = pytest.mark.unit


def test_each_kind_is_named_after_the_article() -> None:
    made = brief()
    files = [brief_file(made, "markdown"), brief_file(made, "json"), brief_file(made, "timeline")]
    assert [file.name if file else None for file in files] == [
        "harbour-reopens-after-nine-weeks.md",
        "harbour-reopens-after-nine-weeks.json",
        "harbour-reopens-after-nine-weeks.png",
    ]


def test_picture_brings_its_words() -> None:
    file = brief_file(brief(), "timeline")
    assert file is not None
    assert file.data.startswith(b"\x89PNG")
    assert file.alt.startswith("Timeline of “Harbour reopens after nine weeks”: 2 Mar 2026")


@pytest.mark.parametrize("section", [points("One."), timeline(), timeline(("A party 🎉", None, None))])
def test_no_picture_where_there_is_nothing_to_draw_or_no_font_for_it(section: object) -> None:
    assert brief_file(brief(sections=(section,)), "timeline") is None


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("../../etc/passwd", "etc-passwd.json"),
        ("Für Zoë & José: 1/2", "fur-zoe-jose-1-2.json"),
        ("港が再開", "briefing.json"),
        (None, "briefing.json"),
        ("word " * 50, f"{('word-' * 12).rstrip('-')}.json"),
    ],
)
def test_a_name_is_one_that_every_system_takes(title: str | None, name: str) -> None:
    made = file_name(brief(sources=(source(title=title),)), "json")
    assert re.fullmatch(r"[a-z0-9-]{1,60}\.json", made)
    assert made == name


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(any_brief(), st.sampled_from(["markdown", "json"]))
def test_any_brief_makes_a_file_that_opens(made: Brief, kind: str) -> None:
    file = brief_file(made, "json" if kind == "json" else "markdown")
    assert file is not None
    text = file.data.decode("utf-8")
    assert text.endswith("\n")
    if kind == "json":
        assert Brief.model_validate(json.loads(text)) == made
