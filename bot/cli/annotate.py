"""`nutgraf annotate --jsonl`: what the text algorithms find, for scorers and other programs. No model.

Offsets count code points of the given text, which is taken as it is.
"""

from __future__ import annotations

import asyncio
from argparse import Namespace
from datetime import date
from typing import Any

from bot.cli.inputs import Row, published, rows
from bot.cli.outputs import print_rows
from bot.domain.errors import UsageError
from bot.settings import load_settings


def annotate(arguments: Namespace) -> int:
    """Run the command; the exit code is the worst line's."""
    given = rows(arguments.sources, max_bytes=load_settings().fetch_max_bytes)
    return asyncio.run(print_rows(given, _row))


async def _row(row: Row) -> dict[str, Any]:
    text = row.text("text")
    if text is None:
        raise UsageError('The line has no "text".', cure='Each line needs at least {"id", "text"}.')
    return annotated(text, published(row.text("published")))


def annotated(text: str, day: date | None) -> dict[str, Any]:
    """The row of one text: real speech with its speakers, TIMEX3 expressions, sentences."""
    from bot.text.dates import time_expressions  # noqa: PLC0415
    from bot.text.sentences import sentences  # noqa: PLC0415
    from bot.text.speech import attributed_quotes  # noqa: PLC0415

    return {
        "quotes": [
            {
                "start": quote.span.start,
                "end": quote.span.end,
                "text": quote.span.of(text),
                "speaker": quote.speaker,
                "speaker_start": quote.speaker_span.start if quote.speaker_span else None,
                "speaker_end": quote.speaker_span.end if quote.speaker_span else None,
            }
            for quote in attributed_quotes(text)
            if quote.key
        ],
        "timexes": [
            {
                "start": found.span.start,
                "end": found.span.end,
                "text": found.span.of(text),
                "type": found.type,
                "value": found.value,
            }
            for found in time_expressions(text, day)
        ],
        "sentences": [list(span) for span in sentences(text)],
    }
