"""Errors that people reported."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, insert, select

from bot.domain.report import Report
from bot.store.database import Database
from bot.store.rows import from_row, to_row
from bot.store.tables import reports as table


class Reports:
    """`bot.services.reports.ReportBook` in SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, report: Report) -> None:
        """Keep it."""
        async with self._database.writing() as connection:
            await connection.execute(insert(table).values(to_row(report, table)))

    async def made_since(self, user_id: int, since: datetime) -> int:
        """How many that person made from that instant on."""
        query = select(func.count()).where(table.c.made_by == user_id, table.c.made >= since)
        async with self._database.reading() as connection:
            return int((await connection.execute(query)).scalar_one())

    async def recent(self, limit: int) -> list[Report]:
        """The latest, newest first."""
        columns = [column for column in table.columns if column is not table.c.id]
        query = select(*columns).order_by(table.c.made.desc(), table.c.id.desc()).limit(limit)
        async with self._database.reading() as connection:
            return [from_row(row, Report) for row in await connection.execute(query)]
