"""Facts about endpoints and model families, as data. An odd server is one more row, with a test on both sides.

A row holds only what differs from the default; the rows of the host and of the model that match are laid over it.
What a row gets wrong costs one refused call: the endpoint learns from the refusal.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal
from urllib.parse import urlsplit

ResponseFormat = Literal["json_schema", "json_object", "text"]
TokensName = Literal["max_tokens", "max_completion_tokens"]
AuthHeader = Literal["Authorization", "api-key"]


@dataclass(frozen=True, slots=True)
class Profile:
    """What to send an endpoint first.

    response_formats: the ladder, best first, stepped down on refusal. token_factor: how many of the model's tokens
    one of ours may turn out to be, until its own usage figures teach better.
    """

    response_formats: tuple[ResponseFormat, ...] = ("json_schema", "json_object", "text")
    max_tokens_name: TokensName = "max_tokens"
    takes_temperature: bool = True
    token_factor: float = 1.2
    auth_header: AuthHeader = "Authorization"


@dataclass(frozen=True, slots=True)
class Row:
    """Facts that hold where `pattern` is found in the host (with port), or in the model's name."""

    pattern: re.Pattern[str]
    facts: Mapping[str, Any]


def _row(pattern: str, **facts: Any) -> Row:
    return Row(re.compile(pattern, re.IGNORECASE), facts)


MODELS: tuple[Row, ...] = (
    # Reasoning models refuse a temperature and the old name of the limit.
    _row(
        r"(^|/)(o[1-9]|gpt-[5-9])(?![a-z])",
        max_tokens_name="max_completion_tokens",
        takes_temperature=False,
        token_factor=1.05,
    ),
    _row(r"(^|/)(gpt-4o|gpt-4\.\d|chatgpt-4o|gpt-oss)", token_factor=1.05),  # the vocabulary that we count with
    _row(r"(^|/)claude", token_factor=1.4),
)

HOSTS: tuple[Row, ...] = (
    _row(r"\.(openai|cognitiveservices)\.azure\.com(:\d+)?$", auth_header="api-key"),
    _row(r"(^|\.)api\.anthropic\.com(:\d+)?$", response_formats=("text",)),  # takes response_format, ignores it
    _row(r"(^|\.)api\.deepseek\.com(:\d+)?$", response_formats=("json_object", "text")),
    _row(r":1234$", response_formats=("json_schema", "text")),  # LM Studio refuses json_object
)

DEFAULT = Profile()


def profile_for(base_url: str, model: str) -> Profile:
    """The Profile for an endpoint's base address and a model's name: default, then model, then host."""
    host = urlsplit(base_url).netloc.rpartition("@")[2]
    profile = DEFAULT
    for rows, name in ((MODELS, model), (HOSTS, host)):
        for row in rows:
            if row.pattern.search(name):
                profile = replace(profile, **row.facts)
                break
    return profile
