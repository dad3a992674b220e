"""Taking a posted digest back: all of its messages, wherever they stand, by one press of Delete under any of them.

Where a message stands is not written down for each: the digest may have been moved since, and its pages may be in
a thread that hangs on the first of them. So each is looked for in the few places it can be; our own words we may
always take back.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final

import discord

from bot.chat.cards import notice_view
from bot.domain.digest import Delivery, Digest
from bot.services.books import DeliveryBook
from bot.wording import Phrase, kept, say

Interaction = discord.Interaction[Any]
_TAKEN_BACK: Final = Phrase("What it posted was deleted.")


async def take_back(
    interaction: Interaction, digest: Digest | None, run: Delivery | None, deliveries: DeliveryBook
) -> None:
    """Delete what `run` posted, where the person may have that; where it is not known, the message before them."""
    may = interaction.permissions.manage_messages
    owner = digest is not None and digest.created_by == interaction.user.id
    if not may and not owner:
        said = say("Only whoever set this digest up, or someone who may manage messages here, can delete it.")
        await interaction.response.send_message(view=notice_view(said), ephemeral=True)
        return
    await interaction.response.defer()
    here = interaction.message.id if interaction.message else 0
    ids = run.message_ids if run and here in run.message_ids else (here,)
    places = _places(interaction, digest, run, ids)
    if digest and digest.placement != "channel" and run:
        # With the thread go its messages; that takes Manage Threads, so they are deleted one by one all the same.
        with suppress(discord.HTTPException):
            await interaction.client.http.delete_channel(ids[0])
    for message_id in reversed(ids):  # a thread's first message last
        await _delete(interaction, places, message_id)
    if run and here in run.message_ids:
        await deliveries.finish(run.model_copy(update={"message_ids": (), "reason": kept(_TAKEN_BACK)}))


def _places(
    interaction: Interaction, digest: Digest | None, run: Delivery | None, ids: Sequence[int]
) -> tuple[int, ...]:
    """Where its messages can stand, the likeliest first; a thread has the id of the message it hangs on."""
    known = (
        interaction.channel_id,
        run.channel_id if run else None,
        digest.channel_id if digest else None,
        ids[0],
    )
    return tuple(dict.fromkeys(place for place in known if place))


async def _delete(interaction: Interaction, places: Sequence[int], message_id: int) -> None:
    for place in places:
        try:
            await interaction.client.http.delete_message(place, message_id)
        except discord.HTTPException:  # not there, or gone already
            continue
        return
