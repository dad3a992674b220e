"""Which network addresses are never read, whoever asks: a link must not reach what only this machine can reach.

A table with the document behind each row, rather than `ipaddress.is_private`, whose answer changes between Python
versions and which knows nothing of addresses that carry another address inside.
"""

from __future__ import annotations

from functools import cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

REFUSED: Final = (
    ("0.0.0.0/8", "this network, RFC 791"),
    ("10.0.0.0/8", "private use, RFC 1918"),
    ("100.64.0.0/10", "carrier-grade NAT, RFC 6598 (and one cloud's metadata service)"),
    ("127.0.0.0/8", "loopback, RFC 1122"),
    ("168.63.129.16/32", "a public address that one cloud answers from inside each machine"),
    ("169.254.0.0/16", "link-local, RFC 3927 (and most clouds' metadata service)"),
    ("172.16.0.0/12", "private use, RFC 1918"),
    ("192.0.0.0/24", "protocol assignments, RFC 6890"),
    ("192.0.2.0/24", "documentation, RFC 5737"),
    ("192.88.99.0/24", "6to4 relays, RFC 7526"),
    ("192.168.0.0/16", "private use, RFC 1918"),
    ("198.18.0.0/15", "benchmarks, RFC 2544"),
    ("198.51.100.0/24", "documentation, RFC 5737"),
    ("203.0.113.0/24", "documentation, RFC 5737"),
    ("224.0.0.0/4", "multicast, RFC 5771"),
    ("240.0.0.0/4", "reserved and broadcast, RFC 1112 and RFC 919"),
    ("::/3", "unspecified, loopback and embedded IPv4, RFC 4291; never global unicast"),
    ("2001::/23", "protocol assignments and Teredo, RFC 2928 and RFC 4380"),
    ("2001:db8::/32", "documentation, RFC 3849"),
    ("2002::/16", "6to4, RFC 3056: leads to an IPv4 address of the writer's choice"),
    ("3fff::/20", "documentation, RFC 9637"),
    ("4000::/2", "not global unicast, RFC 4291 (segment routing identifiers, RFC 9602)"),
    ("8000::/1", "private use RFC 4193, link-local RFC 4291, site-local RFC 3879, multicast RFC 4291"),
)

# Addresses that are only another spelling of an IPv4 address: the one inside is what counts.
SPELLINGS: Final = (
    ("::ffff:0:0/96", "IPv4-mapped, RFC 4291"),
    ("64:ff9b::/96", "NAT64, RFC 6052"),
)


def refusal(address: str) -> str | None:
    """Why `address` (IPv4 or IPv6, a zone after `%` allowed) is not read; None where it may be."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return "not an address"
    inner = _inner(parsed)
    return next((why for network, why in _networks() if inner in network), None)


def _inner(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    if any(address in ip_network(network) for network, _ in SPELLINGS):
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address


@cache
def _networks() -> tuple[tuple[IPv4Network | IPv6Network, str], ...]:
    return tuple((ip_network(network), why) for network, why in REFUSED)
