"""What is forgotten on request, by age, and after the bot left: on both databases, and nothing besides."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import Text, cast, insert, select

from bot.domain.answer import Answered, OpenQuestion, Place
from bot.domain.audit import AuditEntry
from bot.domain.brief import Brief
from bot.domain.document import Document
from bot.domain.draft import Usage
from bot.domain.keeping import BriefKey, Choices, Retention, fingerprint
from bot.domain.order import ATTACHED, KEPT, ArticleOrder
from bot.domain.prompt_version import PromptVersion
from bot.domain.source import LinkSource
from bot.services.books import DepartureBook, Housekeeping
from bot.store.housekeeping import OF_GUILDS
from bot.store.store import Store
from bot.store.tables import metadata, reactions, reports
from bot.text.links import url_key
from tests.support.briefs import brief
from tests.support.postgres import postgres_url
from tests.support.stores import NOON, address, delivery, digest, document, empty_address, store

__all__ = ["address", "empty_address", "postgres_url", "store"]

DAY = timedelta(days=1)
KEPT_FOR_EVER = Retention(
    documents=9_999, briefs=9_999, deliveries=9_999, answers=9_999, reactions=9_999, reports=9_999, audit=9_999,
    drafts=9_999,
)  # fmt: skip

if TYPE_CHECKING:

    def _fills_the_protocols(store: Store) -> tuple[Housekeeping, DepartureBook]:
        return store.housekeeping, store.departures


def answered(
    key: str, *urls: str, guild: int = 1, channel: int = 2, asker: int = 4, of: Brief | None = None
) -> Answered:
    """An answer that stands as message 900 + its key."""
    place = Place(kind="reply", guild_id=guild, channel_id=channel, asker_id=asker, asked=NOON)
    sources = tuple(LinkSource(url=url) for url in urls or ("https://a.example/1",))
    return Answered(
        key=key, place=place, order=ArticleOrder(sources=sources), message_ids=(900 + int(key),), brief=of
    )


def brief_of(text: Document) -> Brief:
    """A Brief of that very Document."""
    known = brief()
    source = known.sources[0].model_copy(update={"id": text.id})
    return known.model_copy(update={"sources": (source,)})


async def handed_in(store: Store, text: Document, *links: str) -> str:
    """Lay it on the shelf as handed in, with a Brief of it; its address."""
    url = f"{KEPT}{fingerprint(text)}"
    await store.shelf.put_document(text, [url_key(url), *links], now=NOON)
    key = BriefKey.of([text], prompts_digest="abc", engine="extractive")
    await store.shelf.put_brief(key, brief_of(text), now=NOON)
    return url


async def reacted(store: Store, message_id: int, *, user: int = 4, guild: int = 1) -> None:
    row = {"message_id": message_id, "user_id": user, "guild_id": guild, "made": NOON, "value": {}}
    async with store.database.writing() as connection:
        await connection.execute(insert(reactions).values(row))


async def reported(store: Store, *, user: int = 4, guild: int = 1, key: str = "1") -> None:
    row = {"guild_id": guild, "made_by": user, "made": NOON, "value": {"key": key, "words": "wrong day"}}
    async with store.database.writing() as connection:
        await connection.execute(insert(reports).values(row))


async def one_of_each(store: Store, *, guild: int = 1, user: int = 4, key: str = "1") -> None:
    """A row of that guild and person in every table that has such rows."""
    made = await store.digests.add(digest(guild_id=guild, created_by=user))
    await store.deliveries.start(delivery(made.id))
    await store.choices.choose(guild, None, Choices(language="de"))
    await store.usage.spend(f"w{key}", guild, NOON.date(), Usage(calls=1), user_id=user)
    await store.feeds.note_told(guild, ["u"])
    await store.answers.put(answered(key, guild=guild, asker=user))
    place = Place(kind="reply", guild_id=guild, channel_id=2, asker_id=user, asked=NOON)
    await store.questions.open(OpenQuestion(key=key, place=place))
    version = PromptVersion(guild_id=guild, name="voice", made_by=user, made=NOON, text="x")
    await store.prompts.add(version, keep=9)
    await store.audit.note(AuditEntry(guild_id=guild, made_by=user, made=NOON, what="language"))
    await reacted(store, 900 + int(key), user=user, guild=guild)
    await reported(store, user=user, guild=guild)


async def rows(store: Store, table_name: str) -> list[Any]:
    async with store.database.reading() as connection:
        return list((await connection.execute(select(metadata.tables[table_name]))).all())


def test_every_table_with_a_guild_is_emptied_with_the_guild() -> None:
    with_guild = {table.name for table in metadata.tables.values() if "guild_id" in table.columns}
    assert {table.name for table in OF_GUILDS} == with_guild


async def test_a_forgotten_guild_is_in_no_table(store: Store) -> None:
    await one_of_each(store, guild=1)
    await one_of_each(store, guild=2, user=5, key="2")
    await store.departures.left([1, 2], NOON)
    await store.housekeeping.forget_guild(1)
    for table in metadata.tables.values():
        found = await rows(store, table.name)
        if "guild_id" in table.columns:
            assert [row.guild_id for row in found] == [2], table.name
    assert len(await rows(store, "deliveries")) == 1
    assert len(await rows(store, "answer_messages")) == 1


async def test_a_forgotten_person_is_named_nowhere(store: Store) -> None:
    person = 71_234_567_890_123_456
    await one_of_each(store, user=person)
    await one_of_each(store, guild=2, user=5, key="2")
    await store.housekeeping.forget_user(person)
    async with store.database.reading() as connection:
        for table in metadata.tables.values():
            for column in table.columns:
                text = cast(column, Text)
                if column.name not in {"body"}:
                    query = select(column).where(text.contains(str(person)))
                    assert (await connection.execute(query)).first() is None, f"{table.name}.{column.name}"
    assert len(await rows(store, "digests")) == 2
    assert (await store.usage.spent(1, NOON.date())).calls == 1
    assert await store.answers.of_asker(5) == ["2"]


async def test_a_forgotten_channel_keeps_nothing_of_its_own(store: Store) -> None:
    await store.answers.put(answered("1", channel=2))
    await store.answers.put(answered("2", channel=3))
    await reacted(store, 901)
    await reacted(store, 902)
    await store.choices.choose(1, 2, Choices(language="sv"))
    await store.choices.choose(1, None, Choices(language="de"))
    await store.housekeeping.forget_channel(1, 2)
    assert await store.answers.of_guild(1) == ["2"]
    assert [row.message_id for row in await rows(store, "reactions")] == [902]
    assert await store.choices.choices(1, 2) == Choices(language="de")


async def test_what_others_reported_in_a_forgotten_answer_goes_too(store: Store) -> None:
    await reported(store, user=5, key="1")
    await reported(store, user=5, key="2")
    await store.housekeeping.forget_reports(["1", "7"])
    assert [row.value["key"] for row in await rows(store, "reports")] == ["2"]


async def test_what_was_handed_in_goes_with_its_briefs(store: Store) -> None:
    mine, theirs = document("A text of my own. " * 9), document("A page of the web. " * 9)
    url = await handed_in(store, mine)
    await store.shelf.put_document(theirs, [url_key("https://a.example/1")], now=NOON)
    await store.shelf.put_brief(
        BriefKey.of([theirs], prompts_digest="abc", engine="extractive"), brief_of(theirs), now=NOON
    )
    gone = [answered("1", url, of=brief_of(mine)), answered("2", of=brief_of(theirs))]
    assert await store.housekeeping.forget_texts(gone) == [url]
    assert await store.shelf.document_by_id(mine.id) is None
    assert await store.shelf.document_by_id(theirs.id) == theirs
    assert len(await rows(store, "briefs")) == 1
    assert len(await rows(store, "links")) == 1


async def test_a_file_that_hung_in_discord_is_found_by_its_brief(store: Store) -> None:
    mine = document("A file of my own. " * 9)
    url = await handed_in(store, mine)
    order = answered("1", f"{ATTACHED}https://cdn.discordapp.com/a/b/c.txt", of=brief_of(mine))
    assert await store.housekeeping.forget_texts([order]) == [url]
    assert await rows(store, "documents") == await rows(store, "briefs") == []


@pytest.mark.parametrize("by_file", [False, True])
async def test_what_another_answer_rests_on_stays(store: Store, by_file: bool) -> None:
    shared = document("A text that two people sent. " * 9)
    url = await handed_in(store, shared)
    theirs = f"{ATTACHED}https://cdn.discordapp.com/a/b/c.txt" if by_file else url
    await store.answers.put(answered("2", theirs, asker=5, of=brief_of(shared)))
    mine = answered("1", url, of=brief_of(shared))
    assert await store.housekeeping.forget_texts([mine]) == []
    assert await store.shelf.document_by_id(shared.id) == shared
    assert len(await rows(store, "briefs")) == 1


async def test_what_was_also_read_from_a_link_stays_for_its_readers(store: Store) -> None:
    same = document("A page that somebody pasted, too. " * 9)
    url = await handed_in(store, same, url_key("https://a.example/same"))
    await store.housekeeping.forget_texts([answered("1", url, of=brief_of(same))])
    assert await store.shelf.document(url_key("https://a.example/same"), NOON) == same
    assert await store.shelf.document(url_key(url), NOON) is None


async def test_age_removes_each_kind_by_its_own_days(store: Store) -> None:
    await one_of_each(store)
    await store.prompts.put_draft(PromptVersion(guild_id=1, name="voice", made_by=4, made=NOON, text="y"))
    for kind, table in {
        "answers": "answers", "reactions": "reactions", "reports": "reports", "audit": "audit",
        "drafts": "prompt_versions",
    }.items():  # fmt: skip
        pruned = await store.housekeeping.prune(NOON + 5 * DAY, KEPT_FOR_EVER.model_copy(update={kind: 6}))
        assert not any(pruned)
        pruned = await store.housekeeping.prune(NOON + 5 * DAY, KEPT_FOR_EVER.model_copy(update={kind: 5}))
        assert getattr(pruned, kind) == 1
        assert sum(pruned) == 1
        assert len(await rows(store, table)) == (1 if kind == "drafts" else 0)


async def test_a_departure_is_noted_once_and_taken_back(store: Store) -> None:
    await store.departures.left([1, 2, 3], NOON)
    await store.departures.left([1], NOON + DAY)
    await store.departures.back([2, 9])
    assert await store.departures.gone(NOON) == [1, 3]
    assert await store.departures.gone(NOON - DAY) == []
    await store.departures.left(range(10, 2_000), NOON)
    await store.departures.back(range(10, 2_000))
    assert await store.departures.gone(NOON) == [1, 3]


async def test_guilds_that_set_something_up_are_known(store: Store) -> None:
    await store.digests.add(digest(guild_id=1))
    await store.choices.choose(2, None, Choices(language="de"))
    await store.prompts.add(PromptVersion(guild_id=3, name="voice", made_by=1, made=NOON, text="x"), keep=9)
    await store.answers.put(answered("1", guild=4))
    assert await store.departures.known() == {1, 2, 3}


async def test_digests_of_a_guild_that_was_left_do_not_run_until_it_is_back(store: Store) -> None:
    stored = await store.digests.add(digest(next_run=NOON))
    await store.departures.left([stored.guild_id], NOON)
    assert await store.digests.due(NOON, 10) == []
    await store.departures.back([stored.guild_id])
    assert await store.digests.due(NOON, 10) == [stored]
