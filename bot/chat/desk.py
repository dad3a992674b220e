"""The Desk: takes orders for briefings, acknowledges them at once, and leaves the work to the durable jobs.

From the moment that a person sees the acknowledgement the order stands in the database: whatever happens to this
process, the answer comes. A briefing that lies ready is shown at once, and needs no job.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Coroutine
from typing import Any, Final

from discord import ui

from bot.chat.actions import buttons_while_working
from bot.chat.answers import Answer
from bot.chat.behind import Admits, Behind, Ordered, Orders
from bot.chat.cards import notice_view
from bot.chat.failures import Gone, kind, place_of, sentence
from bot.chat.progress import in_line_pauses, reading, waiting
from bot.chat.showing import page_view, pages_of
from bot.chat.surfaces import Surfaces
from bot.domain.answer import Answered, Place
from bot.domain.errors import NutgrafError, StorageError
from bot.domain.order import ArticleOrder
from bot.domain.source import LinkSource, Source
from bot.jobs.orders import BriefOrder
from bot.wording import in_locale

__all__ = ["Admits", "Behind", "Desk", "Ordered", "Orders"]

_log = logging.getLogger(__name__)

_FAREWELL_SECONDS: Final = 5.0


class Desk:
    """Takes orders. Who waits in line is told the place once in `edit_every` seconds at most."""

    def __init__(self, behind: Behind, surfaces: Surfaces, *, edit_every: float = 1.5) -> None:
        self.behind = behind
        self.book = behind.book
        self._orders = behind.orders
        self._surfaces = surfaces
        self._edit_every = edit_every
        self._serving: set[asyncio.Task[Any]] = set()
        self._watching: set[asyncio.Task[None]] = set()

    async def serve(
        self, answer: Answer, ordered: Ordered, *, said: Collection[str] = (), uninvited: bool = False
    ) -> None:
        """Acknowledge, and see that what is `ordered` is answered. Raises nothing.

        `ordered` is called once, and may raise NutgrafError: what is wrong with the order, for the person. `said`
        names the fields of the order that the person chose; what was chosen for the place fills the others.
        What is `uninvited` and cannot be served is passed over without a word.
        """
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  a coroutine runs in a task
        self._serving.add(task)
        try:
            with in_locale(answer.place.locale):
                await self._served(answer, ordered, said)
        except Gone:
            pass  # whoever deleted the answer does not want to hear of it
        except Exception as error:  # the last net: whatever it was, the person reads a sentence
            words = sentence(error)
            if not uninvited:
                await self._say(answer, words)
        finally:
            self._serving.discard(task)

    async def refuse(self, answer: Answer, failure: NutgrafError) -> None:
        """Say why there is nothing to serve. Raises nothing."""
        await self._say(answer, str(failure))

    async def cancel(self, key: str) -> None:
        """Stop the order of that key. Raises StorageError."""
        await self._orders.cancel(key)
        answered = await self.book.get(key)
        if answered is not None and answered.held:
            await self.book.put(answered.model_copy(update={"held": False}))

    async def keep(self, source: Source) -> LinkSource:
        """A link as it is; text is read now and kept. Raises SourceError leaves, StorageError."""
        return await self._orders.keep(source)

    async def page(self, answered: Answered, number: int) -> ui.LayoutView:
        """Page `number` (from 0) of a briefing; the last one where there are fewer."""
        pages = await pages_of(answered)
        return page_view(answered, pages, min(number, len(pages) - 1))

    async def close(self) -> None:
        """Take what is being taken to its end; the work itself goes on after the next start."""
        for watch in self._watching:
            watch.cancel()
        await self.behind.actions.asking.leave()
        if self._serving:
            await asyncio.wait(self._serving, timeout=_FAREWELL_SECONDS)

    # --- inside -----------------------------------------------------------------------------------------------

    async def _served(self, answer: Answer, ordered: Ordered, said: Collection[str]) -> None:
        key = answer.key
        order, place = await self._admitted(answer, await ordered(), said)
        answered = Answered(key=key, place=place, order=order)
        if brief := await self._orders.at_hand(order):
            answered = answered.model_copy(update={"brief": brief})
            pages = await pages_of(answered)
            if len(pages) == 1 or not place.threaded:
                shown = await answer.show(page_view(answered, pages, 0))
                # One visit to the database, at a time when nobody waits: in a crash between the two the card
                # stands, and its buttons say that they do not know it any more.
                await self._written(answered.model_copy(update={"message_ids": (shown,) if shown else ()}))
                return
        wanted = BriefOrder(key=key, guild_id=place.guild_id, article=order, place=place)
        if self._orders.holds(order):
            await self._held(answer, answered.model_copy(update={"held": True}), wanted)
            return
        await self.book.put(answered)
        await self._orders.accept(wanted)
        try:
            note = await answer.open(_first_note(answered))
        except Gone:
            await self.cancel(key)
            raise
        if note is not None:
            await self.book.note(key, note)
        self._beside(self._tell_line(answered.model_copy(update={"message_ids": (note,) if note else ()})))

    async def _held(self, answer: Answer, answered: Answered, wanted: BriefOrder) -> None:
        """Leave it to this process, which begins to answer once the note is known."""
        await self.book.put(answered)
        try:
            note = await answer.open(_first_note(answered))
        except Gone:
            await self.book.put(answered.model_copy(update={"held": False}))
            raise
        if note is not None:
            await self.book.put(answered.model_copy(update={"message_ids": (note,)}))
        self._orders.hold(wanted)

    async def _written(self, answered: Answered) -> None:
        try:
            await self.book.put(answered)
        except StorageError as error:  # what the person wanted stands there
            _log.warning("briefing not written down error=%s", error.code)

    async def _admitted(
        self, answer: Answer, order: ArticleOrder, said: Collection[str]
    ) -> tuple[ArticleOrder, Place]:
        place, behind = answer.place, self.behind
        if behind.admission is not None:
            admitted = await behind.admission.admit(answer.asker, order, said)
            order, place = admitted.order, admitted.placed(place)
            if admitted.notice:
                place = place.model_copy(update={"notice": str(admitted.notice)})
        if behind.prompts_of is not None and answer.asker.guild_id:
            order = order.model_copy(update={"prompts": await behind.prompts_of(answer.asker.guild_id)})
        return order, place

    async def _tell_line(self, answered: Answered) -> None:
        """While others of the guild go before, say how many. The worker tells the rest."""
        told, note = 0, answered.note_id
        try:
            for pause in in_line_pauses(self._edit_every):
                await asyncio.sleep(pause)
                ahead = await self._orders.ahead(answered.key)
                if not ahead:
                    return
                if ahead != told:
                    rows = [buttons_while_working(answered.key, answered.place.asker_id)]
                    await self._surfaces.progress(answered.place, notice_view(waiting(ahead), rows=rows), note)
                    told = ahead
                    await self._not_instead_of_the_card(answered, note)
        except (NutgrafError, Gone) as error:
            _log.info("place in line not told error=%s", kind(error))

    async def _not_instead_of_the_card(self, answered: Answered, note: int | None) -> None:
        """An edit may have had to wait until a worker had already shown the card: then show it again."""
        made = await self.book.get(answered.key)
        if made is not None and made.brief is not None:
            made = made.model_copy(update={"place": answered.place})
            view = page_view(made, await pages_of(made), 0, alone=made.place.threaded)
            await self._surfaces.show(made.place, made.key, view, note)

    async def _say(self, answer: Answer, words: str) -> None:
        try:
            await answer.say(notice_view(words))
        except Gone:
            pass
        except Exception as error:  # Discord would not take the answer, so there is no way to tell the person
            _log.warning("answer lost error=%s at=%s", kind(error), place_of(error))

    def _beside(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._watching.add(task)
        task.add_done_callback(self._watching.discard)


def _first_note(answered: Answered) -> ui.LayoutView:
    return notice_view(reading(), rows=[buttons_while_working(answered.key, answered.place.asker_id)])
