"""Markdown, JSON and terminal: the same Brief, each surface safe in its own way."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, available_timezones

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
from bot.render.layout import pages
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
    assert card.notes == ()
    assert [block.note for block in card.blocks] == [
        "",
        "2 of 3 quotes verified word for word; 1 was left out.",
        "",
    ]
    assert card.warnings[0] == "The model failed. The built-in extractive engine wrote this briefing instead."
    assert card.warnings[1].startswith("One source was left out")
    assert card.warnings[2] == "Only about 40% of “Harbour reopens after nine weeks” was read."


def test_quotes_are_counted_where_none_was_left_out_too() -> None:
    (block,) = make_card(brief(sections=(quotes(("One.", None), ("Two.", None)),))).blocks
    assert block.note == "2 of 2 quotes verified word for word."
    assert make_card(brief(sections=(quotes(),))).blocks[0].note == ""
    assert "*2 of 2 quotes verified word for word.*" in render_markdown(brief())
    assert "2 of 2 quotes verified word for word." in on_terminal(brief())


def test_items_that_no_program_could_read_are_told_by_section() -> None:
    detail = "1 of 6 items in the model's answer could not be used."
    finding = Finding(code="model-item-dropped", section="summary", detail=detail)
    assert make_card(brief(findings=(finding,))).notes == (f"Summary: {detail}",)


def test_history_beside_the_news_is_marked_as_such_on_every_surface() -> None:
    (section,) = brief(sections=(timeline(("The old bridge fell.", "1998-03", "in March 1998")),)).sections
    item = section.items[0].model_copy(update={"background": True})
    made = brief(sections=(section.model_copy(update={"items": (item,)}),))
    assert "- **Mar 1998** · *background* — The old bridge fell." in pages(make_card(made))[0].texts[1]
    assert "- **Mar 1998** · *background* — The old bridge fell." in render_markdown(made)
    assert "Mar 1998 (background): The old bridge fell." in on_terminal(made)


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


# What no time of day can keep besides Hawaii and New Zealand: two days' width of zones do not fit into one.
OTHER_DAY = {
    *("Pacific/Midway", "Pacific/Niue", "Pacific/Pago_Pago", "Pacific/Samoa", "US/Samoa"),
    "Pacific/Kiritimati",
}


def test_a_stamp_names_the_same_day_in_every_zone_from_hawaii_to_the_chathams() -> None:
    for day in (date(2026, 1, 15), date(2026, 7, 15)):
        at = datetime.fromtimestamp(unix_seconds(day), UTC)
        moved = {
            name
            for name in available_timezones()
            if not name.startswith("Etc/") and at.astimezone(ZoneInfo(name)).date() != day
        }
        assert moved == OTHER_DAY


def test_only_a_whole_certain_day_gets_a_stamp() -> None:
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
