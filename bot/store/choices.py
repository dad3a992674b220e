"""What guilds and channels chose."""

from __future__ import annotations

from sqlalchemy import select

from bot.domain.keeping import Choices
from bot.store.database import Database
from bot.store.rows import from_row, to_row
from bot.store.tables import choices as table

WHOLE_GUILD = 0  # no channel has this snowflake


class ChoiceBook:
    """`bot.services.books.SettingsBook` in SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

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
            await connection.execute(self._database.upsert(table, row))

    async def _made(self, guild_id: int, places: set[int]) -> dict[int, Choices]:
        query = select(table).where(table.c.guild_id == guild_id, table.c.channel_id.in_(places))
        async with self._database.reading() as connection:
            return {row.channel_id: from_row(row, Choices) for row in await connection.execute(query)}
