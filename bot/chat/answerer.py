"""The worker's half of an answer: shows how far the work is, and at the end the card or one sentence.

Fills `bot.jobs.ports.Answerer`. Everything it needs stands in the order and in the book of answers, so it may
run in any process, and again after a crash: what it shows is edited into the same message.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Final

import discord

from bot.chat.actions import buttons_while_working
from bot.chat.cards import notice_view
from bot.chat.failures import Gone, kind
from bot.chat.progress import Watch, in_line_pauses
from bot.chat.showing import failed_view, page_view, pages_of
from bot.chat.surfaces import Surfaces
from bot.domain.answer import Answered
from bot.domain.brief import Brief
from bot.domain.errors import DeliveryError, NutgrafError, SourceError
from bot.domain.task import Report
from bot.jobs.orders import BriefOrder
from bot.jobs.ports import Ahead
from bot.render.escape import one_line
from bot.services.answers import AnswerBook
from bot.wording import Phrase, in_locale, say

_log = logging.getLogger(__name__)

# A note is written down moments after it was posted. Where that is not so there was a crash, and the channel is
# looked at: Discord drops a double by its nonce, but keeps nonces for minutes only.
_NOTED_WITHIN: Final = timedelta(seconds=10)


class DiscordAnswerer:
    """Answers orders in Discord. A note is edited once in `edit_every` seconds at most."""

    def __init__(self, surfaces: Surfaces, book: AnswerBook, *, edit_every: float = 1.5) -> None:
        self._surfaces = surfaces
        self._book = book
        self._edit_every = edit_every

    @asynccontextmanager
    async def working(self, order: BriefOrder, ahead: Ahead) -> AsyncIterator[Report]:
        """Show what is reported, and who goes before, while the block runs."""
        watch = Watch()
        telling = asyncio.create_task(self._tell(order, watch, ahead))
        try:
            yield watch.report
        finally:
            telling.cancel()
            with suppress(asyncio.CancelledError):
                await telling

    async def fetch(self, url: str) -> bytes:
        """The bytes of a file that hangs in Discord. Raises SourceError where it is gone."""
        try:
            return await self._surfaces.download(url)
        except discord.HTTPException as error:
            if error.status >= 500:
                raise
            raise SourceError(
                Phrase("I could not download that file from Discord."), cure=Phrase("Attach it once more.")
            ) from None

    async def answer(self, order: BriefOrder, told: Brief | NutgrafError) -> None:
        """Show the Brief, or the failure's sentence. Raises DeliveryError where Discord will not have it."""
        place = order.place
        assert place is not None  # noqa: S101  such orders are not answered
        answered = await self._known(order)
        try:
            with in_locale(place.locale):
                if isinstance(told, Brief):
                    # The order names files where they lie now: Discord's own addresses of them do not last a day.
                    made = {"brief": told, "place": place, "order": order.article}
                    await self._show(answered.model_copy(update=made))
                else:
                    await self._surfaces.show(place, order.key, failed_view(answered, told), answered.note_id)
                    await self._let_go(answered)
        except Gone:  # whoever deleted the answer does not want to hear of it
            await self._let_go(answered)
        except discord.HTTPException as error:
            if error.status >= 500 or error.status in {401, 408, 429}:
                raise
            _log.warning("answer lost error=%s", kind(error))
            await self._let_go(answered)
            raise DeliveryError(Phrase("Discord did not take the answer.")) from None

    # --- inside -----------------------------------------------------------------------------------------------

    async def _known(self, order: BriefOrder) -> Answered:
        """What is kept of the order, its note looked for where a crash kept us from writing it down."""
        place = order.place
        assert place is not None  # noqa: S101
        answered = await self._book.get(order.key) or Answered(key=order.key, place=place, order=order.article)
        noted = answered.message_ids or place.kind == "interaction"
        if not noted and datetime.now(UTC) - place.asked > _NOTED_WITHIN:
            found = await self._surfaces.find(place, order.key)
            return answered.model_copy(update={"message_ids": (found,) if found else ()})
        return answered

    async def _let_go(self, answered: Answered) -> None:
        """There is nothing left to do for it, whatever happens to this process."""
        if answered.held:
            await self._book.put(answered.model_copy(update={"held": False}))

    async def _show(self, held: Answered) -> None:
        """The first page in place of the note; the others behind its buttons, or in a thread."""
        if not held.held:  # else a crash would leave it neither held nor shown
            await self._book.put(held)  # before it stands there: its buttons work from the first moment
        answered = held.model_copy(update={"held": False})
        place, key = answered.place, answered.key
        pages = await pages_of(answered)
        threaded = place.threaded and place.kind != "interaction" and len(pages) > 1 and not place.private
        note = answered.note_id
        if not threaded:
            first = await self._surfaces.show(place, key, page_view(answered, pages, 0), note)
            await self._book.put(answered.model_copy(update={"message_ids": (first,)}))
            return
        first = await self._surfaces.show(place, key, page_view(answered, pages, 0, alone=True), note)
        thread = await self._surfaces.open_thread(place, first, _thread_name(answered))
        if thread is None:
            await self._surfaces.show(place, key, page_view(answered, pages, 0), first)
            await self._book.put(answered.model_copy(update={"message_ids": (first,)}))
            return
        # Written down one by one: whoever deletes the briefing, or goes on after a crash, finds them all.
        written = list(answered.message_ids[1:])
        stand = await self._surfaces.added(thread) if answered.thread_id else []
        ids = (first, *max(written, stand, key=len))
        for number in range(len(ids), len(pages)):
            await self._book.put(held.model_copy(update={"message_ids": ids, "thread_id": thread}))
            view = page_view(answered, pages, number, alone=True)
            ids = (*ids, await self._surfaces.add(thread, key, number, view))
        await self._book.put(answered.model_copy(update={"message_ids": ids, "thread_id": thread}))

    async def _tell(self, order: BriefOrder, watch: Watch, ahead: Ahead) -> None:
        """Edit the note whenever there is news; raises nothing."""
        place = order.place
        if place is None:
            return
        note: int | None = None
        pauses = in_line_pauses(self._edit_every)
        with in_locale(place.locale), suppress(Gone):
            while True:
                await asyncio.sleep(self._edit_every if watch.begun else next(pauses))
                try:
                    if not watch.begun:
                        watch.wait_in_line(await ahead())
                    if news := watch.news():
                        note = note or await self._note(order)
                        view = notice_view(news, rows=[buttons_while_working(order.key, place.asker_id)])
                        await self._surfaces.progress(place, view, note)
                except NutgrafError as error:
                    _log.info("progress not told error=%s", error.code)

    async def _note(self, order: BriefOrder) -> int | None:
        answered = await self._book.get(order.key)
        return answered.note_id if answered else None


def _thread_name(answered: Answered) -> str:
    sources = answered.brief.sources if answered.brief else ()
    title = one_line(sources[0].title or "") if len(sources) == 1 else ""
    return title or say("Briefing")
