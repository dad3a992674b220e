"""The book of answers, as bot.services.answers promises it, on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.domain.answer import Answered, Place
from bot.domain.order import ArticleOrder
from bot.domain.source import LinkSource
from bot.services.answers import AnswerBook
from bot.store.store import Store
from tests.support.briefs import brief
from tests.support.postgres import postgres_url
from tests.support.stores import NOON, address, empty_address, store

__all__ = ["address", "empty_address", "postgres_url", "store"]

ORDER = ArticleOrder(sources=(LinkSource(url="https://courier.example/harbour"),), length="short")

if TYPE_CHECKING:

    def _fills_the_protocol(store: Store) -> AnswerBook:
        return store.answers


def answered(key: str = "15", **changes: Any) -> Answered:
    known: dict[str, Any] = {"kind": "reply", "guild_id": 1, "channel_id": 2, "asker_id": 3, "asked": NOON}
    place = Place(**known | changes.pop("place", {}))
    return Answered(key=key, place=place, order=ORDER, **changes)


async def test_an_answer_comes_back_as_it_was_put_with_its_brief(store: Store) -> None:
    asked = answered(brief=brief(), message_ids=(7, 8), thread_id=7)
    await store.answers.put(asked)
    assert await store.answers.get("15") == asked
    assert await store.answers.get("16") is None


async def test_a_token_is_not_kept(store: Store) -> None:
    place = {"kind": "interaction", "token": "a-key-to-answer", "application_id": 9}
    await store.answers.put(answered(place=place))
    found = await store.answers.get("15")
    assert found is not None
    assert found.place.token is None
    assert found.place.application_id == 9


async def test_what_is_held_is_listed_with_its_token_until_it_is_let_go(store: Store) -> None:
    place = {"kind": "interaction", "token": "a-key-to-answer"}
    waiting = answered("15", held=True, place=place | {"asked": NOON + timedelta(seconds=1)})
    earlier = answered("16", held=True)
    for one in (waiting, earlier, answered("17"), answered("18", held=True, place={"asked": NOON - timedelta(2)})):
        await store.answers.put(one)
    assert await store.answers.held(NOON - timedelta(days=1)) == [earlier, waiting]
    await store.answers.put(waiting.model_copy(update={"held": False}))
    assert await store.answers.held(NOON - timedelta(days=1)) == [earlier]
    found = await store.answers.get("15")
    assert found is not None
    assert found.place.token is None


async def test_an_answer_is_found_by_each_of_its_messages(store: Store) -> None:
    await store.answers.put(answered(message_ids=(7,)))
    await store.answers.put(answered(message_ids=(7, 8)))
    for message_id in (7, 8):
        found = await store.answers.of_message(message_id)
        assert found is not None
        assert found.key == "15"
    assert await store.answers.of_message(9) is None


async def test_a_note_is_written_down_once_and_takes_nothing_away(store: Store) -> None:
    await store.answers.put(answered(brief=brief()))
    await asyncio.gather(store.answers.note("15", 7), store.answers.note("15", 7))
    await store.answers.note("15", 8)
    found = await store.answers.get("15")
    assert found is not None
    assert found.message_ids == (7,)
    assert found.brief == brief()
    await store.answers.note("gone", 9)
    assert await store.answers.get("gone") is None


async def test_answers_are_listed_by_person_guild_and_channel(store: Store) -> None:
    await store.answers.put(answered("1"))
    await store.answers.put(answered("2", place={"channel_id": 5, "asker_id": 4}))
    await store.answers.put(answered("3", place={"guild_id": 6}))
    assert await store.answers.of_asker(3) == ["1", "3"]
    assert await store.answers.of_guild(1) == ["1", "2"]
    assert await store.answers.of_guild(1, 5) == ["2"]


async def test_what_is_deleted_or_old_is_gone_with_its_messages(store: Store) -> None:
    await store.answers.put(answered("1", message_ids=(7,)))
    await store.answers.put(answered("2", message_ids=(8,), place={"asked": NOON - timedelta(days=40)}))
    assert await store.answers.prune(NOON - timedelta(days=30)) == 1
    assert await store.answers.of_message(8) is None
    assert await store.answers.delete("1")
    assert not await store.answers.delete("1")
    assert await store.answers.of_message(7) is None
