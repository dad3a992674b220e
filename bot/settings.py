"""Settings: the only reader of the environment. `.env.example` is generated from this class."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from pydantic import AliasChoices, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.domain.errors import SettingsError

_SECRETS = frozenset({"DISCORD_TOKEN", "LLM_API_KEY", "DATABASE_URL"})


class Settings(BaseSettings):
    """Everything an operator may set, by environment variable or in `.env`. Nothing is required: bare, it runs."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True)

    # Discord
    discord_token: SecretStr | None = Field(
        default=None, description="The bot's token, from Discord's developer portal. Needed by `nutgraf run` only."
    )
    discord_api_base: str = Field(
        default="https://discord.com/api/v10",
        description="Discord's REST base; change it only for a rate-limit proxy or the playground.",
    )
    discord_gateway: str = Field(
        default="wss://gateway.discord.gg/", description="Discord's gateway; change it only for the playground."
    )
    shard_ids: str = Field(
        default="",
        description="This process's shards, as 0-3 or 0,2,5, where several bot processes share them. Empty: all.",
    )
    shard_count: int | None = Field(
        default=None, ge=1, description="Number of all shards; empty: as many as Discord recommends."
    )

    # The model endpoint
    llm_base_url: str | None = Field(
        default=None,
        description="Base of an OpenAI-compatible endpoint, e.g. http://127.0.0.1:11434/v1. Empty: the built-in "
        "extractive engine writes every briefing, with no model.",
    )
    llm_model: str | None = Field(default=None, description="The model's name as the endpoint knows it.")
    llm_models: str = Field(
        default="",
        description="Further models of that endpoint that people may choose, comma separated: its names for them, "
        "or pairs as quick=vendor/small-model. LLM_MODEL comes first and is the default.",
    )
    llm_api_key: SecretStr | None = Field(default=None, description="The endpoint's key, where it wants one.")
    llm_context_tokens: int = Field(
        default=16_000, ge=2_000, description="Tokens that the model reads and writes together."
    )
    llm_max_answer_tokens: int = Field(default=2_000, ge=200, description="Tokens kept free for the answer.")
    llm_concurrency: int = Field(default=4, ge=1, le=64, description="Calls to the endpoint at once.")
    llm_timeout_seconds: float = Field(
        default=300,
        gt=0,
        description="Longest wait for one answer, in seconds. Then it is not asked for again: the built-in engine "
        "writes, and says so. A briefing takes several answers: see BRIEF_TIMEOUT_SECONDS.",
    )
    llm_mend: bool = Field(
        default=True,
        description="Whether what the verifier drops goes back to the model once, in one more small call.",
    )
    llm_retries: int = Field(default=3, ge=0, le=10, description="Further tries after a failure that may pass.")

    discord_message_content: bool = Field(
        default=False,
        description="Whether the privileged intent Message Content is enabled for the bot in Discord's developer "
        "portal. Only automatic briefings and mentions in reply to other people's messages need it.",
    )

    # Reading
    fetch_timeout_seconds: float = Field(default=20, gt=0, description="Longest wait for a page, in seconds.")
    fetch_max_bytes: int = Field(
        default=8_000_000, ge=10_000, description="Largest page or file that is read, in bytes after unpacking."
    )
    fetch_max_redirects: int = Field(default=5, ge=0, le=20, description="Redirects followed for one link.")
    fetch_allow_hosts: str = Field(
        default="",
        description="host:port pairs, comma separated, that may be read although their address is private: "
        "your intranet, or the playground's article site.",
    )

    # Briefings
    prompts_dir: Path | None = Field(
        default=None, description="Folder of prompt files; empty: the ones that come with Nutgraf."
    )
    brief_timeout_seconds: float = Field(
        default=600,
        gt=0,
        description="Longest time for one briefing as a whole, in seconds. After 870 seconds the answer to a "
        "command comes as a message of its own: Discord takes no later one.",
    )
    brief_concurrency: int = Field(default=4, ge=1, le=64, description="Briefings written at once.")

    # Manners
    user_burst: int = Field(
        default=20, ge=1, description="Briefings that one person may ask for in a row before having to wait."
    )
    user_cooldown_seconds: float = Field(
        default=10, ge=0, description="Seconds after which that person may ask for one more; 0: no limit."
    )
    guild_burst: int = Field(
        default=200, ge=1, description="Briefings that one server may ask for in a row before having to wait."
    )
    guild_cooldown_seconds: float = Field(
        default=1, ge=0, description="Seconds after which that server may ask for one more; 0: no limit."
    )
    guild_daily_tokens: int | None = Field(
        default=None,
        ge=0,
        description="Tokens of the model that one server may spend in a day (UTC); a server can choose fewer in "
        "/settings. 0: no model is asked. Empty: no limit.",
    )
    user_daily_tokens: int | None = Field(
        default=None, ge=0, description="The same for one person, in a server or in direct messages."
    )

    # Durable work
    worker_id: str | None = Field(
        default=None,
        validation_alias=AliasChoices("worker_id", "dyno"),
        description="This process's name among those that share a PostgreSQL database; after a crash it finds its "
        "unfinished jobs by it. Empty: DYNO where the host sets it, a StatefulSet's host name, or the first free "
        "worker-N.",
    )
    digests_per_guild: int = Field(default=25, ge=1, le=500, description="Digests that one server may set up.")
    digest_grace_minutes: float = Field(
        default=120,
        ge=0,
        description="How late a digest may still run after an outage, in minutes; then it is skipped.",
    )
    jobs_keep_days: float = Field(
        default=3,
        gt=0,
        description="Days that finished jobs are kept; an order told twice within them is done once.",
    )

    # Storage and logs
    database_url: SecretStr = Field(
        default=SecretStr("sqlite+aiosqlite:///nutgraf.db"),
        description="SQLite file beside the bot, or postgresql+psycopg://user:password@host/name.",
    )
    keep_documents_days: int = Field(
        default=30, ge=0, description="Days that the text of an article read from a link is kept; 0 keeps none."
    )
    keep_briefs_days: int = Field(
        default=30, ge=0, description="Days that a briefing is kept, so that it is not paid for twice."
    )
    keep_deliveries_days: int = Field(
        default=180,
        ge=0,
        description="Days that a digest's history, the stories it told and the tokens used are kept.",
    )
    keep_answers_days: int = Field(
        default=30,
        ge=0,
        description="Days that is kept who asked for which briefing where, so that its buttons work; at least "
        "JOBS_KEEP_DAYS.",
    )
    keep_reactions_days: int = Field(
        default=180, ge=0, description="Days that reactions to stories are kept, which digests choose by."
    )
    keep_reports_days: int = Field(
        default=180, ge=0, description="Days that a reported error is kept, for the person who runs the bot."
    )
    keep_audit_days: int = Field(
        default=365, ge=0, description="Days that is kept who changed which setting or prompt of a server."
    )
    forget_guilds_after_days: int = Field(
        default=30,
        ge=0,
        description="Days after the bot left a server at which all that is kept of that server is deleted.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="Least severe message that is logged. No article text is logged at any level."
    )
    log_format: Literal["text", "json"] = Field(
        default="text", description="One line a record: text (key=value) or json."
    )

    # Health
    health_host: str = Field(
        default="127.0.0.1",
        description="Address that /healthz, /readyz and /metrics are served on; 0.0.0.0 in a container.",
    )
    health_port: int | None = Field(
        default=None,
        ge=0,
        le=65_535,
        validation_alias=AliasChoices("health_port", "port"),
        description="Port of /healthz, /readyz and /metrics; 0 takes a free one. Empty: PORT where the host sets "
        "it, else they are off.",
    )


def load_settings(**overrides: Any) -> Settings:
    """Settings from the environment and `.env`; `overrides` win. Raises SettingsError naming each bad variable."""
    try:
        return Settings(**overrides)
    except ValidationError as error:
        wrong = "; ".join(
            f"{'.'.join(str(part) for part in item['loc']).upper()}: {item['msg']}" for item in error.errors()
        )
        raise SettingsError(f"These settings are not valid: {wrong}.") from None


def example_env() -> str:
    """The text of `.env.example`: every setting with its description and its default, secrets left empty."""
    lines = ["# Copy to .env and fill in what you need. Generated by `make docs` from bot/settings.py.", ""]
    for name, field in Settings.model_fields.items():
        variable = name.upper()
        lines += [f"# {part}" for part in _wrapped(field.description or "")]
        default = field.default
        shown = "" if default is None or variable in _SECRETS else str(default)
        lines += [f"{variable}={shown}" if shown else f"# {variable}=", ""]
    return "\n".join(lines)


def _wrapped(text: str, width: int = 98) -> list[str]:
    import textwrap  # noqa: PLC0415  only `make docs` needs it

    return textwrap.wrap(text, width)
