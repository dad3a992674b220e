"""The gold set: short articles in many styles, written for this project, with quotes, speakers, dates and facts.

An article is a text file with YAML front matter (title, style, language, published, facts) and marks in the text:
`⟦q Ada Lind|“Words.”⟧` is a key quote and its speaker's resolved name (`-`: the text does not say), and
`⟦t 2026-03-02|Monday⟧` is a time expression and its value as a Brief writes it (`-`: not resolvable).
Quotation marks outside a mark are scare quotes, titles and the like, no key quotes. `facts` are stretches of
the text that a good summary rests on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent / "articles"


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked stretch [start, end) of the text; `value` is None where the text does not say."""

    kind: str
    start: int
    end: int
    value: str | None


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """One article, its marks taken out of the text."""

    name: str
    title: str
    style: str
    language: str
    published: date | None
    facts: tuple[str, ...]
    text: str
    quotes: tuple[Mark, ...]
    times: tuple[Mark, ...]


def load_gold() -> list[GoldArticle]:
    """Every article of the set, by name."""
    return [_read(path) for path in sorted(FOLDER.glob("*.txt"))]


def _read(path: Path) -> GoldArticle:
    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    front = yaml.safe_load(head)
    text, marks = _unmark(body.strip())
    missing = [fact for fact in front["facts"] if fact not in text]
    if missing:
        raise ValueError(f"{path.name}: not in the text: {missing}")
    return GoldArticle(
        name=path.stem,
        title=front["title"],
        style=front["style"],
        language=front["language"],
        published=front.get("published"),
        facts=tuple(front["facts"]),
        text=text,
        quotes=tuple(mark for mark in marks if mark.kind == "q"),
        times=tuple(mark for mark in marks if mark.kind == "t"),
    )


def _unmark(body: str) -> tuple[str, list[Mark]]:
    out: list[str] = []
    length = 0
    open_marks: list[tuple[str, str, int]] = []
    marks: list[Mark] = []
    position = 0
    while position < len(body):
        if body[position] == "⟦":
            bar = body.index("|", position)
            kind, value = body[position + 1 : bar].split(" ", 1)
            open_marks.append((kind, value, length))
            position = bar + 1
        elif body[position] == "⟧":
            kind, value, start = open_marks.pop()
            marks.append(Mark(kind, start, length, None if value == "-" else value))
            position += 1
        else:
            out.append(body[position])
            length += 1
            position += 1
    if open_marks:
        raise ValueError(f"a mark is not closed: {open_marks}")
    return "".join(out), sorted(marks, key=lambda mark: mark.start)
