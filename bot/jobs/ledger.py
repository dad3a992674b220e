"""The ledger of a job: what was paid for or posted inside a step that is not finished yet.

A step is written down when it ends; a long article takes many model calls in one step. So each answer is noted as
it comes, under a key made of what was asked, and a step that runs again after a crash pays only for the rest.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol

from bot.domain.completion import Completion, CompletionRequest, Endpoint

_BOUNDARY = re.compile(r"=== [0-9a-f]{24} ===")  # fresh in every request, see bot.prompting.render


class Ledger(Protocol):
    """Notes of one job, kept as long as the job."""

    @property
    def job(self) -> str:
        """The job's id."""
        ...

    def noted(self, key: str) -> Any | None:
        """What was noted under `key`, by this run of the step or an earlier one."""
        ...

    async def note(self, key: str, value: Any) -> None:
        """Write it down; it is safe when this returns."""
        ...


_ledger: ContextVar[Ledger | None] = ContextVar("ledger", default=None)


@contextmanager
def kept_in(ledger: Ledger) -> Iterator[None]:
    """Model calls inside the block, and in tasks started there, are noted in `ledger`."""
    token = _ledger.set(ledger)
    try:
        yield
    finally:
        _ledger.reset(token)


class NotedEndpoint:
    """An Endpoint that looks into the job's ledger first. Outside a job it is the endpoint itself."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    @property
    def model(self) -> str:
        """The configured model's name."""
        return self._endpoint.model

    @property
    def context_tokens(self) -> int:
        """How many tokens prompt and answer may hold together."""
        return self._endpoint.context_tokens

    async def complete(self, request: CompletionRequest) -> Completion:
        """The noted answer, or a new one, which is noted. Raises only `ModelError` leaves."""
        ledger = _ledger.get()
        if ledger is None:
            return await self._endpoint.complete(request)
        key = _key(request.model or self._endpoint.model, request)
        if (noted := ledger.noted(key)) is not None:
            return Completion.model_validate(noted)
        completion = await self._endpoint.complete(request)
        await ledger.note(key, completion.model_dump(mode="json"))
        return completion


def _key(model: str, request: CompletionRequest) -> str:
    asked = _BOUNDARY.sub("=== ===", request.model_dump_json())
    digest = hashlib.sha256(f"{model} {asked}".encode("utf-8", "surrogatepass"))
    return f"call-{digest.hexdigest()[:40]}"
