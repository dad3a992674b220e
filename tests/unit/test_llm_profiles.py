"""Profiles: each flag from both sides."""

from __future__ import annotations

import pytest

from bot.llm.profiles import DEFAULT, profile_for

pytestmark = pytest.mark.unit

LOCAL = "http://127.0.0.1:11434/v1"
OPENAI = "https://api.openai.com/v1"


@pytest.mark.parametrize("model", ["o3", "o4-mini", "gpt-5", "gpt-5.1-mini", "openai/gpt-5", "openai/o1"])
def test_reasoning_models_get_the_new_limit_name_and_no_temperature(model: str) -> None:
    profile = profile_for(OPENAI, model)
    assert profile.max_tokens_name == "max_completion_tokens"
    assert not profile.takes_temperature


@pytest.mark.parametrize(
    "model", ["gpt-4o-mini", "gpt-4.1", "gpt-oss:20b", "olmo-2", "o1lama", "qwen3:8b", "phi-o1"]
)
def test_other_models_get_the_old_limit_name_and_a_temperature(model: str) -> None:
    profile = profile_for(OPENAI, model)
    assert profile.max_tokens_name == "max_tokens"
    assert profile.takes_temperature


@pytest.mark.parametrize(
    ("base_url", "formats"),
    [
        ("https://api.anthropic.com/v1", ("text",)),
        ("https://api.deepseek.com", ("json_object", "text")),
        ("http://localhost:1234/v1", ("json_schema", "text")),
        (LOCAL, ("json_schema", "json_object", "text")),
        ("https://anthropic.example.com/v1", ("json_schema", "json_object", "text")),
        ("http://localhost:12345/v1", ("json_schema", "json_object", "text")),
        ("https://example.com/api.deepseek.com/v1", ("json_schema", "json_object", "text")),
    ],
)
def test_the_json_ladder_is_the_hosts(base_url: str, formats: tuple[str, ...]) -> None:
    assert profile_for(base_url, "m").response_formats == formats


@pytest.mark.parametrize(
    ("base_url", "header"),
    [
        ("https://x.openai.azure.com/openai/v1?api-version=1", "api-key"),
        ("https://x.cognitiveservices.azure.com/openai", "api-key"),
        ("https://user:pass@x.openai.azure.com/openai", "api-key"),
        (OPENAI, "Authorization"),
        ("https://x.openai.azure.com.example.com/v1", "Authorization"),
    ],
)
def test_azure_takes_its_key_in_its_own_header(base_url: str, header: str) -> None:
    assert profile_for(base_url, "m").auth_header == header


def test_facts_of_host_and_model_add_up() -> None:
    profile = profile_for("https://x.openai.azure.com/openai/v1", "gpt-5")
    assert (profile.auth_header, profile.max_tokens_name) == ("api-key", "max_completion_tokens")


@pytest.mark.parametrize(
    ("model", "factor"), [("gpt-4o", 1.05), ("claude-sonnet-4", 1.4), ("llama3.2", DEFAULT.token_factor)]
)
def test_a_family_has_its_token_factor(model: str, factor: float) -> None:
    assert profile_for(LOCAL, model).token_factor == factor
