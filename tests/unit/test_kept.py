"""The answer about privacy names every table, and says what the settings say."""

from __future__ import annotations

from bot.chat.privacy.words import privacy_pages
from bot.services.kept import ENGINE, KEPT
from bot.settings import load_settings
from bot.store.tables import NOT_OURS, metadata


def told(**settings: object) -> str:
    known = load_settings(_env_file=None, **settings)
    return "\n".join(text for page in privacy_pages(known, 3) for text in page.texts)


def test_every_table_is_named_once() -> None:
    named = [table for kept in KEPT for table in kept.tables]
    assert sorted(named) == sorted([*metadata.tables, ENGINE])
    assert NOT_OURS  # those stand behind ENGINE


def test_what_names_people_says_so() -> None:
    people = {"asker_id", "user_id", "made_by", "created_by"}
    with_people = {table.name for table in metadata.tables.values() if people & set(table.columns.keys())}
    personal = {table for kept in KEPT if kept.personal for table in kept.tables}
    assert with_people <= personal


def test_the_days_are_those_of_the_settings() -> None:
    text = told(keep_answers_days=17, keep_documents_days=1, jobs_keep_days=2.5, keep_audit_days=0)
    assert "its buttons work: **17 days**" in text
    assert "people handed in: **1 day**" in text
    assert "loses nothing: **2.5 days**" in text
    assert "prompt of a server: **until the next clean-up" in text


def test_answers_are_kept_as_long_as_jobs_which_are_found_by_them() -> None:
    text = told(keep_answers_days=0, jobs_keep_days=2.5)
    assert "its buttons work: **3 days**" in text


def test_a_model_elsewhere_is_told_of() -> None:
    assert "no text is sent anywhere" in told(llm_base_url=None)
    with_model = told(llm_base_url="https://secret-host.example/v1", llm_model="m")
    assert "is sent to the language model" in with_model
    assert "secret-host" not in with_model
