"""Claims about the tree that no single room can hold."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BOT = ROOT / "bot"

HOMES = {
    "discord": {"chat", "playground"},
    "httpx": {"intake", "llm"},
    "sqlalchemy": {"store"},
    "alembic": {"store"},
    "feedparser": {"intake"},
    "defusedxml": {"intake"},
    "tiktoken": {"text"},
    "trafilatura": {"intake"},
    "dbos": {"jobs"},
    "babel": {"wording"},
    "regex": {"render"},
    "typst": {"render"},
    "rich": {"render", "cli"},
    "jinja2": {"prompting"},
    "yaml": {"prompting"},
    "aiohttp": {"playground", "watch"},
    "prometheus_client": {"watch"},
    "markdown_it": {"playground", "intake"},
    "pydantic_settings": {"settings.py"},
}


def _trees() -> list[tuple[Path, ast.Module]]:
    return [(path, ast.parse(path.read_text(encoding="utf-8"))) for path in sorted(BOT.rglob("*.py"))]


def _imports(tree: ast.Module) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


def test_a_library_lives_in_its_room_only() -> None:
    strays = [
        f"{path.relative_to(ROOT)} imports {library}"
        for path, tree in _trees()
        for library in _imports(tree) & HOMES.keys()
        if path.relative_to(BOT).parts[0] not in HOMES[library]
    ]
    assert strays == []


@pytest.mark.parametrize("proven", ["Brief", "Reply"])
def test_only_the_verifier_makes_what_is_proven(proven: str) -> None:
    makers = {
        path.relative_to(BOT).parts[0]
        for path, tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == proven
    }
    assert makers == {"verify"}


def test_only_settings_reads_the_environment() -> None:
    readers = [
        str(path.relative_to(ROOT))
        for path, tree in _trees()
        if path != BOT / "settings.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
    ]
    assert readers == []


def test_no_room_or_file_shadows_a_library() -> None:
    installed = {name.lower() for name in packages_distributions()} | set(sys.stdlib_module_names)
    top_level = {path.stem for path in ROOT.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert (top_level - {"bot"}) & installed == set()


def test_every_module_says_why_it_exists() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path, tree in _trees()
        if path.stat().st_size and not ast.get_docstring(tree)
    ]
    assert silent == []


def test_files_stay_readable() -> None:
    """A file that a reader holds in the head; the exceptions are tables, each with its reason."""
    tables: dict[str, str] = {}
    long = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in BOT.rglob("*.py")
        if str(path.relative_to(ROOT)) not in tables
    }
    assert {name: lines for name, lines in long.items() if lines > 450} == {}


@pytest.mark.parametrize("pattern", [r"/work/", r"/tmp/studio", r"pypi\.org|npmjs|files\.pythonhosted"])
def test_no_commit_names_a_machine_or_a_registry(pattern: str) -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    hits = [
        name
        for name in listed.stdout.splitlines()
        if name != "tests/architecture/test_tree.py" and (ROOT / name).suffix not in {".gz", ".png"}
        if (ROOT / name).is_file()
        and re.search(pattern, (ROOT / name).read_text(encoding="utf-8", errors="replace"))
    ]
    assert hits == []
