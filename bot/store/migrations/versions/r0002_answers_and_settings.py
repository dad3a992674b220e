"""Briefings that stand in Discord, prompts of guilds, and what their settings, reports and reactions leave."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"

INSTANT = sa.DateTime(timezone=True)
COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """New tables only: nothing that was there changes."""
    _answers()
    _prompt_versions()
    _noted("audit", ("guild_id", "made"), ("made_by",), ("made",))
    _noted("reports", ("guild_id",), ("made_by",), ("made",))
    _reactions()
    op.create_table(
        "departures",
        sa.Column("guild_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("left", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", name="pk_departures"),
    )
    op.create_index("ix_departures_left", "departures", ["left"])


def _answers() -> None:
    op.create_table(
        "answers",
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("guild_id", sa.BigInteger, nullable=False),
        sa.Column("channel_id", sa.BigInteger, nullable=False),
        sa.Column("asker_id", sa.BigInteger, nullable=False),
        sa.Column("asked", INSTANT, nullable=False),
        sa.Column("value", sa.JSON, nullable=False),
        sa.Column("body", sa.LargeBinary),
        sa.Column("sha256", sa.String(64)),
        sa.PrimaryKeyConstraint("key", name="pk_answers"),
    )
    op.create_index("ix_answers_asker_id", "answers", ["asker_id"])
    op.create_index("ix_answers_asked", "answers", ["asked"])
    op.create_index("ix_answers_guild_id_channel_id", "answers", ["guild_id", "channel_id"])
    op.create_table(
        "answer_messages",
        sa.Column("message_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("key", sa.String(80), nullable=False),
        sa.PrimaryKeyConstraint("message_id", name="pk_answer_messages"),
        sa.ForeignKeyConstraint(["key"], ["answers.key"], name="fk_answer_messages_key", ondelete="CASCADE"),
    )
    op.create_index("ix_answer_messages_key", "answer_messages", ["key"])


def _prompt_versions() -> None:
    op.create_table(
        "prompt_versions",
        sa.Column("guild_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("made_by", sa.BigInteger, nullable=False),
        sa.Column("made", INSTANT, nullable=False),
        sa.Column("value", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "name", "version", name="pk_prompt_versions"),
    )
    op.create_index("ix_prompt_versions_made_by", "prompt_versions", ["made_by"])


def _noted(table: str, *indexes: tuple[str, ...]) -> None:
    op.create_table(
        table,
        sa.Column("id", COUNTER, nullable=False),
        sa.Column("guild_id", sa.BigInteger, nullable=False),
        sa.Column("made_by", sa.BigInteger, nullable=False),
        sa.Column("made", INSTANT, nullable=False),
        sa.Column("value", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )
    for columns in indexes:
        op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def _reactions() -> None:
    op.create_table(
        "reactions",
        sa.Column("message_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("guild_id", sa.BigInteger, nullable=False),
        sa.Column("made", INSTANT, nullable=False),
        sa.Column("value", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("message_id", "user_id", name="pk_reactions"),
    )
    op.create_index("ix_reactions_user_id", "reactions", ["user_id"])
    op.create_index("ix_reactions_made", "reactions", ["made"])
    op.create_index("ix_reactions_guild_id_made", "reactions", ["guild_id", "made"])
