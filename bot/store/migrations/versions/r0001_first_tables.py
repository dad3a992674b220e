"""The first tables: Documents and Briefs, Digests and Deliveries, choices, usage, feeds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None

INSTANT = sa.DateTime(timezone=True)
COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Nothing was there before."""
    _kept()
    _digests()
    _guilds()
    _feeds()


def _kept() -> None:
    op.create_table(
        "documents",
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("stored", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name="pk_documents"),
    )
    op.create_index("ix_documents_id", "documents", ["id"])
    op.create_index("ix_documents_stored", "documents", ["stored"])
    op.create_table(
        "links",
        sa.Column("url_sha256", sa.String(64), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("read", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("url_sha256", name="pk_links"),
        sa.ForeignKeyConstraint(
            ["fingerprint"], ["documents.fingerprint"], name="fk_links_fingerprint", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_links_fingerprint", "links", ["fingerprint"])
    op.create_table(
        "briefs",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("stored", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_briefs"),
    )
    op.create_index("ix_briefs_stored", "briefs", ["stored"])


def _digests() -> None:
    op.create_table(
        "digests",
        sa.Column("id", COUNTER, nullable=False),
        sa.Column("guild_id", sa.BigInteger, nullable=False),
        sa.Column("created_by", sa.BigInteger, nullable=False),
        sa.Column("paused", sa.Boolean, nullable=False),
        sa.Column("next_run", INSTANT),
        sa.Column("value", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_digests"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_digests_guild_id", "digests", ["guild_id"])
    op.create_index("ix_digests_created_by", "digests", ["created_by"])
    op.create_index("ix_digests_paused_next_run_id", "digests", ["paused", "next_run", "id"])
    op.create_table(
        "deliveries",
        sa.Column("digest_id", COUNTER, nullable=False),
        sa.Column("run_key", sa.String(64), nullable=False),
        sa.Column("due", INSTANT, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("posted", INSTANT),
        sa.Column("value", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("digest_id", "run_key", name="pk_deliveries"),
        sa.ForeignKeyConstraint(["digest_id"], ["digests.id"], name="fk_deliveries_digest_id", ondelete="CASCADE"),
    )
    op.create_index("ix_deliveries_digest_id_due", "deliveries", ["digest_id", "due"])
    op.create_index("ix_deliveries_state_due", "deliveries", ["state", "due"])
    op.create_index("ix_deliveries_due", "deliveries", ["due"])


def _guilds() -> None:
    op.create_table(
        "choices",
        sa.Column("guild_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("channel_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("value", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "channel_id", name="pk_choices"),
    )
    op.create_table(
        "usage",
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("guild_id", sa.BigInteger, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("user_id", sa.BigInteger),
        sa.Column("calls", sa.Integer, nullable=False),
        sa.Column("prompt_tokens", sa.BigInteger, nullable=False),
        sa.Column("completion_tokens", sa.BigInteger, nullable=False),
        sa.Column("estimated", sa.Boolean, nullable=False),
        sa.Column("seconds", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_usage"),
    )
    op.create_index("ix_usage_day", "usage", ["day"])
    op.create_index("ix_usage_user_id", "usage", ["user_id"])
    op.create_index("ix_usage_guild_id_day", "usage", ["guild_id", "day"])


def _feeds() -> None:
    op.create_table(
        "feeds",
        sa.Column("url_sha256", sa.String(64), nullable=False),
        sa.Column("asked", INSTANT),
        sa.Column("value", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("url_sha256", name="pk_feeds"),
    )
    op.create_index("ix_feeds_asked", "feeds", ["asked"])
    op.create_table(
        "notices",
        sa.Column("url_sha256", sa.String(64), nullable=False),
        sa.Column("guild_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("url_sha256", "guild_id", name="pk_notices"),
    )
    op.create_index("ix_notices_guild_id", "notices", ["guild_id"])
