"""Fetching over real sockets: limits, redirects, pinning, and the leaf for each failure."""

from __future__ import annotations

import asyncio
import gzip
import inspect
import socket
from collections.abc import AsyncIterator, Sequence

import httpcore
import httpx
import pytest
from aiohttp import web

from bot.domain.errors import (
    BlockedError,
    NoTextError,
    NotFoundError,
    RefusedAddressError,
    SourceError,
    TooLargeError,
    UnreachableError,
    UnsupportedError,
)
from bot.domain.source import LinkSource
from bot.intake import Reader
from bot.intake.fetch import FAILURES, HttpFetcher, Limits
from bot.settings import Settings
from tests.support.listening import listening

pytestmark = pytest.mark.integration

ARTICLE = "<html><body><article><h1>A pier</h1>" + "<p>" + "The pier will be built again. " * 20 + "</p></article>"


async def answer(request: web.Request) -> web.StreamResponse:
    """The site of these tests: the path says what to do."""
    what = request.match_info["what"]
    if what.isdigit():
        return web.Response(status=int(what), text="no")
    if what == "challenge":
        return web.Response(status=403, headers={"cf-mitigated": "challenge"})
    if what == "slow":
        await asyncio.sleep(30)
    if what == "gzip":
        return web.Response(
            body=gzip.compress(ARTICLE.encode()), headers={"Content-Encoding": "gzip", "Content-Type": "text/html"}
        )
    if what == "bomb":
        return web.Response(body=gzip.compress(b"\0" * 50_000_000), headers={"Content-Encoding": "gzip"})
    if what == "large":
        return web.Response(body=b"x" * 300_000, content_type="text/plain")
    if what == "json":
        return web.json_response({})
    if what == "short":
        return web.Response(text="<p>Subscribe to read.</p>", content_type="text/html")
    if what == "hop":
        left = int(request.query.get("left", "0"))
        raise web.HTTPFound(f"/hop?left={left - 1}" if left else "/page")
    if what == "to":
        raise web.HTTPFound(request.query["url"])
    if what == "echo":
        return web.json_response({"headers": dict(request.headers)}, content_type="text/plain")
    return web.Response(text=ARTICLE, content_type="text/html")


@pytest.fixture
async def port() -> AsyncIterator[int]:
    application = web.Application()
    application.router.add_get("/{what}", answer)
    async with listening(application) as port:
        yield port


def fetcher(port: int, *, host: str = "127.0.0.1", seconds: float = 10, resolver: object = None) -> HttpFetcher:
    limits = Limits(seconds=seconds, bytes=200_000, redirects=3, allowed=frozenset({(host, port)}))
    return HttpFetcher(limits, resolver=resolver) if resolver else HttpFetcher(limits)  # type: ignore[arg-type]


async def test_page_is_read_packed_or_not(port: int) -> None:
    for path in ("page", "gzip"):
        page = await fetcher(port).fetch(f"http://127.0.0.1:{port}/{path}")
        assert page.data.decode() == ARTICLE
        assert page.content_type.startswith("text/html")


async def test_request_says_who_asks_and_carries_no_cookie(port: int) -> None:
    page = await fetcher(port).fetch(f"http://127.0.0.1:{port}/echo")
    assert b"Nutgraf/0.1" in page.data
    assert b"Cookie" not in page.data


@pytest.mark.parametrize(
    ("path", "leaf"),
    [
        ("401", BlockedError),
        ("402", BlockedError),
        ("403", BlockedError),
        ("challenge", BlockedError),
        ("404", NotFoundError),
        ("410", NotFoundError),
        ("418", UnreachableError),
        ("429", BlockedError),
        ("451", BlockedError),
        ("500", UnreachableError),
        ("503", UnreachableError),
        ("304", UnreachableError),
        ("bomb", TooLargeError),
        ("large", TooLargeError),
    ],
)
async def test_failure_has_its_leaf(port: int, path: str, leaf: type[SourceError]) -> None:
    with pytest.raises(SourceError) as caught:
        await fetcher(port).fetch(f"http://127.0.0.1:{port}/{path}")
    assert type(caught.value) is leaf


async def test_slow_site_meets_the_deadline(port: int) -> None:
    with pytest.raises(UnreachableError):
        await fetcher(port, seconds=0.2).fetch(f"http://127.0.0.1:{port}/slow")


async def test_closed_port_is_unreachable() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        free = held.getsockname()[1]
    with pytest.raises(UnreachableError):
        await fetcher(free).fetch(f"http://127.0.0.1:{free}/page")


async def test_server_that_speaks_no_http_is_unreachable() -> None:
    async def rude(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.example ESMTP\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(rude, "127.0.0.1", 0)
    rude_port = server.sockets[0].getsockname()[1]
    async with server:
        with pytest.raises(UnreachableError):
            await fetcher(rude_port).fetch(f"http://127.0.0.1:{rude_port}/page")


async def test_redirects_are_followed_to_the_limit(port: int) -> None:
    page = await fetcher(port).fetch(f"http://127.0.0.1:{port}/hop?left=1")
    assert page.url.endswith("/page")
    with pytest.raises(UnreachableError, match="from page to page"):
        await fetcher(port).fetch(f"http://127.0.0.1:{port}/hop?left=9")


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:80/",
        "http://[::1]/",
        "http://169.254.169.254/latest/",
        "file:///etc/passwd",
        "//user@x/",
        "http://2130706433/",
    ],
)
async def test_every_hop_is_vetted(port: int, target: str) -> None:
    with pytest.raises(RefusedAddressError):
        await fetcher(port).fetch(str(httpx.URL(f"http://127.0.0.1:{port}/to", params={"url": target})))


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "http://localhost/", "http://0/", "http://0x7f.1/", "http://[::ffff:127.0.0.1]/"]
)
async def test_this_machine_is_refused_in_every_spelling(url: str) -> None:
    with pytest.raises(RefusedAddressError):
        await HttpFetcher(Limits()).fetch(url)


async def test_name_is_looked_up_once_and_the_socket_goes_to_that_answer(port: int) -> None:
    asked: list[str] = []

    async def resolver(host: str, _: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.2"]

    page = await fetcher(port, host="news.example", resolver=resolver).fetch(f"http://news.example:{port}/echo")
    assert asked == ["news.example"]
    assert f"news.example:{port}".encode() in page.data  # the Host header is the link's


async def test_one_private_answer_among_public_ones_refuses_the_name() -> None:
    async def resolver(_host: str, _port: int) -> Sequence[str]:
        return ["93.184.216.34", "10.0.0.1"]

    with pytest.raises(RefusedAddressError):
        await HttpFetcher(Limits(), resolver=resolver).fetch("http://news.example/")


def test_every_library_error_has_a_leaf() -> None:
    mapped = tuple(kind for kind, _, _ in FAILURES)
    for library in (httpx, httpcore):
        for _, error in inspect.getmembers(library, inspect.isclass):
            # These two tell of a wrong program, not of the world: they must stay loud.
            if issubclass(error, Exception) and error.__name__ not in {"ResponseNotRead", "RequestNotRead"}:
                assert issubclass(error, mapped), error


async def test_reader_makes_a_document_of_a_link(port: int) -> None:
    async with Reader.open(Settings(_env_file=None, fetch_allow_hosts=f"127.0.0.1:{port}")) as reader:
        document = await reader.read(LinkSource(url=f"http://127.0.0.1:{port}/gzip"))
        assert document.words >= 120
        assert document.url == f"http://127.0.0.1:{port}/gzip"
        assert document.title == "A pier"
        with pytest.raises(NoTextError):
            await reader.read(LinkSource(url=f"http://127.0.0.1:{port}/short"))
        with pytest.raises(UnsupportedError):
            await reader.read(LinkSource(url=f"http://127.0.0.1:{port}/json"))
