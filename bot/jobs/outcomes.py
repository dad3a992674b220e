"""How the work on an article ends, and how the person who waits for it is told."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Awaitable
from math import ceil

from bot.domain.errors import NutgrafError, StorageError
from bot.domain.trace import current_trace, new_trace
from bot.jobs.orders import BriefOrder, Failure, Outcome
from bot.jobs.ports import Parts
from bot.services.shelf import Shelved
from bot.wording import Phrase, phrase_n

_log = logging.getLogger(__name__)


async def outcome_of(work: Awaitable[Shelved], seconds: float) -> Outcome:
    """How `work` ends, within `seconds`. Raises StorageError, which waiting may cure."""
    try:
        async with asyncio.timeout(seconds):
            shelved = await work
    except StorageError:
        raise
    except NutgrafError as error:
        return Outcome(failure=Failure.of(error))
    except TimeoutError:
        return Outcome(failure=too_slow(seconds))
    except Exception as error:  # a bug of ours: trying again would only let the person wait
        return Outcome(failure=Failure.of(_unforeseen(error)))
    return Outcome(brief=shelved.brief, paid=shelved.paid)


async def answered(parts: Parts, order: BriefOrder, outcome: Outcome) -> str | None:
    """Show the outcome to the person; the code of what kept us from it for good.

    Raises StorageError, and whatever else waiting may cure.
    """
    assert order.place is not None  # noqa: S101  and an answerer: others are not answered
    assert parts.answerer is not None  # noqa: S101
    if outcome.paid and outcome.brief and parts.bills:
        await parts.bills.bill(outcome.job or order.key, order.place, outcome.brief)
    told = outcome.brief or (outcome.failure.error() if outcome.failure else NutgrafError())
    try:
        await parts.answerer.answer(order, told)
    except StorageError:
        raise
    except NutgrafError as error:
        return error.code
    return None


def too_slow(seconds: float) -> Failure:
    """That a briefing took longer than `seconds`."""
    minutes = seconds >= 120
    count = round(seconds / 60) if minutes else ceil(seconds)
    limit = (
        phrase_n("{count} minute", "{count} minutes", count)
        if minutes
        else phrase_n("{count} second", "{count} seconds", count)
    )
    slow = NutgrafError(
        Phrase("That briefing took longer than {limit}, so I stopped.", limit=limit),
        cure=Phrase("Try again, or send a shorter text."),
    )
    return Failure.of(slow)


def _unforeseen(error: Exception) -> NutgrafError:
    """What the person is told; the log keeps the kind of the error and its place, never what it says."""
    trace = current_trace() or new_trace()
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    place = " > ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames)
    _log.error("unexpected failure trace=%s error=%s at=%s", trace, type(error).__name__, place)
    return NutgrafError(
        Phrase("Something went wrong on our side (trace {trace}).", trace=trace),
        cure=Phrase("Try again; if it happens again, give that trace to the person who runs this bot."),
    )
