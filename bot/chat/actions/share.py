"""Shares a briefing that only its asker sees: posts it to the channel it was asked for in, for everyone."""

from __future__ import annotations

from datetime import UTC, datetime

import discord
from discord import ui

from bot.chat.actions.asking import Interaction, desk_of, record
from bot.chat.actions.item import Press
from bot.chat.actions.parts import ActionParts
from bot.chat.askers import restricted
from bot.chat.cards import notice_view
from bot.chat.failures import missing_permissions
from bot.chat.locales import locale_of
from bot.chat.whispers import whispered
from bot.domain.answer import Answered, Place
from bot.domain.errors import NotAllowedError
from bot.jobs.ports import nonce_of
from bot.services.manners import may_pass
from bot.wording import Phrase, in_locale, say


async def share(interaction: Interaction, press: Press, _: ActionParts) -> None:
    """Post it, where the person and the bot may; the person reads in a sentence what came of it."""

    async def work() -> list[ui.LayoutView]:
        _require_asker(interaction, press)
        _require_channel(interaction)
        answered = await record(interaction, press.key)
        _require_same_mark(interaction, answered)
        return [notice_view(await _posted(interaction, answered))]

    await whispered(interaction, work)


async def _posted(interaction: Interaction, answered: Answered) -> str:
    """Post it; the sentence that says so, or why not."""
    desk, key = desk_of(interaction), str(interaction.id)
    place = Place(
        kind="post",
        guild_id=interaction.guild_id or 0,
        channel_id=interaction.channel_id or 0,
        asker_id=interaction.user.id,
        asked=datetime.now(UTC),
        locale=locale_of(interaction),
        restricted=restricted(interaction.channel),
        pictures=answered.place.pictures,
    )
    shared = Answered(key=key, place=place, order=answered.order, brief=answered.brief)
    await desk.book.put(shared)  # before it stands there: its buttons work from the first moment
    with in_locale(place.locale):
        view = await desk.page(shared, 0)
    try:
        channel = interaction.client.get_partial_messageable(place.channel_id)
        message = await channel.send(view=view, nonce=nonce_of(key))
    except discord.HTTPException as error:
        await desk.book.delete(key)
        if isinstance(error, discord.Forbidden | discord.NotFound):
            return missing_permissions(interaction.channel)
        raise
    await desk.book.put(shared.model_copy(update={"message_ids": (message.id,)}))
    return say("Shared: everyone in this channel sees it now.")


def _require_asker(interaction: Interaction, press: Press) -> None:
    if interaction.user.id != press.asker:
        raise NotAllowedError(
            Phrase("Only the person who asked for this briefing can share it."),
            cure=Phrase("Ask for one of your own with /brief."),
        )


def _require_channel(interaction: Interaction) -> None:
    """A channel of a server that the bot is a member of, in which the person may post."""
    if interaction.guild_id is None:
        raise NotAllowedError(
            Phrase("Nobody else would see it here."), cure=Phrase("Ask for it in a channel of a server.")
        )
    if not interaction.is_guild_integration():
        raise NotAllowedError(
            Phrase("I am no member of this server, so I may not post in its channels."),
            cure=Phrase(
                "Someone who manages the server can add me to it; until then, send the files of the briefing."
            ),
        )
    granted = interaction.permissions
    thread = isinstance(interaction.channel, discord.Thread)
    if not (granted.send_messages_in_threads if thread else granted.send_messages):
        raise NotAllowedError(
            Phrase("You may not post in this channel, so I do not post for you either."),
            cure=Phrase("Share it in a channel in which you may post."),
        )


def _require_same_mark(interaction: Interaction, answered: Answered) -> None:
    place, here = answered.place, restricted(interaction.channel)
    if place.channel_id != interaction.channel_id and not may_pass(
        from_restricted=place.restricted, to_restricted=here
    ):
        raise NotAllowedError(
            Phrase("It was asked for in an age-restricted channel, and this one is not."),
            cure=Phrase("Share it in the channel where you asked for it."),
        )
