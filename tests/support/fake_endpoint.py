"""An Endpoint for tests: a queue of replies, a history of requests, no network.

A reply is the text of an answer, a whole Completion, an error to raise, or a function of the request. When the
queue is empty, `default` answers.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable

from bot.domain.completion import Completion, CompletionRequest
from bot.domain.draft import Usage
from bot.domain.errors import EndpointDownError, ModelError

Reply = str | Completion | ModelError | Callable[[CompletionRequest], "Reply"]


class FakeEndpoint:
    """Implements `domain.completion.Endpoint`."""

    def __init__(
        self,
        replies: Iterable[Reply] = (),
        *,
        default: Reply | None = None,
        context_tokens: int = 16_000,
        token_ratio: float = 0.0,
    ) -> None:
        self.replies: deque[Reply] = deque(replies)
        self.default = default
        self.requests: list[CompletionRequest] = []
        self.model = "fake-1"
        self.context_tokens = context_tokens
        self.most_at_once = 0
        self.cancelled = 0
        self._ratio = token_ratio  # the model's tokens for one of ours; 0: usage is an estimate
        self._now = 0

    async def complete(self, request: CompletionRequest) -> Completion:
        self.requests.append(request)
        reply: Reply | None = self.replies.popleft() if self.replies else self.default
        self._now += 1
        self.most_at_once = max(self.most_at_once, self._now)
        try:
            for _ in range(3):
                await asyncio.sleep(0)  # lets the others come in, as a network would
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        finally:
            self._now -= 1
        return await asyncio.to_thread(self._completion, request, reply)

    def _completion(self, request: CompletionRequest, reply: Reply | None) -> Completion:
        while callable(reply):
            reply = reply(request)
        if reply is None:
            raise EndpointDownError()
        if isinstance(reply, ModelError):
            raise reply
        return reply if isinstance(reply, Completion) else self.said(request, reply)

    def said(self, request: CompletionRequest, text: str) -> Completion:
        """The Completion of `text`, with the usage that this model would report."""
        from bot.text.tokens import count_tokens  # noqa: PLC0415

        prompt = count_tokens(request.system) + count_tokens(request.user)
        usage = Usage(
            calls=1,
            prompt_tokens=round(prompt * (self._ratio or 1)),
            completion_tokens=count_tokens(text),
            estimated=not self._ratio,
        )
        return Completion(text=text, model=self.model, usage=usage)
