"""Retention, and the right to be forgotten.

Kept Documents and Briefs belong to no guild and name nobody who asked for them; they go by age alone, but for what
a person handed in (`handed_in.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Table, delete, select, tuple_, update

from bot.domain.answer import Answered
from bot.domain.keeping import Pruned, Retention
from bot.domain.prompt_version import DRAFT
from bot.store.database import Database
from bot.store.handed_in import HandedIn
from bot.store.tables import (
    answer_messages,
    answers,
    audit,
    briefs,
    choices,
    deliveries,
    departures,
    digests,
    documents,
    feeds,
    notices,
    prompt_versions,
    questions,
    reactions,
    reports,
    usage,
)

ROWS_AT_ONCE = 500  # a short transaction each, so that nobody waits for the clean-up
NOBODY = 0
# Deliveries go with their Digest, an answer's messages with the answer.
OF_GUILDS: Final = (
    digests, choices, usage, notices, answers, questions, prompt_versions, audit, reactions, reports, departures,
)  # fmt: skip


class Housekeeper:
    """`bot.services.books.Housekeeping` in SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._handed_in = HandedIn(database)

    async def prune(self, now: datetime, retention: Retention) -> Pruned:
        """Remove what is older than that. Usage and feeds' states go with the Deliveries."""

        def ago(days: int) -> datetime:
            return now - timedelta(days=days)

        run = ago(retention.deliveries)
        drafted = prompt_versions.c.version == DRAFT
        return Pruned(
            documents=await self._remove(documents, documents.c.stored <= ago(retention.documents)),
            briefs=await self._remove(briefs, briefs.c.stored <= ago(retention.briefs)),
            deliveries=await self._remove(deliveries, deliveries.c.due <= run, deliveries.c.state != "due"),
            usage=await self._remove(usage, usage.c.day < run.date()),
            feeds=await self._remove(feeds, feeds.c.asked <= run),
            answers=await self._remove(answers, answers.c.asked <= ago(retention.answers)),
            reactions=await self._remove(reactions, reactions.c.made <= ago(retention.reactions)),
            reports=await self._remove(reports, reports.c.made <= ago(retention.reports)),
            audit=await self._remove(audit, audit.c.made <= ago(retention.audit)),
            drafts=await self._remove(prompt_versions, drafted, prompt_versions.c.made <= ago(retention.drafts)),
        )

    async def forget_guild(self, guild_id: int) -> None:
        """Remove all that belongs to a guild."""
        async with self._database.writing() as connection:
            for table in OF_GUILDS:
                await connection.execute(delete(table).where(table.c.guild_id == guild_id))

    async def forget_channel(self, guild_id: int, channel_id: int) -> None:
        """Remove the answers given in a channel, the reactions to them, and what was chosen for it."""
        given = (answers.c.guild_id == guild_id, answers.c.channel_id == channel_id)
        stand = select(answer_messages.c.message_id).join(answers, answers.c.key == answer_messages.c.key)
        async with self._database.writing() as connection:
            await connection.execute(delete(reactions).where(reactions.c.message_id.in_(stand.where(*given))))
            await connection.execute(delete(answers).where(*given))
            asked = (questions.c.guild_id == guild_id, questions.c.channel_id == channel_id)
            await connection.execute(delete(questions).where(*asked))
            chosen = (choices.c.guild_id == guild_id, choices.c.channel_id == channel_id)
            await connection.execute(delete(choices).where(*chosen))

    async def forget_user(self, user_id: int) -> None:
        """Remove what a person asked for, and their id from what stays with its guild, made by nobody."""
        async with self._database.writing() as connection:
            await connection.execute(delete(answers).where(answers.c.asker_id == user_id))
            await connection.execute(delete(questions).where(questions.c.asker_id == user_id))
            await connection.execute(delete(reactions).where(reactions.c.user_id == user_id))
            await connection.execute(delete(reports).where(reports.c.made_by == user_id))
            await connection.execute(update(usage).where(usage.c.user_id == user_id).values(user_id=None))
            made = update(digests).where(digests.c.created_by == user_id).values(created_by=NOBODY)
            await connection.execute(made)
            for table in (audit, prompt_versions):
                await connection.execute(update(table).where(table.c.made_by == user_id).values(made_by=NOBODY))

    async def forget_reports(self, keys: Iterable[str]) -> None:
        """Remove the errors that anybody reported in those answers."""
        ordered = sorted(set(keys))
        for start in range(0, len(ordered), ROWS_AT_ONCE):
            about = reports.c.value["key"].as_string().in_(ordered[start : start + ROWS_AT_ONCE])
            async with self._database.writing() as connection:
                await connection.execute(delete(reports).where(about))

    async def forget_texts(self, answered: Iterable[Answered]) -> list[str]:
        """Remove the texts and files that were handed in for `answered`; the addresses that they lay under."""
        return await self._handed_in.forget(answered)

    async def _remove(self, table: Table, *old: ColumnElement[bool]) -> int:
        key = list(table.primary_key.columns)
        some = select(*key).where(*old).limit(ROWS_AT_ONCE)
        batch = delete(table).where(key[0].in_(some) if len(key) == 1 else tuple_(*key).in_(some))
        removed = 0
        while True:
            async with self._database.writing() as connection:
                gone = (await connection.execute(batch)).rowcount
            removed += gone
            if gone < ROWS_AT_ONCE:
                return removed
