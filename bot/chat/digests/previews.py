"""What /digest preview shows, page by page, and turning its pages."""

from __future__ import annotations

from typing import Final

from bot.chat.cards import card_view, notice_view
from bot.chat.digests.buttons import turning_buttons
from bot.chat.posting import mention_of
from bot.chat.whispers import Interaction, View
from bot.domain.digest import Digest
from bot.domain.edition import DigestEdition
from bot.domain.newest import Newest
from bot.render.digest_card import make_digest_card, make_preview_card
from bot.render.digest_pages import preview_pages
from bot.services.digest_desk import DigestDesk
from bot.wording import say

_PREVIEWS_KEPT: Final = 32  # pages of previews at hand; older ones are made again when somebody turns a page


class Previews:
    """The latest previews, at hand for who turns their pages; older ones are made again."""

    def __init__(self, desk: DigestDesk) -> None:
        self._desk = desk
        self._made: Newest[str, tuple[View, ...]] = Newest(_PREVIEWS_KEPT)

    async def turn(self, interaction: Interaction, digest_id: int, token: str, page: int) -> None:
        """Show another page of a preview."""
        views = self._made.get(token)
        if views is None:  # made by another process, or long ago
            await interaction.response.defer()
            digest = await self._desk.digests.get(digest_id)
            if digest is None or digest.guild_id != interaction.guild_id:
                await interaction.edit_original_response(view=notice_view(say("That digest was deleted.")))
                return
            views = await self.made(digest, token)
            await interaction.edit_original_response(view=views[min(max(page, 0), len(views) - 1)])
            return
        await interaction.response.edit_message(view=views[min(max(page, 0), len(views) - 1)])

    async def made(self, digest: Digest, token: str) -> tuple[View, ...]:
        """The views of a preview, kept for who turns its pages."""
        edition = await self._desk.preview(digest)
        pages = preview_pages(make_digest_card(edition), make_preview_card(edition))
        views = tuple(
            card_view(
                page,
                buttons=turning_buttons(digest.id, token, number, len(pages)),
                above=_above(digest, edition) if number == 0 else "",
            )
            for number, page in enumerate(pages)
        )
        self._made.put(token, views)
        return views

    def forget(self) -> None:
        """As after a restart: pages are made again when they are turned to."""
        self._made.drop(lambda _: True)


def _above(digest: Digest, edition: DigestEdition) -> str:
    """What the post would have over its card; and where there would be no post, that."""
    if edition.silent:
        return say("Nothing would be posted now.")
    return mention_of(digest)
