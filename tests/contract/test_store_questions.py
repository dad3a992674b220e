"""Questions under way, as bot.services promises them, on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.domain.answer import OpenQuestion, Place
from bot.services.open_questions import OpenQuestions
from bot.store.store import Store
from tests.support.postgres import postgres_url
from tests.support.stores import NOON, address, empty_address, store

__all__ = ["address", "empty_address", "postgres_url", "store"]

if TYPE_CHECKING:

    def _fills_the_protocol(store: Store) -> OpenQuestions:
        return store.questions


def question(key: str = "15", **changes: Any) -> OpenQuestion:
    known: dict[str, Any] = {"kind": "interaction", "guild_id": 1, "channel_id": 2, "asker_id": 3, "asked": NOON}
    return OpenQuestion(key=key, place=Place(**known | changes))


async def test_what_is_open_is_found_with_its_token_until_it_is_closed(store: Store) -> None:
    later = question("16", asked=NOON + timedelta(seconds=1), token="a-key-to-answer")
    await store.questions.open(later)
    await store.questions.open(question("17"))
    await store.questions.open(question("17"))
    assert await store.questions.left() == [question("17"), later]
    await store.questions.close("17")
    await store.questions.close("never")
    assert await store.questions.left() == [later]


async def test_a_forgotten_channel_has_no_open_questions(store: Store) -> None:
    for key, channel in (("1", 2), ("2", 9)):
        await store.questions.open(question(key, channel_id=channel))
    await store.housekeeping.forget_channel(1, 2)
    assert await store.questions.left() == [question("2", channel_id=9)]
