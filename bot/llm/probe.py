"""One tiny question to an endpoint, for `nutgraf doctor`: does it answer, and how good is its JSON?"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from bot.domain.completion import CompletionRequest, Endpoint
from bot.domain.errors import ModelError

_SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "properties": {"ready": {"type": "boolean"}},
    "required": ["ready"],
    "additionalProperties": False,
}
_QUESTION: Final = CompletionRequest(
    system='Answer with the JSON object {"ready": true} and nothing else.',
    user="Are you ready?",
    json_schema=_SCHEMA,
    max_tokens=600,  # a reasoning model thinks before the six tokens that are wanted
)


@dataclass(frozen=True, slots=True)
class Probe:
    """Whether the endpoint can write briefings, and one sentence for the operator."""

    ok: bool
    sentence: str


async def probe(endpoint: Endpoint) -> Probe:
    """Asks `endpoint` once. Raises nothing but cancellation; costs a few tokens."""
    try:
        completion = await endpoint.complete(_QUESTION)
    except ModelError as error:
        return Probe(False, str(error))
    seconds = f"{completion.usage.seconds:.1f} s"
    try:
        fine = isinstance(json.loads(completion.text), dict)
    except (ValueError, RecursionError):
        fine = False
    if not fine:
        return Probe(
            True, f"{endpoint.model} answers in {seconds}, but not in plain JSON; answers will be repaired."
        )
    return Probe(True, f"{endpoint.model} answers in {seconds}, in JSON.")
