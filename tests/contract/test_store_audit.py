"""Changes of choices and their audit, as bot.services promises them, on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.domain.audit import AuditEntry
from bot.domain.keeping import Choices
from bot.services import auditing
from bot.store.store import Store
from tests.support.postgres import postgres_url
from tests.support.stores import NOON, address, empty_address, store

__all__ = ["address", "empty_address", "postgres_url", "store"]

if TYPE_CHECKING:

    def _fills_the_protocol(store: Store) -> auditing.AuditBook:
        return store.audit


def entry(**changes: object) -> AuditEntry:
    """A language that was chosen for a server."""
    known: dict[str, object] = {"guild_id": 1, "made_by": 3, "made": NOON, "what": "language", "after": "de"}
    return AuditEntry.model_validate(known | changes)


async def test_an_entry_comes_back_as_it_was_noted_newest_first(store: Store) -> None:
    first = entry(channel_id=8, before=["quotes", "summary"], after=None, what="sections")
    second = entry(made=NOON + timedelta(seconds=1), kind="prompt", what="summary", before=1, after=2)
    third = entry(made=NOON + timedelta(seconds=1))
    await store.audit.note(first, second, third)
    await store.audit.note()
    await store.audit.note(entry(guild_id=2))
    assert await store.audit.recent(1, 10) == [third, second, first]
    assert await store.audit.recent(1, 2) == [third, second]


async def test_an_amended_place_keeps_what_was_not_named_and_the_audit_tells_the_difference(store: Store) -> None:
    await store.choices.choose(1, 8, Choices(language="sv", threads=False))
    chosen = await store.choices.amend(1, 8, {"language": "de", "sections": ("quotes",)}, by=3, now=NOON)
    assert chosen == Choices(language="de", threads=False, sections=("quotes",)) == await store.choices.own(1, 8)
    told = {(e.what, str(e.before), str(e.after)) for e in await store.audit.recent(1, 10)}
    assert told == {("language", "sv", "de"), ("sections", "None", "['quotes']")}
    await store.choices.amend(1, 8, {"language": "de"}, by=3, now=NOON)
    assert len(await store.audit.recent(1, 10)) == 2


async def test_a_choice_is_taken_back_by_none(store: Store) -> None:
    await store.choices.amend(1, None, {"cooldown": 30}, by=3, now=NOON)
    assert await store.choices.amend(1, None, {"cooldown": None}, by=4, now=NOON) == Choices()
    assert [(e.before, e.after, e.made_by) for e in await store.audit.recent(1, 1)] == [(30, None, 4)]


async def test_of_two_people_at_once_neither_undoes_the_other(store: Store) -> None:
    fields: list[dict[str, object]] = [{"language": "de"}, {"threads": True}, {"cooldown": 5}, {"pictures": False}]
    await asyncio.gather(*(store.choices.amend(1, 9, field, by=3, now=NOON) for field in fields))
    assert await store.choices.own(1, 9) == Choices(language="de", threads=True, cooldown=5, pictures=False)


async def test_the_channels_with_choices_of_their_own_are_told(store: Store) -> None:
    await store.choices.amend(1, None, {"language": "de"}, by=3, now=NOON)
    await store.choices.amend(1, 8, {"automatic": "links"}, by=3, now=NOON)
    await store.choices.amend(1, 9, {"language": "sv"}, by=3, now=NOON)
    await store.choices.amend(1, 9, {"language": None}, by=3, now=NOON)
    await store.choices.amend(2, 8, {"language": "sv"}, by=3, now=NOON)
    assert await store.choices.places(1) == {8: Choices(automatic="links")}
