"""The book of prompts that guilds wrote, as bot.services.prompt_book promises it, on both databases."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.domain.prompt_version import PromptVersion
from bot.services.prompt_book import PromptBook
from bot.store.store import Store
from tests.support.postgres import postgres_url
from tests.support.stores import NOON, address, empty_address, store

__all__ = ["address", "empty_address", "postgres_url", "store"]

if TYPE_CHECKING:

    def _fills_the_protocol(store: Store) -> PromptBook:
        return store.prompts


def wanted(text: str | None = "At most {{ max_items }}.", **changes: object) -> PromptVersion:
    known: dict[str, object] = {"guild_id": 1, "name": "quotes", "made_by": 3, "made": NOON, "text": text}
    return PromptVersion.model_validate(known | changes)


async def test_versions_count_up_and_stay_as_they_were(store: Store) -> None:
    first = await store.prompts.add(wanted("one"), keep=9)
    second = await store.prompts.add(wanted("two", equals=None, made_by=4), keep=9)
    other = await store.prompts.add(wanted("elsewhere", guild_id=2), keep=9)
    assert [first.version, second.version, other.version] == [1, 2, 1]
    assert await store.prompts.history(1, "quotes", 9) == [second, first]
    assert await store.prompts.history(1, "quotes", 1) == [second]
    assert await store.prompts.get(1, "quotes", 1) == first
    assert await store.prompts.get(1, "quotes", 7) is None


async def test_the_newest_version_of_each_name_is_the_current_one(store: Store) -> None:
    await store.prompts.add(wanted("one"), keep=9)
    voice = await store.prompts.add(wanted("calm", name="voice"), keep=9)
    quotes = await store.prompts.add(wanted(None, equals=1), keep=9)
    await store.prompts.add(wanted("elsewhere", guild_id=2, name="summary"), keep=9)
    assert await store.prompts.current(1) == [quotes, voice]
    assert await store.prompts.current(3) == []


async def test_only_the_newest_versions_are_kept_and_numbers_do_not_come_again(store: Store) -> None:
    for number in range(5):
        await store.prompts.add(wanted(f"text {number}"), keep=3)
    assert [version.version for version in await store.prompts.history(1, "quotes", 9)] == [5, 4, 3]


async def test_a_draft_is_no_version_and_is_gone_when_something_is_saved(store: Store) -> None:
    await store.prompts.put_draft(wanted("first thought"))
    await store.prompts.put_draft(wanted("second thought", made_by=5))
    draft = await store.prompts.get(1, "quotes", 0)
    assert draft == wanted("second thought", made_by=5)
    assert await store.prompts.current(1) == []
    assert await store.prompts.history(1, "quotes", 9) == []
    await store.prompts.put_draft(wanted("of another name", name="voice"))
    await store.prompts.add(wanted("saved"), keep=100)
    assert await store.prompts.get(1, "quotes", 0) is None
    assert await store.prompts.drop_draft(1, "voice")
    assert not await store.prompts.drop_draft(1, "voice")


async def test_many_who_save_at_once_all_get_a_version_of_their_own(store: Store) -> None:
    stored = await asyncio.gather(*(store.prompts.add(wanted(f"text {n}"), keep=99) for n in range(12)))
    assert sorted(version.version for version in stored) == list(range(1, 13))
