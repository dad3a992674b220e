"""Calls: every request of one LlmEngine goes through here, so that concurrency and the token factor are shared.

A failure that no other call can escape (a wrong key, no credit) is remembered for the briefing at hand: what still
waits does not ask again.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from bot.domain.completion import Completion, CompletionRequest, Endpoint
from bot.domain.errors import EndpointDownError, EndpointRefusedError, ModelError, QuotaError
from bot.engines.llm.plan import TokenFactor


@dataclass(slots=True)
class Luck:
    """What the calls of one briefing met so far: whether one succeeded, and the failure that ends all."""

    succeeded: bool = False
    final: ModelError | None = None
    seems_cut: bool = False

    def failed(self, error: ModelError) -> None:
        """Remembers `error` where it leaves no hope; a refusal or silence does only while nothing ever came."""
        gone = isinstance(error, EndpointRefusedError | EndpointDownError) and not self.succeeded
        if gone or isinstance(error, QuotaError):
            self.final = self.final or error


@dataclass(frozen=True, slots=True)
class Counted:
    """A request and our count of its prompt's tokens."""

    request: CompletionRequest
    tokens: int


class Calls:
    """Asks one model of the endpoint; what was learned of its tokens is its own.

    `slots` are shared by all who ask that endpoint; `model` None is the one that it was configured with.
    """

    def __init__(
        self, endpoint: Endpoint, *, slots: asyncio.Semaphore, factor: TokenFactor, model: str | None = None
    ) -> None:
        self.endpoint = endpoint
        self.factor = factor
        self._slots = slots
        self._model = model

    @property
    def model(self) -> str:
        """What the endpoint calls the model that is asked."""
        return self._model or self.endpoint.model

    async def ask(self, counted: Counted, luck: Luck) -> Completion:
        """The answer. Raises ModelError leaves, without asking where `luck` has run out."""
        async with self._slots:
            if luck.final is not None:
                raise luck.final
            try:
                completion = await self.endpoint.complete(
                    counted.request.model_copy(update={"model": self._model})
                )
            except ModelError as error:
                luck.failed(error)
                raise
        luck.succeeded = True
        usage = completion.usage
        if not usage.estimated and not self.factor.observe(counted.tokens, usage.prompt_tokens):
            luck.seems_cut = True
        return completion


@dataclass(frozen=True, slots=True)
class Limits:
    """Tokens: what prompt and answer may hold together, and what is kept for the answer."""

    context: int
    answer: int = field(default=2_000)

    def roomier(self, counted: Counted, room: int, factor: float) -> int | None:
        """Twice the `room` for the answer of `counted`, where the context still has it."""
        return 2 * room if counted.tokens * factor + 2 * room <= self.context else None
