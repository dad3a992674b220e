"""Votes and the runs they are about, on both databases."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.vote import ToldStory, Vote
from bot.store.store import Store
from tests.support.postgres import postgres_url
from tests.support.stores import NOON, address, delivery, digest, empty_address, store

__all__ = ["address", "empty_address", "postgres_url", "store"]

TOLD = (ToldStory(feeds=("https://courier.example/feed.xml",), roots=("harbour",), pages=(0,)),)
MESSAGE = 1_234_567_890_123_456_789


def vote(user_id: int = 5, message_id: int = MESSAGE, **changes: object) -> Vote:
    known: dict[str, object] = {
        "message_id": message_id,
        "user_id": user_id,
        "guild_id": 1,
        "made": NOON,
        "emoji": "👍",
        "sign": 1,
        "stories": TOLD,
    }
    return Vote.model_validate(known | changes)


async def test_a_vote_comes_back_as_it_was_and_a_second_one_replaces_it(store: Store) -> None:
    await store.reactions.put(vote())
    await store.reactions.put(changed := vote(emoji="👎", sign=-1))
    await store.reactions.put(other := vote(6, made=NOON + timedelta(hours=1)))
    await store.reactions.put(vote(guild_id=2, message_id=7))
    assert await store.reactions.of_guild(1, NOON - timedelta(days=1), 10) == [other, changed]
    assert await store.reactions.of_guild(1, NOON, 10) == [other]
    assert await store.reactions.of_guild(1, NOON - timedelta(days=1), 1) == [other]


async def test_only_the_vote_that_stands_is_taken_back(store: Store) -> None:
    await store.reactions.put(vote())
    assert not await store.reactions.remove(MESSAGE, 5, "👎")
    assert not await store.reactions.remove(MESSAGE, 6, "👍")
    assert await store.reactions.remove(MESSAGE, 5, "👍")
    assert not await store.reactions.remove(MESSAGE, 5, "👍")
    assert await store.reactions.of_guild(1, NOON - timedelta(days=1), 10) == []


async def test_votes_go_with_the_person_and_with_the_guild(store: Store) -> None:
    await store.reactions.put(vote(5))
    await store.reactions.put(vote(6))
    await store.housekeeping.forget_user(5)
    assert [kept.user_id for kept in await store.reactions.of_guild(1, NOON - timedelta(days=1), 10)] == [6]
    await store.housekeeping.forget_guild(1)
    assert await store.reactions.of_guild(1, NOON - timedelta(days=1), 10) == []


async def test_a_run_is_found_by_any_of_its_messages_in_its_own_guild(store: Store) -> None:
    mine, theirs = await store.digests.add(digest()), await store.digests.add(digest(guild_id=2))
    posted = delivery(mine.id, state="posted", posted=NOON, message_ids=(MESSAGE, MESSAGE + 1), told=TOLD)
    await store.deliveries.finish(posted)
    await store.deliveries.finish(delivery(theirs.id, state="posted", posted=NOON, message_ids=(99,)))
    assert await store.deliveries.of_message(1, MESSAGE) == posted
    assert await store.deliveries.of_message(1, MESSAGE + 1) == posted
    assert await store.deliveries.of_message(2, MESSAGE) is None
    assert await store.deliveries.of_message(1, MESSAGE // 10) is None


async def test_a_run_whose_digest_is_gone_is_passed_over(store: Store) -> None:
    made = await store.digests.add(digest())
    await store.digests.delete(made.id)
    await store.deliveries.finish(delivery(made.id, state="posted"))
    assert await store.deliveries.get(made.id, "2026-03-04T07:00") is None
