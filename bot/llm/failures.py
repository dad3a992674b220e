"""What a server's refusal means, whatever form it has: an object, a string, an array, `detail`, or plain text.

A refusal is read for marks only. Its own words are never passed on: servers quote the request, and the request
holds the article.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.domain.errors import (
    BadAnswerError,
    ContentFilteredError,
    ContextOverflowError,
    EndpointDownError,
    EndpointRefusedError,
    ModelError,
    QuotaError,
    RateLimitedError,
)
from bot.wording import Phrase

_CONTEXT: Final = re.compile(
    r"context_length_exceeded|exceed_context_size|maximum context length|context (?:length|window|size)"
    r"|prompt is too long|input is too long|too many (?:input )?tokens|string_above_max_length"
    r"|reduce the length of|exceeds? the (?:available )?context",
)
_QUOTA: Final = re.compile(
    r"insufficient_quota|billing_hard_limit|billing_not_active|credit balance is too low"
    r"|insufficient (?:credit|balance)"
)
_FILTER: Final = re.compile(
    r"content_filter|content filter|content management policy|responsibleaipolicyviolation"
    r"|content_policy_violation|requires moderation|was flagged",
)
_TOO_LARGE: Final = re.compile(r"request too large")  # a limit of tokens a minute that one request exceeds
_RETRIED_STATUS: Final = frozenset({408, 409, 425})
_NAMED: Final[Mapping[str, int]] = {  # codes inside a 200 that are words
    "rate_limit_exceeded": 429,
    "invalid_api_key": 401,
    "model_not_found": 404,
    "invalid_request_error": 400,
    "context_length_exceeded": 400,
}
_ECHOES: Final = frozenset({"input", "messages", "prompt", "request"})  # where a refusal quotes what we sent

NEVER, OFTEN = 0, 99

REFUSED: Final[Mapping[int, tuple[Phrase, Phrase]]] = {
    401: (
        Phrase("The model endpoint does not accept the key."),
        Phrase("The person who runs this bot has to check LLM_API_KEY with `nutgraf doctor`."),
    ),
    403: (
        Phrase("The model endpoint denies access with this key."),
        Phrase("The person who runs this bot has to check LLM_API_KEY and what it is allowed to use."),
    ),
    404: (
        Phrase("The model endpoint knows no such address or model."),
        Phrase(
            "The person who runs this bot has to check LLM_BASE_URL (it often ends in /v1) and LLM_MODEL with "
            "`nutgraf doctor`."
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Failure:
    """A failed call: the error it stands for, how many further tries it is worth, what the endpoint may learn.

    `text` is the lower-cased text of the refusal, for reading marks only; `asked` the seconds it asks us to wait.
    """

    error: ModelError
    retries: int = NEVER
    pauses_all: bool = False
    asked: float | None = None
    status: int = 0
    text: str = ""


def failure_of(status: int, body: str, asked: float | None = None) -> Failure:
    """The Failure that an HTTP status (or an error code inside a 200) and the body's text stand for."""
    text = marks_of(body)
    error, retries = _meaning(status, text)
    return Failure(
        error=error,
        retries=retries,
        pauses_all=isinstance(error, RateLimitedError),
        asked=asked,
        status=status,
        text=text,
    )


def _meaning(status: int, text: str) -> tuple[ModelError, int]:
    if status == 402 or _QUOTA.search(text):
        return QuotaError(), NEVER
    if status == 413 or (status == 429 and _TOO_LARGE.search(text)):
        return ContextOverflowError(), NEVER
    if (status in {400, 422} or status >= 500) and _CONTEXT.search(text):
        return ContextOverflowError(), NEVER
    if status in {400, 403, 422, 451} and _FILTER.search(text):
        return ContentFilteredError(), NEVER
    if status == 429:
        return RateLimitedError(), OFTEN
    if status in _RETRIED_STATUS or status >= 500:
        return EndpointDownError(Phrase("The model endpoint failed (status {status}).", status=status)), OFTEN
    if 300 <= status < 400:
        said = Phrase("The model endpoint sends us on to another address, which is not followed.")
        cure = Phrase("The person who runs this bot has to set LLM_BASE_URL to the endpoint's final address.")
        return EndpointRefusedError(said, cure=cure), NEVER
    if status in REFUSED:
        said, cure = REFUSED[status]
        return EndpointRefusedError(said, cure=cure), NEVER
    return EndpointRefusedError(
        Phrase("The model endpoint refused the request (status {status}).", status=status)
    ), NEVER


def error_inside(answer: object) -> Failure | None:
    """The Failure that a 200 holds instead of an answer, or None."""
    if isinstance(answer, list):
        found = next((entry for entry in answer if isinstance(entry, dict) and entry.get("error")), None)
        return error_inside(found)
    if not isinstance(answer, dict):
        return None
    error = answer.get("error")
    choices = answer.get("choices")
    if not error and isinstance(choices, list) and choices and isinstance(choices[0], dict):
        error = choices[0].get("error")
    if not error and not choices and "detail" in answer:
        error = answer["detail"]
    if not error:
        return None
    code = error.get("code", error.get("status")) if isinstance(error, dict) else None
    return failure_of(_status(code), json.dumps(error)[:20_000])


def _status(code: object) -> int:
    """The HTTP status that an error inside a 200 names; 502 where it names none, since another try may pass."""
    try:
        number = _NAMED.get(str(code)) or int(str(code))
    except ValueError:
        return 502
    return number if 400 <= number < 600 else 502


def broken_off() -> Failure:
    """An answer that says no reason for its end: the server gave up in the middle."""
    return Failure(error=BadAnswerError(Phrase("The model's answer broke off.")), retries=OFTEN)


def no_completion() -> Failure:
    """A 200 that is no chat completion: another kind of server, a login page, or half an answer."""
    error = BadAnswerError(
        Phrase("The model endpoint's answer was no chat completion."),
        cure=Phrase("The person who runs this bot has to check LLM_BASE_URL (it often ends in /v1)."),
    )
    return Failure(error=error, retries=OFTEN)


def marks_of(body: str) -> str:
    """All words of a refusal in one lower-case string, without the parts that quote our request."""
    try:
        texts = " ".join(_texts(json.loads(body)))
    except (ValueError, RecursionError):
        texts = body
    return texts[:20_000].lower()


def _texts(value: Any, depth: int = 0) -> Iterator[str]:
    if depth > 8:
        return
    if isinstance(value, dict):
        for key, entry in value.items():
            if key not in _ECHOES:
                yield key
                yield from _texts(entry, depth + 1)
    elif isinstance(value, list):
        for entry in value[:50]:
            yield from _texts(entry, depth + 1)
    elif value is not None:
        yield str(value)
