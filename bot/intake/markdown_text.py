"""Markdown to the text that a person would read: no front matter, link targets, images or emphasis marks.

Rules on the source rather than a rendering: paragraphs, lists and quotations keep their lines, so that what the
reader compares with the file is recognisable. Code is kept as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from bot.intake.content import Extract, Raw
from bot.intake.decode import decoded
from bot.intake.written_dates import written_date

FRONT_MATTER: Final = re.compile(r"\A---[ \t]*\r?\n(?P<body>.*?)\r?\n(---|\.\.\.)[ \t]*(\r?\n|\Z)", re.DOTALL)
FIELD: Final = re.compile(r"^(?P<key>[A-Za-z_]+)[ \t]*:[ \t]*(?P<value>.+?)[ \t]*$", re.MULTILINE)
FENCE: Final = re.compile(r"^ {0,3}(`{3,}|~{3,})")
HEADING: Final = re.compile(r"^ {0,3}#{1,6}[ \t]+(?P<words>.*?)[ \t]*#*[ \t]*$")
RULE: Final = re.compile(r"^ {0,3}((=+|-{3,})[ \t]*|([-*_][ \t]*){3,})$")
DEFINITION: Final = re.compile(r"^ {0,3}\[[^\]]+\]:[ \t]*\S+")
QUOTE_MARK: Final = re.compile(r"^ {0,3}(>[ \t]?)+")

# In this order: an image may stand inside a link, emphasis inside both.
INLINE: Final = (
    (re.compile(r"<!--.*?-->", re.DOTALL), ""),
    (re.compile(r"!\[[^\]]*\](\([^()\s]*(\([^()]*\)[^()\s]*)*([ \t]+\"[^\"]*\")?\)|\[[^\]]*\])"), ""),
    (re.compile(r"(?<!\\)\[([^\[\]]+)\](\([^()\s]*(\([^()]*\)[^()\s]*)*([ \t]+\"[^\"]*\")?\)|\[[^\]]*\])"), r"\1"),
    (re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>"), r"\1"),
    (re.compile(r"</?[A-Za-z][^<>\n]{0,200}>"), ""),
    (re.compile(r"(?<![\\\w*])(\*{1,3})(?=\S)([^*\n]+?)(?<=\S)\1(?![\w*])"), r"\2"),
    (re.compile(r"(?<![\\\w])(_{1,3})(?=\S)([^_\n]+?)(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"(?<!`)`([^`\n]+)`(?!`)"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+\-.!>~|])"), r"\1"),
)


def extract_markdown(raw: Raw) -> Extract:
    """The Extract of a Markdown file; its front matter outranks its first heading."""
    source = decoded(raw.data, content_type=raw.content_type)
    front = FRONT_MATTER.match(source)
    fields = _fields(front["body"]) if front else {}
    body = source[front.end() :] if front else source
    published = _date(fields)
    return Extract(
        text=plain(body),
        title=fields.get("title") or _first_heading(body),
        author=fields.get("author"),
        language=fields.get("lang") or fields.get("language"),
        published=published,
        published_from="meta" if published else "unknown",
    )


def plain(source: str) -> str:
    """The readable text of Markdown `source`, one blank line between blocks."""
    text = "\n".join(_lines(source))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _lines(source: str) -> Iterator[str]:
    run: list[str] = []
    fence = ""
    for line in source.splitlines():
        mark = FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            yield from _inline(run)
            run, fence = [], "" if fence else mark[1]
        elif fence:
            yield line
        elif heading := HEADING.match(line):
            run += ["", heading["words"], ""]
        elif not RULE.match(line) and not DEFINITION.match(line):
            run.append(QUOTE_MARK.sub("", line).rstrip())
    yield from _inline(run)


def _inline(lines: list[str]) -> list[str]:
    text = "\n".join(lines)
    for pattern, replacement in INLINE:
        text = pattern.sub(replacement, text)
    return text.split("\n") if lines else []


def _fields(front: str) -> dict[str, str]:
    return {found["key"].lower(): found["value"].strip("\"'") for found in FIELD.finditer(front)}


def _date(fields: dict[str, str]) -> date | None:
    return next((day for key in ("published", "date") if (day := written_date(fields.get(key)))), None)


def _first_heading(source: str) -> str | None:
    for line in source.splitlines():
        if found := HEADING.match(line):
            return "\n".join(_inline([found["words"]])).strip() or None
    return None
