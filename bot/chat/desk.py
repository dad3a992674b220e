"""The Desk: has Sources briefed for one Answer, tells how far it is, and ends with a card or with one sentence."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Protocol

from bot.chat.answers import Answer
from bot.chat.buttons import DeleteButton
from bot.chat.cards import card_view, notice_view
from bot.chat.failures import Gone, kind, place, sentence
from bot.chat.line import Line
from bot.chat.progress import START, Watch
from bot.domain.brief import Brief
from bot.domain.errors import NutgrafError
from bot.domain.source import Source
from bot.domain.task import Report
from bot.render.card import make_card
from bot.render.layout import Page, pages
from bot.services.briefing import BriefOptions

_log = logging.getLogger(__name__)

Outcome = tuple[Page, ...] | str
Gather = Callable[[], Awaitable[Sequence[Source]]]
_RESTARTING: Final = "I am being restarted, so this briefing was not finished. Ask again in a minute."
_FAREWELL_SECONDS: Final = 5.0


class Briefs(Protocol):
    """The use case behind the Desk (`bot.services.briefing.Briefer`). Raises NutgrafError leaves."""

    async def brief(self, sources: Sequence[Source], options: BriefOptions, report: Report) -> Brief:
        """One Brief over all `sources`."""
        ...


class Desk:
    """Serves `places` briefings at once, each within `seconds`; edits an answer once in `edit_every` seconds."""

    def __init__(self, briefer: Briefs, *, places: int, seconds: float, edit_every: float = 1.5) -> None:
        self._briefer = briefer
        self._line = Line(places)
        self._seconds = seconds
        self._edit_every = edit_every
        self._serving: set[asyncio.Task[object]] = set()
        self._working: set[asyncio.Task[Outcome]] = set()
        self._closing = False

    async def serve(self, answer: Answer, gather: Gather, options: BriefOptions) -> None:
        """Acknowledge, brief what `gather` fetches, show the card, or a sentence. Raises nothing."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  a coroutine runs in a task
        self._serving.add(task)
        try:
            await answer.open(notice_view(START))
            await _show(answer, await self._outcome(answer, gather, options))
        except Gone:
            pass  # whoever deleted the answer does not want to hear of it
        except Exception as error:  # Discord would not take the answer, so there is no way to tell the person
            _log.warning("answer lost error=%s at=%s", kind(error), place(error))
        finally:
            self._serving.discard(task)
            answer.close()

    async def refuse(self, answer: Answer, failure: NutgrafError) -> None:
        """Say why there is nothing to serve. Raises nothing."""
        try:
            await answer.say(notice_view(str(failure)))
        except Gone:
            pass
        except Exception as error:
            _log.warning("answer lost error=%s at=%s", kind(error), place(error))

    async def close(self) -> None:
        """Stop working: whoever waits is told to ask again, and what is being posted is posted to its end."""
        self._closing = True
        for work in self._working:
            work.cancel()
        if self._serving:
            await asyncio.wait(self._serving, timeout=_FAREWELL_SECONDS)

    async def _outcome(self, answer: Answer, gather: Gather, options: BriefOptions) -> Outcome:
        """The pages of the card, or the sentence in their place. Raises Gone."""
        if self._closing:
            return _RESTARTING
        watch = Watch()
        work = asyncio.create_task(self._work(gather, options, watch))
        work.add_done_callback(_look_at_failure)
        self._working.add(work)
        try:
            while not (await asyncio.wait({work}, timeout=self._edit_every))[0]:
                if news := watch.news():
                    await answer.update(notice_view(news))
            return _RESTARTING if work.cancelled() else work.result()
        except TimeoutError:
            return _too_slow(self._seconds)
        except Gone:
            raise
        except Exception as error:  # the last net: whatever it was, the person reads a sentence
            return sentence(error)
        finally:
            work.cancel()
            self._working.discard(work)

    async def _work(self, gather: Gather, options: BriefOptions, watch: Watch) -> Outcome:
        async with asyncio.timeout(self._seconds), self._line.turn(watch.wait_in_line):
            brief = await self._briefer.brief(await gather(), options, watch.report)
            # A long briefing takes a while to lay out, and the heartbeat must not wait for it.
            return await asyncio.to_thread(lambda: pages(make_card(brief)))


async def _show(answer: Answer, outcome: Outcome) -> None:
    """The sentence, or the pages in order; the last one can delete them all."""
    if isinstance(outcome, str):
        await answer.finish(notice_view(outcome))
        return
    posted: list[int] = []
    for page in outcome:
        is_last = page is outcome[-1]
        buttons = [DeleteButton(answer.asker_id, posted)] if is_last and not answer.private else []
        view = card_view(page, buttons=buttons)
        posted.append(await (answer.add(view) if posted else answer.finish(view)))


def _look_at_failure(work: asyncio.Task[Outcome]) -> None:
    """A briefing that fails after its answer was deleted is no news; asyncio logs failures nobody looked at."""
    if not work.cancelled():
        work.exception()


def _too_slow(seconds: float) -> str:
    limit = f"{seconds / 60:.0f} minutes" if seconds >= 120 else f"{seconds:g} seconds"
    return f"That briefing took longer than {limit}, so I stopped. Try again, or send a shorter text."
