"""An httpx transport that connects only to addresses it has vetted itself.

A name is resolved once and the socket is opened to that very answer, so that a second look-up cannot lead
elsewhere (DNS rebinding). The Host header and the TLS server name stay the link's: the connection pool takes them
from the URL, and only this backend decides where the socket goes.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Iterable, Sequence
from functools import cache
from typing import Any, Final

import httpcore
import httpx
from httpcore._backends.anyio import AnyIOBackend  # httpcore exports no asyncio backend under a public name

from bot.domain.errors import NotFoundError, RefusedAddressError, UnreachableError
from bot.intake.addresses import refusal
from bot.wording import Phrase

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]

TRIED: Final = 4  # addresses of one host, in the resolver's order
CONNECT_SECONDS: Final = 6.0  # for one of several addresses, so that a dead IPv6 route does not eat the deadline


async def resolve(host: str, port: int) -> list[str]:
    """The addresses of `host`, in the system resolver's order. Raises NotFoundError and UnreachableError."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        if error.errno in {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}:
            raise NotFoundError(Phrase("There is no site called {host}.", host=host)) from None
        raise UnreachableError(Phrase("I could not look up {host}.", host=host)) from None
    except UnicodeError:  # a label that is empty or too long for the idna codec
        raise RefusedAddressError(Phrase("That is not a complete web address.")) from None
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class PinnedBackend(httpcore.AsyncNetworkBackend):
    """Resolves, vets every answer, then connects to one of them."""

    def __init__(self, *, allowed: frozenset[tuple[str, int]], resolver: Resolve = resolve) -> None:
        self._allowed = allowed
        self._resolve = resolver
        self._sockets = AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A stream to the first vetted address that answers. Raises RefusedAddressError if any one is refused."""
        addresses = await self._resolve(host, port)
        if (host.lower().rstrip("."), port) not in self._allowed and any(map(refusal, addresses)):
            raise RefusedAddressError()
        each = CONNECT_SECONDS if timeout is None or len(addresses) > 1 else timeout
        failure: Exception = httpcore.ConnectError("no address")
        for address in addresses[:TRIED]:
            try:
                return await self._sockets.connect_tcp(
                    address, port, timeout=each, local_address=local_address, socket_options=socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    async def sleep(self, seconds: float) -> None:
        """httpcore's pause between its own retries."""
        await asyncio.sleep(seconds)


class PinnedTransport(httpx.AsyncBaseTransport):
    """The pool of one read over a PinnedBackend. httpcore's errors come out as they are."""

    def __init__(self, backend: httpcore.AsyncNetworkBackend) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=_tls(), max_connections=4, http1=True, http2=False, retries=0, network_backend=backend
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """httpx's seam: one request, its body still unread."""
        response = await self._pool.handle_async_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            status_code=response.status,
            headers=response.headers,
            stream=_Stream(response),
            extensions=response.extensions,
        )

    async def aclose(self) -> None:
        """Close every connection."""
        await self._pool.aclose()


class _Stream(httpx.AsyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        assert isinstance(self._response.stream, AsyncIterable)  # noqa: S101  for mypy: an async pool gives async streams
        async for part in self._response.stream:
            yield part

    async def aclose(self) -> None:
        await self._response.aclose()


@cache
def _tls() -> ssl.SSLContext:
    """Read once: loading the certificates takes some 20 ms."""
    return httpx.create_ssl_context(trust_env=False)
