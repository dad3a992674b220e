"""Markdown, JSON and terminal: the same Brief, each surface safe in its own way."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt
from rich.console import Console

from bot.domain.brief import Brief
from bot.domain.draft import Finding, Usage
from bot.render.card import make_card
from bot.render.dates import certain_day, date_label, unix_seconds
from bot.render.escape import one_line
from bot.render.json import brief_json, brief_schema
from bot.render.markdown import render_markdown
from bot.render.terminal import print_brief
from tests.support.briefs import any_brief, brief, points, quotes, source, timeline

pytestmark = pytest.mark.unit


def on_terminal(brief: Brief) -> str:
    out = io.StringIO()
    print_brief(brief, Console(file=out, width=100, force_terminal=False, color_system=None))
    return out.getvalue()


@given(any_brief())
def test_json_meets_its_schema(brief: Brief) -> None:
    data = json.loads(brief_json(brief))
    assert list(Draft202012Validator(json.loads(brief_schema())).iter_errors(data)) == []
    assert data["schema"] == "nutgraf.brief/1"
    assert Brief.model_validate(data) == brief


def test_json_keeps_letters_as_they_are_and_fits_a_line() -> None:
    line = brief_json(brief(sections=(points("Malmö 日本"),)), indent=None)
    assert "Malmö 日本" in line
    assert "\n" not in line
    assert '"speaker": null' in brief_json(brief())


@given(any_brief())
def test_markdown_holds_every_item_as_plain_text(brief: Brief) -> None:
    tokens = MarkdownIt("commonmark").parse(render_markdown(brief))
    inline = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in inline} <= {
        *("text", "text_special", "softbreak", "link_open", "link_close"),
        *("em_open", "em_close", "strong_open", "strong_close"),
    }
    everything = "".join("".join(child.content for child in inline).split())
    for section in brief.sections:
        for item in section.items:
            assert "".join(one_line(item.text).split()) in everything


def test_markdown_of_an_ordinary_brief() -> None:
    page = render_markdown(brief())
    assert page.startswith(
        "# [Harbour reopens after nine weeks](<https://courier.example/harbour>)\n\nLund Courier · "
    )
    assert "## Summary\n\n- The harbour reopened on Monday." in page
    assert "> “We are open again.”\n>\n> — Harbour master Ola Lind" in page
    assert "- **2 Mar 2026** — The harbour reopened." in page


@given(any_brief())
def test_the_terminal_gets_no_control_character(brief: Brief) -> None:
    assert not {c for c in on_terminal(brief) if (c < " " and c != "\n") or "\x7f" <= c <= "\x9f"}


def test_the_terminal_takes_no_markup_from_an_article() -> None:
    text = "[bold red]loud[/] :smile: [link=https://evil.example]x[/link]"
    assert text in on_terminal(brief(sections=(points(text), quotes((text, text)), timeline((text, None, text)))))


def test_losses_and_limits_are_said_in_plain_words() -> None:
    findings = (
        Finding(code="quote-not-verbatim", section="quotes"),
        Finding(code="fallback-extractive"),
        Finding(code="source-unreachable", detail="One source was left out: That site did not answer in time."),
    )
    card = make_card(brief(findings=findings, sources=(source(coverage=0.4),)))
    assert card.notes == ("2 of 3 quotes verified; 1 was dropped.",)
    assert card.warnings[0] == "The model failed. The built-in extractive engine wrote this briefing instead."
    assert card.warnings[1].startswith("One source was left out")
    assert card.warnings[2] == "Only about 40% of “Harbour reopens after nine weeks” was read."


def test_the_footer_names_engine_model_tokens_and_time() -> None:
    usage = Usage(calls=2, prompt_tokens=3_000, completion_tokens=412, estimated=True, seconds=12.34)
    assert make_card(brief(engine="llm", model="small-1", usage=usage)).footer == (
        "Engine: llm",
        "small-1",
        "3,412 tokens (estimated)",
        "12.3 s",
    )


@pytest.mark.parametrize(
    ("iso", "words", "label"),
    [
        ("2021-08-19", "Thursday", "19 Aug 2021"),
        ("2021-08", None, "Aug 2021"),
        ("2021", None, "2021"),
        ("2021-08-17/2021-09-02", None, "17 Aug 2021 – 2 Sep 2021"),
        ("2021-08-19T14:30", None, "19 Aug 2021, 14:30"),
        ("2021-99", None, "2021-99"),
        (None, "last spring", "“last spring”"),
        (None, None, "undated"),
    ],
)
def test_a_date_reads_no_more_precise_than_it_is(iso: str | None, words: str | None, label: str) -> None:
    assert date_label(iso, words) == label


def test_a_stamp_names_the_same_day_from_hawaii_to_new_zealand() -> None:
    seconds = unix_seconds(date(2021, 8, 19))
    days = {
        date.fromordinal(date(1970, 1, 1).toordinal() + (seconds + h * 3600) // 86_400) for h in range(-10, 14)
    }
    assert days == {date(2021, 8, 19)}
    assert certain_day("2021-08") is None
    assert certain_day("2021-02-30") is None


def test_markdown_and_json_do_not_load_rich() -> None:
    code = "import sys, bot.render.markdown, bot.render.json; raise SystemExit('rich' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_what_the_engine_could_not_do_is_told_once() -> None:
    findings = (
        Finding(code="fallback-extractive", detail="Written without the model: It is busy."),
        Finding(code="chunk-failed", detail="Part 2 of 3 was not read: The model endpoint is busy."),
        Finding(code="merge-failed", section="summary", detail="Merging failed."),
        Finding(code="merge-failed", section="timeline", detail="Merging failed."),
        Finding(code="quote-trimmed", section="quotes"),
        Finding(code="duplicate", section="summary"),
        Finding(code="point-unsupported", section="summary"),
    )
    card = make_card(brief(findings=findings))
    assert card.warnings == (
        "Written without the model: It is busy. The built-in extractive engine wrote this briefing instead.",
        "Part 2 of 3 was not read: The model endpoint is busy.",
    )
    assert card.notes == ("Merging failed.", "Summary: 1 item dropped, not borne out by the text.")
