"""The tables, as today's code reads them; `migrations/` brings a database here, and a test compares the two.

A value is stored as its own JSON, beside columns for what is searched by: a field that is added to a value with a
default needs no migration. Bodies (Documents, Briefs) are compressed JSON: PostgreSQL's text takes no U+0000,
which an article may hold; SQLite compresses nothing, and articles shrink by more than half. Long addresses are
known by their SHA-256, since PostgreSQL indexes no more than 2,700 bytes.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
)

from bot.store.columns import Counter, Instant, Json

metadata: Final = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)

documents: Final = Table(
    "documents",
    metadata,
    Column("fingerprint", String(64), primary_key=True),
    Column("id", String(64), nullable=False, index=True),
    Column("body", LargeBinary, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("stored", Instant, nullable=False, index=True),
)

links: Final = Table(
    "links",
    metadata,
    Column("url_sha256", String(64), primary_key=True),
    Column(
        "fingerprint",
        String(64),
        ForeignKey("documents.fingerprint", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("read", Instant, nullable=False),
)

briefs: Final = Table(
    "briefs",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("body", LargeBinary, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("stored", Instant, nullable=False, index=True),
)

digests: Final = Table(
    "digests",
    metadata,
    Column("id", Counter, primary_key=True),
    Column("guild_id", BigInteger, nullable=False, index=True),
    Column("created_by", BigInteger, nullable=False, index=True),
    Column("paused", Boolean, nullable=False),
    Column("next_run", Instant),
    Column("value", Json, nullable=False),
    Index(None, "paused", "next_run", "id"),
    # An id is part of the workflow's: given twice, a new Digest would count as run already.
    sqlite_autoincrement=True,
)

deliveries: Final = Table(
    "deliveries",
    metadata,
    Column("digest_id", Counter, ForeignKey("digests.id", ondelete="CASCADE"), primary_key=True),
    Column("run_key", String(64), primary_key=True),
    Column("due", Instant, nullable=False),
    Column("state", String(16), nullable=False),
    Column("posted", Instant),
    Column("value", Json, nullable=False),
    Index(None, "digest_id", "due"),
    Index(None, "state", "due"),
    Index(None, "due"),
)

choices: Final = Table(
    "choices",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("channel_id", BigInteger, primary_key=True, autoincrement=False),  # 0: the guild itself
    Column("value", Json, nullable=False),
)

usage: Final = Table(
    "usage",
    metadata,
    Column("key", String(200), primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("day", Date, nullable=False, index=True),
    Column("user_id", BigInteger, index=True),
    Column("calls", Integer, nullable=False),
    Column("prompt_tokens", BigInteger, nullable=False),
    Column("completion_tokens", BigInteger, nullable=False),
    Column("estimated", Boolean, nullable=False),
    Column("seconds", Float, nullable=False),
    Index(None, "guild_id", "day"),
)

feeds: Final = Table(
    "feeds",
    metadata,
    Column("url_sha256", String(64), primary_key=True),
    Column("asked", Instant, index=True),
    Column("value", Json, nullable=False),
)

notices: Final = Table(
    "notices",
    metadata,
    Column("url_sha256", String(64), primary_key=True),
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Index(None, "guild_id"),
)

answers: Final = Table(
    "answers",
    metadata,
    Column("key", String(80), primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("channel_id", BigInteger, nullable=False),
    Column("asker_id", BigInteger, nullable=False, index=True),
    Column("asked", Instant, nullable=False, index=True),
    Column("value", Json, nullable=False),
    Column("body", LargeBinary),
    Column("sha256", String(64)),
    Index(None, "guild_id", "channel_id"),
)

answer_messages: Final = Table(
    "answer_messages",
    metadata,
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("key", String(80), ForeignKey("answers.key", ondelete="CASCADE"), nullable=False, index=True),
)

questions: Final = Table(
    "questions",
    metadata,
    Column("key", String(80), primary_key=True),
    Column("guild_id", BigInteger, nullable=False, index=True),
    Column("channel_id", BigInteger, nullable=False),
    Column("asker_id", BigInteger, nullable=False, index=True),
    Column("asked", Instant, nullable=False),
    Column("value", Json, nullable=False),
)

prompt_versions: Final = Table(
    "prompt_versions",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", String(64), primary_key=True),  # of the section or the shared part
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("made_by", BigInteger, nullable=False, index=True),
    Column("made", Instant, nullable=False),
    Column("value", Json, nullable=False),
)

audit: Final = Table(
    "audit",
    metadata,
    Column("id", Counter, primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("made_by", BigInteger, nullable=False, index=True),
    Column("made", Instant, nullable=False, index=True),
    Column("value", Json, nullable=False),
    Index(None, "guild_id", "made"),
)

reactions: Final = Table(
    "reactions",
    metadata,
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False, index=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("made", Instant, nullable=False, index=True),
    Column("value", Json, nullable=False),
    Index(None, "guild_id", "made"),
)

reports: Final = Table(
    "reports",
    metadata,
    Column("id", Counter, primary_key=True),
    Column("guild_id", BigInteger, nullable=False, index=True),
    Column("made_by", BigInteger, nullable=False, index=True),
    Column("made", Instant, nullable=False, index=True),
    Column("value", Json, nullable=False),
)

departures: Final = Table(
    "departures",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("left", Instant, nullable=False, index=True),
)

# Tables of the workflow engine, which shares the file on SQLite (on PostgreSQL it has the schema `dbos`): not ours
# to compare, to dump or to drop.
NOT_OURS: Final = frozenset(
    {
        "alembic_version",
        "application_versions",
        "dbos_migrations",
        "event_dispatch_kv",
        "notifications",
        "operation_outputs",
        "queues",
        "streams",
        "workflow_events",
        "workflow_events_history",
        "workflow_input",
        "workflow_output",
        "workflow_schedules",
        "workflow_status",
    }
)
