"""Logs: one line a record, as key=value or as JSON, with the trace of the request and without secrets.

Our own records are written as `_log.info("tick runs=%d skipped=%d", ...)`: a name, then fields. They reach JSON as
fields of their own. What a library put into an error's message may be an article or a payload: of an error only
its kind and its place are logged.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from typing import Any, Final, TextIO

from bot.domain.trace import current_trace
from bot.settings import Settings
from bot.watch.masks import Masks, secrets_of

CHATTY: Final = ("discord", "httpx", "httpcore", "asyncio", "aiohttp", "alembic", "sqlalchemy")
_FRAMES: Final = 4
_FIELD: Final = re.compile(r"\s*\b([a-z_]+)=%[sdrf.\d]+")
_PLAIN: Final = re.compile(r"[\w.:/@+*-]+")  # needs no quotes


def start_logging(settings: Settings, stream: TextIO | None = None) -> None:
    """Log to `stream` (stderr) from LOG_LEVEL on, as LOG_FORMAT says; libraries from WARNING on.

    discord.py's INFO names servers and people, httpx's whole addresses.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    write = as_json if settings.log_format == "json" else as_text
    handler.setFormatter(OneLine(write, Masks(secrets_of(settings))))
    handler.addFilter(add_trace)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(settings.log_level)
    for name in CHATTY:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))


def add_trace(record: logging.LogRecord) -> bool:
    """Note the request that this record belongs to, where it was logged. A filter that lets everything pass."""
    if not hasattr(record, "trace"):
        record.trace = current_trace()
    return True


class OneLine(logging.Formatter):
    """A record as one masked line."""

    def __init__(self, write: Callable[[Mapping[str, Any]], str], masks: Masks) -> None:
        super().__init__()
        self._write = write
        self._masks = masks

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        # Before it is written, as quotes inside quotes would hide where a secret ends.
        return self._write({name: self._masks.field(name, value) for name, value in fields_of(record).items()})


def fields_of(record: logging.LogRecord) -> dict[str, Any]:
    """What a record says, in order: at, level, logger, trace, event, its own fields, error and place."""
    moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
    fields: dict[str, Any] = {
        "at": f"{moment}.{int(record.msecs):03d}Z",
        "level": record.levelname.lower(),
        "logger": record.name,
    }
    if trace := getattr(record, "trace", None):
        fields["trace"] = trace
    fields |= _said(record)
    if record.exc_info and record.exc_info[0]:
        fields["error"] = record.exc_info[0].__name__
        frames = traceback.extract_tb(record.exc_info[2])[-_FRAMES:]
        fields["place"] = " > ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames)
    return fields


def as_text(fields: Mapping[str, Any]) -> str:
    """`at=… level=info logger=bot.jobs.tick event=tick runs=3`."""
    return " ".join(f"{name}={_quoted(value)}" for name, value in fields.items())


def as_json(fields: Mapping[str, Any]) -> str:
    """One JSON object."""
    return json.dumps(fields, ensure_ascii=False, default=str)


class CountingHandler(logging.Handler):
    """Tells of every record of WARNING and above, by its level."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        super().__init__(logging.WARNING)
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        """Count it."""
        self._tell(record.levelname)


def _said(record: logging.LogRecord) -> dict[str, Any]:
    """The record's name and fields; where it is not written so, its sentence as the name."""
    template, given = str(record.msg), record.args
    names = _FIELD.findall(template)
    if names and isinstance(given, tuple) and len(names) == len(given) == template.count("%"):
        return {"event": _FIELD.sub("", template).strip(), **dict(zip(names, given, strict=True))}
    return {"event": record.getMessage()}


def _quoted(value: Any) -> str:
    text = f"{value}"
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
