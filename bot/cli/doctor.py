"""`nutgraf doctor`: looks at every outside thing once, and says what to do about each."""

from __future__ import annotations

import asyncio
import sys
from argparse import Namespace
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, Literal

from bot.chat.client import check_token
from bot.domain.errors import NutgrafError
from bot.llm import HttpEndpoint, probe
from bot.prompting import load_prompts
from bot.settings import Settings, load_settings
from bot.store.health import check_database

State = Literal["ok", "warn", "fail"]
MARKS: Final[dict[State, str]] = {"ok": "ok  ", "warn": "warn", "fail": "FAIL"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the report."""

    state: State
    sentence: str


def doctor(_: Namespace) -> int:
    """Print a line a check; 0 when none failed, else 1. Settings that cannot be read raise SettingsError."""
    return asyncio.run(_report(load_settings()))


async def _report(settings: Settings) -> int:
    failed = False
    for name, check in CHECKS.items():
        found = await _checked(check, settings)
        print(f"{MARKS[found.state]}  {name:<10}{found.sentence}", flush=True)
        failed = failed or found.state == "fail"
    return int(failed)


async def _checked(check: Check, settings: Settings) -> Line:
    try:
        return await check(settings)
    except NutgrafError as error:
        return Line("fail", str(error))


async def _settings(settings: Settings) -> Line:
    given = sorted(name.upper() for name in settings.model_fields_set)
    told = f"set: {', '.join(given)}." if given else "nothing is set; every default works on a bare machine."
    version = ".".join(map(str, sys.version_info[:3]))
    return Line("ok", f"Python {version}; {told}")


async def _prompts(settings: Settings) -> Line:
    loaded = await asyncio.to_thread(load_prompts, settings.prompts_dir)
    names = ", ".join(prompt.section.name for prompt in loaded.sections)
    return Line("ok", f"{names}; digest {loaded.digest}.")


async def _database(settings: Settings) -> Line:
    health = await check_database(settings.database_url.get_secret_value())
    return Line("warn" if health.warning else "ok", f"{health.sentence} {health.warning}".strip())


async def _endpoint(settings: Settings) -> Line:
    if not settings.llm_base_url:
        return Line("ok", "no LLM_BASE_URL: the extractive engine writes every briefing, with no model.")
    if not settings.llm_model:
        return Line("fail", "LLM_BASE_URL is set, but LLM_MODEL is not. Name a model that the endpoint lists.")
    async with HttpEndpoint.open(settings) as endpoint:
        answered = await probe(endpoint)
    return Line("ok" if answered.ok else "fail", answered.sentence)


async def _token(settings: Settings) -> Line:
    if settings.discord_token is None or not settings.discord_token.get_secret_value():
        return Line("ok", "no DISCORD_TOKEN: `nutgraf demo` and `nutgraf try` need none, `nutgraf run` does.")
    return Line("ok", await check_token(settings))


Check = Callable[[Settings], Awaitable[Line]]

CHECKS: Final[dict[str, Check]] = {
    "settings": _settings,
    "prompts": _prompts,
    "database": _database,
    "endpoint": _endpoint,
    "token": _token,
}
