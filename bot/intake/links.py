"""What a link must look like before any address is looked up for it; redirects are held to the same rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin, urlsplit

from bot.domain.errors import RefusedAddressError
from bot.wording import Phrase

LONGEST: Final = 4_096  # characters; longer ones are tracking or attack, and servers refuse them anyway
PORTS: Final = {"http": 80, "https": 443}
ODD_PORTS: Final = frozenset({8080, 8443})


@dataclass(frozen=True, slots=True)
class Link:
    """An address that may be looked up. `host` is lower-case, without brackets."""

    url: str
    host: str
    port: int


def vetted(url: str, *, allowed: frozenset[tuple[str, int]] = frozenset()) -> Link:
    """The Link of `url`, its fragment dropped. `allowed` (host, port) pairs may use any port.

    Raises RefusedAddressError for anything but http(s), for a user name inside, and for unusual ports.
    """
    url = url.strip()
    if len(url) > LONGEST:
        raise RefusedAddressError(Phrase("That address is longer than any I read."))
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        raise RefusedAddressError(Phrase("That is not a complete web address.")) from None
    if parts.scheme.lower() not in PORTS or not host or any(mark.isspace() or mark == "\\" for mark in url):
        raise RefusedAddressError()
    if parts.username is not None or parts.password is not None:
        raise RefusedAddressError(
            Phrase("That address has a user name in it."),
            cure=Phrase("Give the link without what stands before the @."),
        )
    port = port if port is not None else PORTS[parts.scheme.lower()]
    if port not in {*PORTS.values(), *ODD_PORTS} and (host, port) not in allowed:
        raise RefusedAddressError(Phrase("I do not read from port {port}.", port=port))
    return Link(url=parts._replace(fragment="").geturl(), host=host, port=port)


def joined(base: str, location: str) -> str:
    """The address that a redirect from `base` names; it still has to be vetted."""
    try:
        return urljoin(base, location.strip())
    except ValueError:
        raise RefusedAddressError(Phrase("That page sends me to an address that is not complete.")) from None


def allowed_hosts(setting: str) -> frozenset[tuple[str, int]]:
    """FETCH_ALLOW_HOSTS ("host:port,host:port") as pairs; entries without a port number are left out."""
    pairs = (entry.strip().rpartition(":") for entry in setting.split(","))
    return frozenset((host.strip("[]").lower(), int(port)) for host, _, port in pairs if host and port.isdigit())
