"""Fetches one page: politely, within a deadline and a byte limit, every hop vetted, every failure told as a
SourceError. Nothing of httpx is known outside this file and `pinned`."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final, Protocol

import httpcore
import httpx

from bot.domain.errors import (
    BlockedError,
    NotFoundError,
    RefusedAddressError,
    SourceError,
    TooLargeError,
    UnreachableError,
)
from bot.intake.links import allowed_hosts, joined, vetted
from bot.intake.pinned import PinnedBackend, PinnedTransport, Resolve, resolve
from bot.intake.unpack import ACCEPTED, Body
from bot.settings import Settings
from bot.wording import Phrase

HEADERS: Final = {
    "User-Agent": "Nutgraf/0.1 (+reads one page when a person asks for it)",
    "Accept": "text/html,application/xhtml+xml;q=0.9,text/markdown;q=0.8,text/plain;q=0.8,*/*;q=0.1",
    "Accept-Encoding": ACCEPTED,
}
_CONDITIONS: Final = frozenset({"if-none-match", "if-modified-since"})
NOTHING_MORE: Final[Mapping[str, str]] = {}
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})

# Status -> the leaf and its sentence; a hundred's row speaks for the statuses that have no row of their own.
STATUSES: Final[dict[int, tuple[type[SourceError], str | None]]] = {
    401: (BlockedError, "That page wants a login (401)."),
    402: (BlockedError, "That page wants to be paid for (402)."),
    403: (BlockedError, "That site does not let me read the page (403)."),
    404: (NotFoundError, "There is no page at that address (404)."),
    407: (BlockedError, "That page wants a login (407)."),
    408: (UnreachableError, None),
    410: (NotFoundError, "That page has been taken down (410)."),
    429: (BlockedError, "That site says it is asked too often (429)."),
    451: (BlockedError, "That site may not show the page here, for legal reasons (451)."),
    300: (UnreachableError, "That site answered in a way I do not understand ({status})."),
    400: (UnreachableError, "That site would not take the request ({status})."),
    500: (UnreachableError, "That site is having trouble ({status})."),
}

# Library error -> the leaf and its sentence; the first row that fits. A test holds that no error has none.
FAILURES: Final[tuple[tuple[type[Exception], type[SourceError], str | None], ...]] = (
    (httpx.TimeoutException, UnreachableError, None),
    (httpcore.TimeoutException, UnreachableError, None),
    (TimeoutError, UnreachableError, None),
    (httpx.InvalidURL, RefusedAddressError, "That is not a complete web address."),
    (httpx.UnsupportedProtocol, RefusedAddressError, None),
    (httpcore.UnsupportedProtocol, RefusedAddressError, None),
    (httpx.HTTPError, UnreachableError, "The connection to that site failed."),
    (httpx.StreamError, UnreachableError, "The connection to that site broke off."),
    (httpx.CookieConflict, UnreachableError, "That site answered in a way I do not understand."),
    (httpcore.NetworkError, UnreachableError, "I could not connect to that site, or the connection broke."),
    (httpcore.ProtocolError, UnreachableError, "That site broke off in the middle, or does not speak HTTP."),
    (httpcore.ProxyError, UnreachableError, "The connection to that site failed."),
    (httpcore.ConnectionNotAvailable, UnreachableError, "The connection to that site failed."),
    (OSError, UnreachableError, "The connection to that site failed."),
)


@dataclass(frozen=True, slots=True)
class Page:
    """What an address answered: the bytes, unpacked, and what the server says they are."""

    url: str  # after redirects
    data: bytes
    content_type: str  # the header as it came, "" where there was none
    etag: str | None = None
    modified: str | None = None  # the Last-Modified header as it came
    unchanged: bool = False  # the answer to a conditional request: `data` is empty


class Fetches(Protocol):
    """The seam to the web. Raises SourceError leaves only."""

    async def fetch(self, url: str, *, asking: Mapping[str, str] = NOTHING_MORE) -> Page:
        """Read one address; `asking` are further request headers."""
        ...


@dataclass(frozen=True, slots=True)
class Limits:
    """How long, how much and how far; `allowed` (host, port) pairs are exempt from the address rules."""

    seconds: float = 20
    bytes: int = 8_000_000
    redirects: int = 5
    allowed: frozenset[tuple[str, int]] = frozenset()


class HttpFetcher:
    """Fetches over httpx. A new pool for each read: no cookie and no connection outlives it."""

    def __init__(self, limits: Limits, *, resolver: Resolve = resolve) -> None:
        self._limits = limits
        self._resolver = resolver

    @classmethod
    def of(cls, settings: Settings) -> HttpFetcher:
        """The fetcher that the operator's settings ask for."""
        return cls(
            Limits(
                seconds=settings.fetch_timeout_seconds,
                bytes=settings.fetch_max_bytes,
                redirects=settings.fetch_max_redirects,
                allowed=allowed_hosts(settings.fetch_allow_hosts),
            )
        )

    async def fetch(self, url: str, *, asking: Mapping[str, str] = NOTHING_MORE) -> Page:
        """The page behind `url`, asked for with further headers. Raises SourceError leaves only."""
        transport = PinnedTransport(PinnedBackend(allowed=self._limits.allowed, resolver=self._resolver))
        headers = {**HEADERS, **asking}
        with failures_told():
            async with (
                asyncio.timeout(self._limits.seconds),
                # None: the deadline above is for the whole; httpx's are for each read and would add up.
                httpx.AsyncClient(transport=transport, trust_env=False, timeout=None, headers=headers) as client,  # noqa: S113
            ):
                return await self._follow(client, url)

    async def _follow(self, client: httpx.AsyncClient, url: str) -> Page:
        for _ in range(self._limits.redirects + 1):
            link = vetted(url, allowed=self._limits.allowed)
            async with client.stream("GET", link.url, follow_redirects=False) as response:
                location = response.headers.get("location")
                if response.status_code not in REDIRECTS or not location:
                    return await self._page(response)
                url = joined(link.url, location)
        raise UnreachableError(Phrase("That address sends me on from page to page without end."))

    async def _page(self, response: httpx.Response) -> Page:
        etag, modified = response.headers.get("etag"), response.headers.get("last-modified")
        if response.status_code == HTTPStatus.NOT_MODIFIED and _CONDITIONS & set(response.request.headers):
            return Page(str(response.url), b"", "", etag=etag, modified=modified, unchanged=True)
        _check_status(response)
        announced = response.headers.get("content-length", "")
        if announced.isdigit() and int(announced) > self._limits.bytes:
            raise TooLargeError()
        body = Body(response.headers.get("content-encoding", ""), self._limits.bytes)
        async for piece in response.aiter_raw():
            body.add(piece)
        return Page(
            url=str(response.url),
            data=body.finished(),
            content_type=response.headers.get("content-type", ""),
            etag=etag,
            modified=modified,
        )


def _check_status(response: httpx.Response) -> None:
    status = response.status_code
    if 200 <= status < 300:
        return
    if response.headers.get("cf-mitigated") == "challenge":  # a 403 or 503 that asks for a browser
        raise BlockedError(Phrase("That site asks for proof of a person at a browser."))
    leaf, said = STATUSES.get(status) or STATUSES.get(status // 100 * 100) or (UnreachableError, None)
    raise leaf(said.format(status=status) if said else None)


@contextmanager
def failures_told() -> Iterator[None]:
    """Turns every error of the libraries below into a SourceError leaf."""
    try:
        yield
    except SourceError:
        raise
    except Exception as error:
        for kind, leaf, said in FAILURES:
            if isinstance(error, kind):
                raise leaf(said) from error
        raise
