"""Logs are one line a record, carry the trace, and hold neither secrets nor what a library put into an error."""

from __future__ import annotations

import asyncio
import io
import json
import logging
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.trace import begin_trace, current_trace, trace_of, traced
from bot.settings import Settings
from bot.watch.logs import CountingHandler, start_logging
from bot.watch.masks import MASK, Masks, secrets_of

TOKEN = "MTA5ODc2NTQzMjEwOTg3NjU0.GhIjKl.abcdefghijklmnopqrstuvwxyz0123456789ab"
KEY = "sk-live-0123456789abcdef"


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers, root.level = handlers, level


def settings(**changes: object) -> Settings:
    known: dict[str, object] = {"_env_file": None, "discord_token": TOKEN, "llm_api_key": KEY}
    return Settings(**(known | changes))  # type: ignore[arg-type]


def logged(write: object, **changes: object) -> str:
    stream = io.StringIO()
    start_logging(settings(**changes), stream)
    assert callable(write)
    write(logging.getLogger("bot.jobs.tick"))
    return stream.getvalue()


def test_a_record_is_one_line_of_fields() -> None:
    line = logged(lambda log: log.info("tick runs=%d skipped=%d", 3, 0))
    assert line.endswith(" level=info logger=bot.jobs.tick event=tick runs=3 skipped=0\n")
    assert line.startswith("at=20")


def test_json_has_the_records_own_fields_as_fields() -> None:
    line = json.loads(logged(lambda log: log.info("tick runs=%d skipped=%d", 3, 0), log_format="json"))
    assert {name: line[name] for name in ("event", "runs", "skipped", "level")} == {
        "event": "tick",
        "runs": 3,
        "skipped": 0,
        "level": "info",
    }


@pytest.mark.parametrize("log_format", ["text", "json"])
@given(words=st.text())
def test_a_record_stays_one_line_whatever_it_says(log_format: str, words: str) -> None:
    stream = io.StringIO()
    start_logging(settings(log_format=log_format), stream)
    logging.getLogger("bot").warning("said words=%s", words)
    logging.getLogger("bot").warning("%s", words)
    assert stream.getvalue().count("\n") == 2


def test_the_trace_of_the_request_stands_in_the_line() -> None:
    def write(log: logging.Logger) -> None:
        with traced(trace_of("order-7")):
            log.info("inside")
        log.info("outside")

    inside, outside = logged(write).splitlines()
    assert f"trace={trace_of('order-7')} " in inside
    assert "trace=" not in outside


async def test_a_trace_begun_in_a_task_stays_in_it() -> None:
    async def one(key: str) -> str | None:
        begin_trace(key)
        await asyncio.sleep(0)
        return current_trace()

    assert await asyncio.gather(asyncio.create_task(one("a")), asyncio.create_task(one("b"))) == [
        trace_of("a"),
        trace_of("b"),
    ]
    assert current_trace() is None


def test_an_error_is_logged_by_kind_and_place_and_never_by_its_words() -> None:
    def write(log: logging.Logger) -> None:
        try:
            raise ValueError("a paragraph of the article")
        except ValueError:
            log.exception("failed")

    line = logged(write)
    assert "error=ValueError" in line
    assert "test_watch_logs.py:" in line
    assert "paragraph" not in line


@pytest.mark.parametrize(
    ("said", "secret"),
    [
        (f"login with {TOKEN}", TOKEN),
        (f"Authorization: Bearer {KEY}", KEY),
        ("POST https://models.example/v1/chat?api-version=2&code=hush-hush failed", "hush-hush"),
        ("connect postgresql+psycopg://ada:tide-table@db.example/nutgraf", "tide-table"),
        ("answer /webhooks/123/aW50ZXJhY3Rpb246MTIzNDU2Nzg5MDEy/messages", "aW50ZXJhY3Rpb246MTIzNDU2Nzg5MDEy"),
        ("api_key='lighthouse-9'", "lighthouse-9"),
        ('{"token": "lighthouse-9"}', "lighthouse-9"),
        ("key AIzaSyA-1234567890abcdefghijklmnopqrstuv", "AIzaSyA-1234567890abcdefghijklmnopqrstuv"),
    ],
)
@pytest.mark.parametrize("log_format", ["text", "json"])
def test_what_looks_like_a_secret_is_masked(said: str, secret: str, log_format: str) -> None:
    line = logged(
        lambda log: log.warning("request refused said=%s", said),
        log_format=log_format,
        discord_token=None,
        llm_api_key=None,
    )
    assert secret not in line
    assert MASK in line


def test_secrets_of_the_settings_are_masked_whatever_they_look_like() -> None:
    given_settings = settings(
        discord_token="plain words as token",
        llm_api_key="opensesame",
        llm_base_url="https://models.example/v1?subscription=oyster",
        database_url="postgresql://ada:tide%20table@db.example/nutgraf",
    )
    masks = Masks(secrets_of(given_settings))
    for secret in ("plain words as token", "opensesame", "subscription=oyster", "tide%20table", "tide table"):
        assert secret not in masks(f"before {secret} after")


def test_a_field_with_the_name_of_a_secret_is_masked_whatever_it_holds() -> None:
    assert "oyster" not in logged(lambda log: log.warning("login token=%s", "oyster"))


@pytest.mark.parametrize(
    "line", ["prompt_tokens=512 completion_tokens=9", "tick runs=3", "https://news.example/lock read", "a.db"]
)
def test_what_is_no_secret_stays(line: str) -> None:
    assert Masks(secrets_of(settings()))(line) == line


def test_libraries_speak_from_warning_on_only() -> None:
    def write(_: logging.Logger) -> None:
        logging.getLogger("discord.gateway").info("guild The Newsroom")
        logging.getLogger("discord.gateway").warning("rate limited")

    assert "Newsroom" not in logged(write)


def test_warnings_and_errors_are_counted() -> None:
    told: list[str] = []
    log = logging.Logger("bot")
    log.addHandler(CountingHandler(told.append))
    log.info("fine")
    log.warning("odd")
    log.error("bad")
    assert told == ["WARNING", "ERROR"]
