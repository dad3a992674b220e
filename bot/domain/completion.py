"""One exchange with a model endpoint, in our normal form; `bot.llm` translates it to and from each vendor's."""

from __future__ import annotations

from typing import Any, Literal, Protocol

from pydantic import Field

from bot.domain.draft import Usage
from bot.domain.value import Value

Finish = Literal["stop", "length", "content_filter", "refusal"]


class CompletionRequest(Value):
    """What is asked: two messages, the JSON Schema the answer must meet, and room for the answer in tokens.

    `model`: which model of the endpoint; None: the one that is configured first.
    """

    system: str
    user: str
    json_schema: dict[str, Any] = Field(default_factory=dict)
    max_tokens: int = 2_000
    model: str | None = None


class Completion(Value):
    """What came back. `text` is the answer without any reasoning text; it is not yet parsed or trusted."""

    text: str
    finish: Finish = "stop"
    model: str | None = None
    usage: Usage = Usage()


class Endpoint(Protocol):
    """The seam to a model endpoint. Raises only `ModelError` leaves."""

    @property
    def model(self) -> str:
        """The configured model's name."""
        ...

    @property
    def context_tokens(self) -> int:
        """How many tokens prompt and answer may hold together."""
        ...

    async def complete(self, request: CompletionRequest) -> Completion:
        """Ask once; retries and the JSON ladder happen inside."""
        ...
