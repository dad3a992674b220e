"""HttpEndpoint: the Endpoint over HTTP. Tries, waits, learns what this server refuses, and maps every failure.

What it learned (which JSON mode, which name for the limit, whether a temperature) holds for its lifetime, as the
server does not change its mind between two briefings.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

import httpx
from pydantic import SecretStr

from bot.domain.completion import Completion, CompletionRequest
from bot.domain.draft import Usage
from bot.domain.errors import BadAnswerError, EndpointDownError, SettingsError
from bot.domain.watching import OK, UNWATCHED, Observer
from bot.llm.failures import NEVER, OFTEN, Failure, failure_of
from bot.llm.ladder import Ladder
from bot.llm.pacing import NOT_WORTH_WAITING, SYSTEM_CLOCK, Clock, Gate, asked_delay, next_delay
from bot.llm.profiles import AuthHeader, Profile, profile_for
from bot.llm.wire import Answer, Manner, completions_url, read_answer, request_body
from bot.settings import Settings
from bot.text.tokens import count_tokens
from bot.wording import Phrase

MOST_ANSWER_BYTES: Final = 4_000_000
_CONNECT_SECONDS: Final = 10.0


@dataclass(frozen=True, slots=True)
class Connection:
    """Where the endpoint is and how patient we are. Times in seconds; `retries` are tries after the first."""

    base_url: str
    model: str
    api_key: SecretStr | None = None
    context_tokens: int = 16_000
    timeout: float = 300.0
    retries: int = 3


class HttpEndpoint:
    """Implements `domain.completion.Endpoint`. Open it with `open` or `connect`, which close it again."""

    def __init__(
        self,
        connection: Connection,
        client: httpx.AsyncClient,
        *,
        profile: Profile,
        clock: Clock = SYSTEM_CLOCK,
        observer: Observer = UNWATCHED,
    ) -> None:
        try:
            self._url = completions_url(connection.base_url)
        except ValueError as error:
            raise SettingsError(Phrase("LLM_BASE_URL is {error}.", error=error)) from None
        self._connection = connection
        self._client = client
        self._clock = clock
        self._observer = observer
        self._gate = Gate(clock)
        self._ladders = {connection.model: Ladder(profile)}  # by model: what one refuses, another takes
        self.profile = profile

    @classmethod
    @asynccontextmanager
    async def open(cls, settings: Settings, observer: Observer = UNWATCHED) -> AsyncIterator[HttpEndpoint]:
        """The endpoint that the operator configured. Raises SettingsError."""
        connection = Connection(
            base_url=settings.llm_base_url or "",
            model=settings.llm_model or "",
            api_key=settings.llm_api_key,
            context_tokens=settings.llm_context_tokens,
            timeout=settings.llm_timeout_seconds,
            retries=settings.llm_retries,
        )
        async with cls.connect(connection, observer=observer) as endpoint:
            yield endpoint

    @classmethod
    @asynccontextmanager
    async def connect(
        cls,
        connection: Connection,
        *,
        profile: Profile | None = None,
        clock: Clock = SYSTEM_CLOCK,
        observer: Observer = UNWATCHED,
    ) -> AsyncIterator[HttpEndpoint]:
        """An endpoint over a client of its own, closed on leaving."""
        profile = profile or profile_for(connection.base_url, connection.model)
        # httpx logs whole addresses at INFO, and an operator may keep a key in the query.
        logging.getLogger("httpx").setLevel(logging.WARNING)
        async with httpx.AsyncClient(
            headers=_headers(connection.api_key, profile.auth_header),
            timeout=httpx.Timeout(connection.timeout, connect=min(_CONNECT_SECONDS, connection.timeout)),
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=16),
            follow_redirects=False,
            trust_env=False,
        ) as client:
            yield cls(connection, client, profile=profile, clock=clock, observer=observer)

    @property
    def model(self) -> str:
        """The configured model's name."""
        return self._connection.model

    @property
    def context_tokens(self) -> int:
        """How many tokens prompt and answer may hold together."""
        return self._connection.context_tokens

    @property
    def manner(self) -> Manner:
        """How requests for the configured model are put to this server, as far as it was learned."""
        return self._ladder(self.model).manner

    def _ladder(self, model: str) -> Ladder:
        if model not in self._ladders:
            self._ladders[model] = Ladder(profile_for(self._connection.base_url, model))
        return self._ladders[model]

    async def complete(self, request: CompletionRequest) -> Completion:
        """The answer to `request`. Raises only ModelError leaves; cancelling it leaves nothing behind."""
        started, ladder = self._clock.monotonic(), self._ladder(request.model or self.model)
        tries = 0
        while True:
            await self._gate.passed()
            manner = ladder.manner
            tried = self._clock.monotonic()
            outcome = await self._try(request, manner)
            took = self._clock.monotonic() - tried
            if isinstance(outcome, Answer):
                completion = await self._completion(request, outcome, self._clock.monotonic() - started)
                self._observer.model_tried(OK, took, completion.usage)
                return completion
            self._observer.model_tried(outcome.error.code, took)
            if ladder.learned_from(outcome, manner):
                continue  # another way of asking is no further try
            tries += 1
            await self._wait_or_raise(outcome, tries)

    async def _wait_or_raise(self, failure: Failure, tries: int) -> None:
        hopeless = failure.asked is not None and failure.asked > NOT_WORTH_WAITING
        if hopeless or tries > min(failure.retries, self._connection.retries):
            raise failure.error
        delay = next_delay(tries, failure.asked, self._clock.jitter())
        if failure.pauses_all:
            self._gate.close(delay)
        else:
            await self._clock.sleep(delay)

    async def _try(self, request: CompletionRequest, manner: Manner) -> Answer | Failure:
        body = request_body(request, request.model or self.model, manner)
        try:
            async with (
                asyncio.timeout(self._connection.timeout),
                self._client.stream("POST", self._url, json=body) as response,
            ):
                content = await _content(response)
        except (TimeoutError, httpx.ReadTimeout):
            # Not once more: a model that is too slow stays too slow, often goes on with what nobody waits for any
            # more, and the built-in engine has to have its turn before the briefing as a whole is over time.
            return Failure(EndpointDownError(Phrase("The model endpoint did not answer in time.")), retries=NEVER)
        except httpx.HTTPError:
            return Failure(EndpointDownError(), retries=OFTEN)
        if response.is_success:
            return read_answer(content)
        asked = asked_delay(response.headers, self._clock.now())
        return failure_of(response.status_code, content.decode("utf-8", "replace"), asked)

    async def _completion(self, request: CompletionRequest, answer: Answer, seconds: float) -> Completion:
        prompt, written = answer.prompt_tokens, answer.completion_tokens
        estimated = prompt is None or written is None
        if estimated:
            counted = await asyncio.to_thread(_counted, request, answer)
            prompt, written = prompt or counted[0], written or counted[1]
        usage = Usage(
            calls=1,
            prompt_tokens=prompt or 0,
            completion_tokens=written or 0,
            estimated=estimated,
            seconds=round(seconds, 3),
        )
        return Completion(
            text=answer.text, finish=answer.finish, model=answer.model or request.model or self.model, usage=usage
        )


def _headers(key: SecretStr | None, name: AuthHeader) -> dict[str, str]:
    headers = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "nutgraf"}
    secret = key.get_secret_value().strip() if key else ""
    if not (secret.isascii() and secret.isprintable()):
        raise SettingsError(Phrase("LLM_API_KEY holds characters that no key can have."))
    if secret:
        headers[name] = f"Bearer {secret}" if name == "Authorization" else secret
    return headers


async def _content(response: httpx.Response) -> bytes:
    content = bytearray()
    async for piece in response.aiter_bytes():
        content += piece
        if len(content) > MOST_ANSWER_BYTES:
            raise BadAnswerError(Phrase("The model's answer was far too long."))
    return bytes(content)


def _counted(request: CompletionRequest, answer: Answer) -> tuple[int, int]:
    return count_tokens(request.system) + count_tokens(request.user), count_tokens(answer.text)
