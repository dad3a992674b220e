"""What was chosen is asked for once a moment, and a change is seen at once."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import cast

import pytest

from bot.domain.keeping import Choices
from bot.domain.prompt_version import PromptVersion
from bot.services.books import SettingsBook
from bot.services.prompt_book import PromptBook
from bot.services.remembered import MOMENT, RememberedChoices, RememberedPrompts
from tests.support.stores import NOON

pytestmark = pytest.mark.unit


class SlowBook:
    """Choices in a dict; each reading is counted, and held up while `open` is clear."""

    def __init__(self) -> None:
        self.kept: dict[tuple[int, int], Choices] = {}
        self.readings = 0
        self.open = asyncio.Event()
        self.open.set()

    async def choices(self, guild_id: int, channel_id: int | None = None) -> Choices:
        self.readings += 1
        found = self.kept.get((guild_id, channel_id or 0), Choices())
        await self.open.wait()
        return found

    async def own(self, guild_id: int, channel_id: int | None = None) -> Choices:
        return self.kept.get((guild_id, channel_id or 0), Choices())

    async def choose(self, guild_id: int, channel_id: int | None, choices: Choices) -> None:
        self.kept[guild_id, channel_id or 0] = choices

    async def amend(
        self, guild_id: int, channel_id: int | None, changes: Mapping[str, object], *, by: int, now: datetime
    ) -> Choices:
        after = Choices.model_validate((await self.own(guild_id, channel_id)).model_dump() | dict(changes))
        await self.choose(guild_id, channel_id, after)
        return after

    async def places(self, guild_id: int) -> dict[int, Choices]:
        return {channel: choices for (guild, channel), choices in self.kept.items() if guild == guild_id}


class Ticking:
    """A clock set by hand."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


async def test_a_place_is_read_once_a_moment() -> None:
    book, clock = SlowBook(), Ticking()
    remembered = RememberedChoices(book, clock=clock)
    for _ in range(3):
        assert await remembered.choices(1, 8) == Choices()
    assert book.readings == 1
    clock.now += MOMENT
    await remembered.choices(1, 8)
    assert book.readings == 2
    clock.now -= timedelta(days=1)  # a clock that was set back trusts nothing
    await remembered.choices(1, 8)
    assert book.readings == 3


async def test_a_change_is_seen_at_once_in_all_places_of_the_guild() -> None:
    book = SlowBook()
    remembered: SettingsBook = RememberedChoices(book, clock=Ticking())
    await remembered.choices(1, 8)
    await remembered.choices(2, 9)
    await remembered.amend(1, 8, {"automatic": "links"}, by=3, now=NOON)
    assert (await remembered.choices(1, 8)).automatic == "links"
    await remembered.choose(1, 8, Choices(language="de"))
    assert await remembered.choices(1, 8) == await remembered.own(1, 8) == Choices(language="de")
    assert await remembered.places(1) == {8: Choices(language="de")}
    readings = book.readings
    await remembered.choices(2, 9)
    assert book.readings == readings


async def test_what_was_read_before_a_change_does_not_outlive_it() -> None:
    book = SlowBook()
    remembered = RememberedChoices(book, clock=Ticking())
    book.open.clear()
    early = asyncio.create_task(remembered.choices(1, 8))
    await asyncio.sleep(0)
    await remembered.amend(1, 8, {"language": "de"}, by=3, now=NOON)
    book.open.set()
    assert await early == Choices()
    assert (await remembered.choices(1, 8)).language == "de"


class CountedPrompts:
    """A PromptBook as far as it is asked here: it counts its readings."""

    def __init__(self) -> None:
        self.kept: list[PromptVersion] = []
        self.readings = 0

    async def current(self, guild_id: int) -> list[PromptVersion]:
        self.readings += 1
        return [version for version in self.kept if version.guild_id == guild_id]

    async def add(self, wanted: PromptVersion, *, keep: int) -> PromptVersion:
        self.kept.append(wanted)
        return wanted


async def test_a_guilds_prompts_are_read_once_a_moment_and_a_new_version_is_seen_at_once() -> None:
    book, clock = CountedPrompts(), Ticking()
    remembered = RememberedPrompts(cast("PromptBook", book), clock=clock)
    assert await remembered.current(1) == await remembered.current(1) == []
    assert book.readings == 1
    version = PromptVersion(guild_id=1, name="summary", version=1, text="Be brief.", made_by=5, made=NOON)
    await remembered.add(version, keep=3)
    assert await remembered.current(1) == [version]
    clock.now += MOMENT
    await remembered.current(1)
    assert book.readings == 3
