"""Questions under way. A row stands there for seconds, and holds the key to answer the person while it does."""

from __future__ import annotations

from sqlalchemy import delete, select

from bot.domain.answer import OpenQuestion
from bot.store.database import Database
from bot.store.tables import questions as table


class QuestionRows:
    """`bot.services.open_questions.OpenQuestions` in SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def open(self, question: OpenQuestion) -> None:
        """Keep it until it is closed."""
        place = question.place
        row = {
            "key": question.key,
            "guild_id": place.guild_id,
            "channel_id": place.channel_id,
            "asker_id": place.asker_id,
            "asked": place.asked,
            "value": question.model_dump(mode="json"),
        }
        async with self._database.writing() as connection:
            await connection.execute(self._database.upsert(table, row), row)

    async def close(self, key: str) -> None:
        """It is answered, or will never be."""
        async with self._database.writing() as connection:
            await connection.execute(delete(table).where(table.c.key == key))

    async def left(self) -> list[OpenQuestion]:
        """All that are open, in whichever process, oldest first."""
        query = select(table.c.value).order_by(table.c.asked)
        async with self._database.reading() as connection:
            values = (await connection.execute(query)).scalars().all()
        return [OpenQuestion.model_validate(value) for value in values]
