"""The command line in-process: what it prints, and the exit code of each failure."""

from __future__ import annotations

import gzip
import io
import json
import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.cli.arguments import COMMANDS
from bot.cli.main import main

pytestmark = pytest.mark.integration

ARTICLE = (
    "Brannock will rebuild its ferry pier\n\n"
    "The harbour council of Brannock voted on Tuesday to rebuild the old ferry pier before the winter storms.\n\n"
    "“We have waited nine years, and the sea does not wait,” said Maren Ilves, who runs the ticket office.\n\n"
    "The work will cost 2.4 million crowns, two thirds of it from the region, and begins on 3 June 2024.\n"
)


class Outcome:
    """What one call of the command left behind."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


class Terminal:
    """Calls `main` as a shell would, with bytes on standard input."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch, self._capsys = monkeypatch, capsys

    def __call__(self, *argv: str, stdin: bytes = b"") -> Outcome:
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = main(["--traceback", *argv])
        return Outcome(code, *self._capsys.readouterr())


@pytest.fixture
def nutgraf(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Terminal:
    monkeypatch.chdir(tmp_path)  # no .env of the checkout, no database in it
    for name in ("LLM_BASE_URL", "LLM_MODEL", "LLM_API_KEY", "DISCORD_TOKEN", "DATABASE_URL", "PROMPTS_DIR"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "pier.txt").write_text(ARTICLE, encoding="utf-8")
    return Terminal(monkeypatch, capsys)


def jsonl(*rows: object) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def test_brief_of_a_file_is_the_published_json(nutgraf: Terminal) -> None:
    done = nutgraf("brief", "pier.txt", "--published", "2024-05-17", "--format", "json", "--with-text")
    assert (done.code, done.err) == (0, "")
    brief = json.loads(done.out)
    assert brief["schema"] == "nutgraf.brief/1"
    assert brief["engine"] == "extractive"
    source = brief["sources"][0]
    assert (source["text"], source["published"], source["published_from"]) == (ARTICLE, "2024-05-17", "given")
    quotes = next(section for section in brief["sections"] if section["kind"] == "quotes")["items"]
    place = quotes[0]["evidence"][0]
    assert ARTICLE[place["start"] : place["end"]] == quotes[0]["text"]


def test_text_is_left_out_unless_asked_for(nutgraf: Terminal) -> None:
    assert "text" not in json.loads(nutgraf("brief", "pier.txt", "--format", "json").out)["sources"][0]


@pytest.mark.parametrize("style", ["terminal", "markdown"])
def test_brief_for_people_names_the_title(nutgraf: Terminal, style: str) -> None:
    done = nutgraf("brief", "pier.txt", "--format", style)
    assert done.code == 0
    assert "Brannock will rebuild its ferry pier" in done.out
    assert "\x1b" not in done.out


def test_text_from_standard_input_keeps_its_characters(nutgraf: Terminal) -> None:
    text = ARTICLE.replace("\n", "\r\n")
    done = nutgraf("brief", "--text", "-", "--format", "json", "--with-text", stdin=text.encode())
    assert json.loads(done.out)["sources"][0]["text"] == text


def test_sections_are_chosen_by_name(nutgraf: Terminal) -> None:
    done = nutgraf("brief", "pier.txt", "--sections", "timeline, summary", "--format", "json")
    assert [section["name"] for section in json.loads(done.out)["sections"]] == ["timeline", "summary"]


def test_several_sources_make_one_brief(nutgraf: Terminal, tmp_path: Path) -> None:
    (tmp_path / "other.md").write_text("# Ferry\n\nThe ferry to Brannock sails again on Monday.", encoding="utf-8")
    done = nutgraf("brief", "pier.txt", "other.md", "--format", "json")
    assert [source["title"] for source in json.loads(done.out)["sources"]] == [
        "Brannock will rebuild its ferry pier",
        "Ferry",
    ]


def test_plan_counts_and_calls_nothing(nutgraf: Terminal) -> None:
    done = nutgraf("brief", "pier.txt", "--plan", "--format", "json")
    plan = json.loads(done.out)
    assert (plan["engine"], plan["chunks"], plan["calls"]) == ("extractive", 0, 0)
    assert plan["words"] == len(ARTICLE.split())
    assert plan["tokens"] > 50
    assert "words" in nutgraf("brief", "pier.txt", "--plan").out


def test_plan_for_a_model_counts_chunks_and_calls(nutgraf: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LLM_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("LLM_MODEL", "some-model")
    plan = json.loads(nutgraf("brief", "pier.txt", "--plan", "--format", "json").out)
    assert (plan["engine"], plan["model"], plan["chunks"], plan["calls"]) == ("llm", "some-model", 1, 1)


def test_bad_line_yields_an_error_row_and_the_run_goes_on(nutgraf: Terminal) -> None:
    lines = jsonl({"id": "a", "text": ARTICLE, "title": "T", "url": "https://a.example/1"}, {"id": "b"})
    lines += b"{broken\n" + jsonl(
        ["no object"], {"id": "c", "text": 5}, {"id": "d", "text": ""}, {"id": 7, "text": ARTICLE}
    )
    done = nutgraf("brief", "--jsonl", "--engine", "extractive", stdin=lines)
    assert [row["id"] for row in done.rows] == ["a", "b", None, None, "c", "d", 7]
    assert [row.get("error", {}).get("code") for row in done.rows] == [
        None, "usage", "usage", "usage", "usage", "source-no-text", None,
    ]  # fmt: skip
    assert done.rows[0]["sources"][0]["title"] == "T"
    assert done.code == 3


def test_json_lines_are_read_from_files_too(nutgraf: Terminal, tmp_path: Path) -> None:
    line = jsonl({"id": 1, "text": ARTICLE, "published": "2024-05-17"})
    (tmp_path / "in.jsonl").write_bytes(b"\xef\xbb\xbf" + line)
    done = nutgraf("brief", "--jsonl", "in.jsonl")
    assert done.code == 0
    assert done.rows[0]["sources"][0]["published"] == "2024-05-17"


def test_annotate_gives_offsets_into_the_given_text(nutgraf: Terminal) -> None:
    done = nutgraf("annotate", "--jsonl", stdin=jsonl({"id": "x", "text": ARTICLE, "published": "2024-05-17"}))
    (row,) = done.rows
    assert (done.code, set(row)) == (0, {"id", "quotes", "timexes", "sentences"})
    (quote,) = row["quotes"]
    assert set(quote) == {"start", "end", "text", "speaker", "speaker_start", "speaker_end"}
    assert ARTICLE[quote["start"] : quote["end"]] == quote["text"]
    assert "Ilves" in ARTICLE[quote["speaker_start"] : quote["speaker_end"]]
    values = {timex["text"]: timex["value"] for timex in row["timexes"]}
    assert values["3 June 2024"] == "2024-06-03"
    assert all(set(timex) == {"start", "end", "text", "type", "value"} for timex in row["timexes"])
    assert all(ARTICLE[start:end].strip() for start, end in row["sentences"])


def test_annotate_takes_empty_text_and_lone_surrogates(nutgraf: Terminal) -> None:
    done = nutgraf(
        "annotate", "--jsonl", stdin=jsonl({"id": 1, "text": ""}, {"id": 2, "text": "A \ud800 “b c” d."})
    )
    assert done.code == 0
    assert done.rows[0] == {"id": 1, "quotes": [], "timexes": [], "sentences": []}


PAGE = f"<html><head><title>Pier</title></head><body><article><h1>Pier</h1>{''.join(f'<p>{p}</p>' for p in ARTICLE.split(chr(10)) if p)}</article></body></html>"  # noqa: E501


def test_extract_reads_pages_inline_by_path_and_packed(nutgraf: Terminal, tmp_path: Path) -> None:
    (tmp_path / "p.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "p.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    lines = jsonl(
        {"id": 1, "html": PAGE, "url": "https://bell.example/pier"},
        {"id": 2, "path": "p.html"},
        {"id": 3, "html": "p.html.gz"},
        {"id": 4, "path": "gone.html"},
        {"id": 5},
    )
    done = nutgraf("extract", "--jsonl", stdin=lines)
    assert done.code == 3
    assert done.rows[0]["text"] == done.rows[1]["text"] == done.rows[2]["text"]
    assert "waited nine years" in done.rows[0]["text"]
    assert {"id", "text", "title", "author", "published", "site", "language"} <= set(done.rows[0])
    assert done.rows[0]["site"] == "bell.example"
    assert [row["error"]["code"] for row in done.rows[3:]] == ["source-not-found", "usage"]


def test_extract_of_a_file(nutgraf: Terminal) -> None:
    done = nutgraf("extract", "pier.txt")
    assert done.rows[0]["text"] == ARTICLE
    assert done.rows[0]["title"] == "Brannock will rebuild its ferry pier"


def test_page_without_article_is_not_briefed(nutgraf: Terminal, tmp_path: Path) -> None:
    (tmp_path / "stub.html").write_text("<html><body><p>Subscribe to go on.</p></body></html>", encoding="utf-8")
    done = nutgraf("brief", "stub.html")
    assert done.code == 3
    assert "no article text" in done.err


@pytest.mark.parametrize(
    ("argv", "code", "told"),
    [
        ([], 2, "Choose from"),
        (["nonsense"], 2, "--help"),
        (["brief"], 2, "--text -"),
        (["brief", "pier.txt", "--engine", "magic"], 2, "--help"),
        (["brief", "pier.txt", "--published", "Friday"], 2, "YYYY-MM-DD"),
        (["brief", "pier.txt", "--sections", "nope"], 2, "Choose from"),
        (["brief", "pier.txt", "--sections", ","], 2, "prompts show"),
        (["brief", "pier.txt", "--language", "klingon!"], 2, "by its name"),
        (["brief", "pier.txt", "--engine", "llm"], 2, "LLM_BASE_URL"),
        (["brief", "--jsonl", "--plan"], 2, "--plan"),
        (["annotate"], 2, "--jsonl"),
        (["brief", "gone.txt"], 3, "Check its name"),
        (["brief", "."], 3, "folder"),
        (["brief", "article.pdf"], 3, ".txt"),
        (["brief", "http://127.0.0.1/"], 3, "public"),
        (["brief", "ftp://a.example/x"], 3, "public"),
        (["brief", "--text", "  "], 3, "paste"),
        (["brief", "--jsonl", "gone.jsonl"], 3, "Check its name"),
        (["prompts", "show", "nope"], 2, "Choose from"),
    ],
)
def test_failure_is_one_line_with_its_cure_and_its_exit_code(
    nutgraf: Terminal, tmp_path: Path, argv: list[str], code: int, told: str
) -> None:
    (tmp_path / "article.pdf").write_bytes(b"%PDF-1.7")
    done = nutgraf(*argv)
    assert (done.code, done.out) == (code, "")
    assert told in done.err
    assert done.err.count("\n") == 1
    assert "Traceback" not in done.err


def test_model_that_is_down_fails_only_where_no_fallback_is_allowed(
    nutgraf: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LLM_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("LLM_MODEL", "some-model")
    monkeypatch.setenv("LLM_RETRIES", "0")
    alone = nutgraf("brief", "pier.txt", "--engine", "llm", "--format", "json")
    assert alone.code == 4
    assert "nutgraf doctor" in alone.err
    fallen = nutgraf("brief", "pier.txt", "--format", "json")
    assert fallen.code == 0
    brief = json.loads(fallen.out)
    assert brief["engine"] == "extractive"
    assert "fallback-extractive" in {finding["code"] for finding in brief["findings"]}


def test_setting_that_is_not_valid_is_named(nutgraf: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FETCH_MAX_BYTES", "many")
    done = nutgraf("brief", "pier.txt")
    assert done.code == 2
    assert "FETCH_MAX_BYTES" in done.err


def test_help_is_printed_for_every_command(nutgraf: Terminal) -> None:
    assert nutgraf("--help").code == 0
    for name in COMMANDS:
        done = nutgraf(name, "--help")
        assert (done.code, done.err) == (0, "")


def test_doctor_finds_nothing_wrong_on_a_bare_machine(nutgraf: Terminal, tmp_path: Path) -> None:
    done = nutgraf("doctor")
    assert done.code == 0
    assert "FAIL" not in done.out
    assert "extractive engine writes" in done.out
    assert not (tmp_path / "nutgraf.db").exists()


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("DATABASE_URL", "sqlite:////no/such/folder/n.db", "folder"),
        ("DATABASE_URL", "mysql://u:hunter2@h/d", "SQLite or PostgreSQL"),
        ("DATABASE_URL", "postgres://u:hunter2@127.0.0.1:9/d", "does not answer"),
        ("LLM_BASE_URL", "http://127.0.0.1:9/v1", "LLM_MODEL"),
        ("PROMPTS_DIR", "nowhere", "prompts"),
    ],
)
def test_doctor_tells_each_trouble_and_no_secret(
    nutgraf: Terminal, monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    monkeypatch.setenv(name, value)
    done = nutgraf("doctor")
    assert done.code == 1
    assert told in next(line for line in done.out.splitlines() if line.startswith("FAIL"))
    assert "hunter2" not in done.out + done.err


def test_doctor_reads_an_existing_database(nutgraf: Terminal, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "nutgraf.db") as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()
    assert "journal wal" in nutgraf("doctor").out


def test_prompts_are_checked_shown_and_rendered(nutgraf: Terminal) -> None:
    assert "all valid" in nutgraf("prompts", "check").out
    assert "quotes" in nutgraf("prompts", "show").out
    assert "max_items" in nutgraf("prompts", "show", "summary").out
    rendered = nutgraf("prompts", "render", "pier.txt", "--sections", "quotes")
    assert rendered.code == 0
    assert "We have waited nine years" in rendered.out
    assert nutgraf("prompts", "render").code == 0


def test_prompts_check_lists_what_is_wrong(
    nutgraf: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "mine" / "sections").mkdir(parents=True)
    monkeypatch.setenv("PROMPTS_DIR", "mine")
    done = nutgraf("prompts", "check")
    assert done.code == 2
    assert "is missing" in done.out
    assert "problems" in done.err
