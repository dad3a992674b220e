"""What guilds and channels chose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from sqlalchemy import insert, select, update

from bot.domain.audit import AuditEntry
from bot.domain.keeping import Choices
from bot.store.database import Database
from bot.store.looks import Looks, Rows
from bot.store.rows import from_row, to_row
from bot.store.tables import audit
from bot.store.tables import choices as table

WHOLE_GUILD = 0  # no channel has this snowflake


class ChoiceBook:
    """`bot.services.books.SettingsBook` in SQL."""

    def __init__(self, database: Database, looks: Looks) -> None:
        self._database = database
        self._looks = looks

    async def choices(self, guild_id: int, channel_id: int | None = None) -> Choices:
        """What holds there: the channel's choices over the guild's."""
        made = await self._made(guild_id, {WHOLE_GUILD, channel_id or WHOLE_GUILD})
        whole = made.get(WHOLE_GUILD, Choices())
        return made[channel_id].over(whole) if channel_id and channel_id in made else whole

    async def own(self, guild_id: int, channel_id: int | None = None) -> Choices:
        """What was chosen at exactly that place."""
        place = channel_id or WHOLE_GUILD
        return (await self._made(guild_id, {place})).get(place, Choices())

    async def choose(self, guild_id: int, channel_id: int | None, choices: Choices) -> None:
        """Replace what was chosen at exactly that place."""
        row = to_row(choices, table) | {"guild_id": guild_id, "channel_id": channel_id or WHOLE_GUILD}
        async with self._database.writing() as connection:
            await connection.execute(self._database.upsert(table, row), row)

    async def amend(
        self, guild_id: int, channel_id: int | None, changes: Mapping[str, object], *, by: int, now: datetime
    ) -> Choices:
        """Set some fields at exactly that place, and note in the audit what is different."""
        place = {"guild_id": guild_id, "channel_id": channel_id or WHOLE_GUILD}
        here = (table.c.guild_id == guild_id) & (table.c.channel_id == place["channel_id"])
        async with self._database.writing() as connection:
            # There is a row to lock then, so that of two people at once one waits for the other.
            empty = to_row(Choices(), table) | place
            await connection.execute(self._database.insert(table).values(empty).on_conflict_do_nothing())
            row = (await connection.execute(select(table).where(here).with_for_update())).one()
            before = from_row(row, Choices)
            after = Choices.model_validate(before.model_dump() | dict(changes))
            await connection.execute(update(table).where(here).values(to_row(after, table)))
            for entry in _differences(before, after, {**place, "made_by": by, "made": now}):
                await connection.execute(insert(audit).values(to_row(entry, audit)))
        return after

    async def places(self, guild_id: int) -> dict[int, Choices]:
        """The channels of a guild where something was chosen, and what was chosen at exactly each."""
        query = select(table).where(table.c.guild_id == guild_id, table.c.channel_id != WHOLE_GUILD)
        made = await self._looks.take(query, _by_channel)
        return {channel: choices for channel, choices in made.items() if choices != Choices()}

    async def _made(self, guild_id: int, places: set[int]) -> dict[int, Choices]:
        query = select(table).where(table.c.guild_id == guild_id, table.c.channel_id.in_(places))
        return await self._looks.take(query, _by_channel)


def _by_channel(rows: Rows) -> dict[int, Choices]:
    return {row.channel_id: from_row(row, Choices) for row in rows}


def _differences(before: Choices, after: Choices, known: Mapping[str, object]) -> Iterator[AuditEntry]:
    """An entry for each field that is different, with `known` in each."""
    old, new = before.model_dump(mode="json"), after.model_dump(mode="json")
    for name in old:
        if old[name] != new[name]:
            yield AuditEntry.model_validate({**known, "what": name, "before": old[name], "after": new[name]})
