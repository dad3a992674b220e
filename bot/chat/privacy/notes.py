"""What stands in Discord of orders that were under way when they were forgotten: a note that nobody would turn."""

from __future__ import annotations

from contextlib import suppress

from bot.chat.cards import notice_view
from bot.chat.failures import Gone
from bot.chat.surfaces import Surfaces
from bot.domain.answer import Place
from bot.wording import in_locale, say


class Notes:
    """Fills `bot.services.privacy.TakesBack`."""

    def __init__(self, surfaces: Surfaces) -> None:
        self._surfaces = surfaces

    async def take_back(self, place: Place, note_id: int | None) -> None:
        """Say in the place of the note that there is nothing to wait for. Raises nothing."""
        with in_locale(place.locale):
            view = notice_view(say("I was asked to forget this briefing, so I stopped."))
        with suppress(Gone):
            await self._surfaces.progress(place, view, note_id)
