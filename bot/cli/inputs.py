"""What the arguments name, as Sources; and the lines of JSON Lines input, good ones and bad."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from bot.domain.errors import NotFoundError, SourceError, TooLargeError, UnsupportedError, UsageError
from bot.domain.source import FileSource, Known, LinkSource, Source, TextSource

STDIN: Final = "-"
ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


def sources_of(names: Sequence[str], text: str | None, known: Known, *, max_bytes: int) -> tuple[Source, ...]:
    """The Sources of the command line, in order, `--text` last. Raises UsageError and SourceError."""
    sources: list[Source] = [source_of(name, known, max_bytes=max_bytes) for name in names]
    if text is not None:
        sources.append(TextSource(text=stdin_text() if text == STDIN else text, known=known))
    if not sources:
        raise UsageError("There is nothing to read.", cure="Give a link or a file, or pipe text in with --text -.")
    return tuple(sources)


def source_of(name: str, known: Known, *, max_bytes: int) -> Source:
    """The Source of one argument: an address, `-` for standard input, or a file, which is read here."""
    if ADDRESS.match(name):
        return LinkSource(url=name, known=known)
    if name == STDIN:
        return TextSource(text=stdin_text(), known=known)
    return FileSource(name=Path(name).name, data=file_bytes(name, max_bytes=max_bytes), known=known)


def file_bytes(name: str, *, max_bytes: int) -> bytes:
    """The content of a file. Raises SourceError leaves."""
    path = Path(name)
    try:
        if path.is_dir():
            raise UnsupportedError(f"{name} is a folder.", cure="Name the files in it one by one.")
        if path.stat().st_size > max_bytes:
            raise TooLargeError(
                f"{name} is larger than I read ({max_bytes} bytes).", cure="Raise FETCH_MAX_BYTES."
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise NotFoundError(f"There is no file called {name}.", cure="Check its name.") from None
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise SourceError(f"I could not read {name}: {why}.", cure="Check its permissions.") from None
    except ValueError:  # a NUL character in the name
        raise NotFoundError("That is not a file's name.", cure="Check its name.") from None


def stdin_text() -> str:
    """All of standard input, decoded like a file: line ends stay as they are, offsets count in what was given."""
    from bot.intake.decode import decoded  # noqa: PLC0415

    return decoded(sys.stdin.buffer.read())


def published(value: object) -> date | None:
    """A day from `YYYY-MM-DD`, with or without a time behind it. Raises UsageError."""
    if value is None or value == "":
        return None
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        raise UsageError(f"{str(value)[:40]!r} is not a day.", cure="Write it as YYYY-MM-DD.") from None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of JSON Lines input. `fields` is None where the line is no JSON object; then `why` says so."""

    id: Any
    fields: dict[str, Any] | None
    why: str = ""

    def text(self, key: str) -> str | None:
        """A string field; None where it is absent or null. Raises UsageError for another type."""
        value = (self.fields or {}).get(key)
        if value is None or isinstance(value, str):
            return value
        raise UsageError(f"{key!r} is not a string.", cure="Each line needs the fields that --help names.")


def rows(files: Sequence[str], *, max_bytes: int) -> Iterator[Row]:
    """The rows of `files`, or of standard input; blank lines are left out. Raises SourceError for a file."""
    if not files or list(files) == [STDIN]:
        yield from _parsed(iter(sys.stdin.buffer.readline, b""))
    for name in files:
        if name != STDIN:
            # The whole file may be larger than one article: the limit is for each line's text, not for it.
            yield from _parsed(iter(file_bytes(name, max_bytes=max(max_bytes, 1 << 32)).splitlines()))


def _parsed(lines: Iterator[bytes]) -> Iterator[Row]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
        except (ValueError, RecursionError):
            yield Row(id=None, fields=None, why=f"Line {number} is not JSON in UTF-8.")
            continue
        if isinstance(value, dict):
            yield Row(id=value.get("id"), fields=value)
        else:
            yield Row(id=None, fields=None, why=f"Line {number} is not a JSON object.")
