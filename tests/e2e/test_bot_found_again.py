"""After a crash, when Discord has forgotten nonces: what stands there is found, and nothing comes twice."""

from __future__ import annotations

import pytest

from bot.chat.answerer import DiscordAnswerer
from bot.chat.surfaces import Surfaces
from bot.domain.answer import Answered
from bot.jobs.orders import BriefOrder
from bot.playground import Channel, Message, Person, Playground
from bot.store.store import Store
from tests.support.briefs import brief, prose
from tests.support.places import ARTICLE, interacting, replying, surfaces
from tests.support.stores import store_in_a_file

__all__ = ["store_in_a_file", "surfaces"]


def has_card(message: Message) -> bool:
    return "Key quotes" in message.text


async def _killed_after_posting(
    playground: Playground, surfaces: Surfaces, store: Store, order: BriefOrder
) -> None:
    """The answer stands there; the process died before it was written down, and then some minutes went by."""
    assert order.place
    await store.answers.put(Answered(key=order.key, place=order.place, order=order.article))
    await DiscordAnswerer(surfaces, store.answers).answer(order, brief())
    await store.answers.put(Answered(key=order.key, place=order.place, order=order.article))
    playground.world.nonces.clear()


async def test_a_reply_that_was_not_written_down_is_found(
    playground: Playground, surfaces: Surfaces, store: Store, ada: Person, general: Channel
) -> None:
    asked = await ada.say(general, "an article")
    place = replying(playground, ada, general, asked)
    orders = [BriefOrder(key=f"{asked.id}{which}", article=ARTICLE, place=place) for which in ("", "-again")]
    for order in orders:  # two answers to one message are two
        await _killed_after_posting(playground, surfaces, store, order)
    for order in orders:
        await DiscordAnswerer(surfaces, store.answers).answer(order, brief())
    assert [has_card(message) for message in playground.messages(general, by_bot=True)] == [True, True]


@pytest.mark.parametrize("private", [False, True])
async def test_what_was_posted_because_an_interaction_was_over_is_found(
    playground: Playground, surfaces: Surfaces, store: Store, ada: Person, general: Channel, private: bool
) -> None:
    place = interacting(playground, ada, general, "over", private=private)
    order = BriefOrder(key="77", article=ARTICLE, place=place)
    await _killed_after_posting(playground, surfaces, store, order)
    await DiscordAnswerer(surfaces, store.answers).answer(order, brief())
    (posted,) = playground.messages(ada.dm if private else general, by_bot=True)
    assert has_card(posted)


async def test_pages_in_a_thread_that_were_not_written_down_are_found(
    playground: Playground, surfaces: Surfaces, store: Store, ada: Person, general: Channel
) -> None:
    asked = await ada.say(general, "an article")
    place = replying(playground, ada, general, asked, threaded=True)
    order = BriefOrder(key=str(asked.id), article=ARTICLE, place=place)
    long = brief(sections=(prose(*["Sentence after sentence. " * 100] * 3),))
    await DiscordAnswerer(surfaces, store.answers).answer(order, long)
    told = await store.answers.get(order.key)
    assert told
    assert len(told.message_ids) > 2
    # Killed when its last page had been posted, and none but the first had been written down.
    await store.answers.put(told.model_copy(update={"message_ids": told.message_ids[:1]}))
    playground.world.nonces.clear()
    await DiscordAnswerer(surfaces, store.answers).answer(order, long)
    thread = playground.world.channel(told.thread_id or 0)
    assert [message.id for message in playground.messages(thread, by_bot=True)] == list(told.message_ids[1:])
    assert len(playground.messages(general, by_bot=True)) == 1
    assert await store.answers.get(order.key) == told
