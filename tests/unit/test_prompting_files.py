"""Prompt files are content: valid ones load, every mistake is told with its file and key."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.domain.errors import PromptError, UsageError
from bot.prompting import check_prompts, load_prompts
from bot.prompting.files import packaged_prompts

pytestmark = pytest.mark.unit

WHO = """---
name: who
title: Who is who
kind: points
order: 40
max_items: 4
---
At most {{ max_items }} people or bodies that matter, each with the role the material gives.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(packaged_prompts(), tmp_path / "prompts"))


def test_the_packaged_prompts_are_valid_and_ordered() -> None:
    assert check_prompts() == []
    assert [section.name for section in load_prompts().section_values()] == ["summary", "quotes", "timeline"]


def test_a_new_section_is_one_new_file(folder: Path) -> None:
    (folder / "sections" / "who.md").write_text(WHO, encoding="utf-8")
    prompts = load_prompts(folder)
    assert [prompt.section.name for prompt in prompts.sections][-1] == "who"
    assert prompts.section_values(["who"])[0].title == "Who is who"


def test_the_digest_changes_with_any_text_and_not_with_line_ends(folder: Path) -> None:
    before = load_prompts(folder).digest
    voice = folder / "parts" / "voice.md"
    text = voice.read_text(encoding="utf-8")
    voice.write_bytes(text.replace("\n", "\r\n").encode())
    assert load_prompts(folder).digest == before
    voice.write_text(text + "- Be brief.\n", encoding="utf-8")
    assert load_prompts(folder).digest != before
    assert len(before) == 12


def test_a_disabled_section_is_not_asked_unless_named(folder: Path) -> None:
    (folder / "sections" / "who.md").write_text(WHO.replace("order", "enabled: false\norder"), encoding="utf-8")
    prompts = load_prompts(folder)
    assert "who" not in [section.name for section in prompts.section_values()]
    assert prompts.section_values(["who"])[0].name == "who"


def test_an_unknown_section_name_is_a_usage_error_that_lists_the_known_ones() -> None:
    with pytest.raises(UsageError, match="summary, quotes, timeline"):
        load_prompts().section_values(["sumary"])


def test_a_name_given_twice_is_one_section() -> None:
    assert len(load_prompts().section_values(["quotes", "quotes"])) == 1


@pytest.mark.parametrize(
    ("change", "clause"),
    [
        (("kind: points", "kind: points\ncolour: red"), "sections/who.md: colour is no known key"),
        (("kind: points\n", ""), "sections/who.md: kind is missing"),
        (("kind: points", "kind: poem"), "sections/who.md: kind: "),
        (("max_items: 4", "max_items: 900"), "sections/who.md: max_items: "),
        (("name: who", "name: whom"), "sections/who.md: name is 'whom', but the file is called 'who'"),
        (("{{ max_items }} ", ""), "sections/who.md: {{ max_items }} is not used"),
        (("{{ max_items }}", "{{ max_items }} {{ maxitems }}"), "{{ maxitems }} is no variable here"),
        (("{{ max_items }}", "{{ max_items"), "sections/who.md: line 1 of the text is no valid template"),
        (("{{ max_items }}", "{{ max_items|shout }}"), "sections/who.md: line 1 of the text is no valid template"),
        (("At most", "{% include 'x.md' %} At most"), "include, import and extends are not allowed"),
        (("{{ max_items }}", "{{ max_items.__class__ }}"), "sections/who.md: A prompt could not be filled"),
        (("{{ max_items }}", "{{ max_items / 0 }}"), "sections/who.md: A prompt could not be filled"),
        (("---\nname", "name"), "sections/who.md: does not begin with a line of ---"),
        (("max_items: 4\n---", "max_items: 4"), "sections/who.md: has no second line of ---"),
        (("title: Who is who", "title: [Who"), "sections/who.md: its front matter is no valid YAML"),
        (("name: who", "name: \x00who"), "sections/who.md: its front matter is no valid YAML"),
        (("name: who", "name: !!python/name:os.system"), "sections/who.md: its front matter is no valid YAML"),
    ],
)
def test_a_mistake_is_told_with_its_file_and_key(folder: Path, change: tuple[str, str], clause: str) -> None:
    (folder / "sections" / "who.md").write_text(WHO.replace(*change), encoding="utf-8")
    problems = check_prompts(folder)
    assert len(problems) == 1
    assert clause in problems[0]
    assert str(folder) not in problems[0]
    with pytest.raises(PromptError) as raised:
        load_prompts(folder)
    assert clause in str(raised.value)


def test_a_body_without_text_is_a_mistake(folder: Path) -> None:
    (folder / "sections" / "who.md").write_text(WHO.split("At most", maxsplit=1)[0], encoding="utf-8")
    assert check_prompts(folder) == ["sections/who.md: there is no text"]


def test_all_mistakes_are_told_at_once(folder: Path) -> None:
    (folder / "parts" / "voice.md").unlink()
    (folder / "parts" / "tone.md").write_text("x", encoding="utf-8")
    (folder / "parts" / "merge.md").write_bytes(b"\xff\xfe")
    problems = check_prompts(folder)
    assert len(problems) == 3
    assert "parts/voice.md: is missing" in problems
    assert "parts/merge.md: is not readable as UTF-8 text" in problems


def test_a_part_that_drops_the_boundary_is_a_mistake(folder: Path) -> None:
    (folder / "parts" / "evidence.md").write_text("Be careful.", encoding="utf-8")
    assert check_prompts(folder) == ["parts/evidence.md: {{ boundary }} is not used"]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert check_prompts(tmp_path / "none") == ["there is no such prompts folder"]


def test_a_folder_without_an_enabled_section_is_told(folder: Path) -> None:
    for path in (folder / "sections").glob("*.md"):
        path.unlink()
    assert check_prompts(folder) == ["no section is enabled"]
