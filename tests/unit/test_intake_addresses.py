"""Links and addresses: what is never read."""

from __future__ import annotations

import contextlib
from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import RefusedAddressError
from bot.intake.addresses import REFUSED, SPELLINGS, refusal
from bot.intake.links import allowed_hosts, joined, vetted

pytestmark = pytest.mark.unit

NOT_PUBLIC = [
    "0.0.0.0", "10.1.2.3", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254",  # noqa: S104
    "168.63.129.16",
    "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.168.1.1", "198.18.0.1", "224.0.0.1",
    "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254",
    "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1",
    "2002:7f00:1::", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "5f00::1",
]  # fmt: skip
PUBLIC = ["1.1.1.1", "93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450::1"]


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_address_that_only_this_machine_or_network_can_reach_is_refused(address: str) -> None:
    assert refusal(address)


@pytest.mark.parametrize("address", [*PUBLIC, "::ffff:1.1.1.1", "64:ff9b::101:101"])
def test_public_address_is_read_in_whatever_spelling(address: str) -> None:
    assert refusal(address) is None


@given(st.ip_addresses())
def test_what_is_not_global_is_always_refused(address: IPv4Address | IPv6Address) -> None:
    if not address.is_global:
        assert refusal(str(address))


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_is_judged_alike_inside_an_ipv6_one(address: IPv4Address) -> None:
    mapped = IPv6Address(int(IPv6Address("::ffff:0:0")) + int(address))
    assert refusal(str(mapped)) == refusal(str(address))


@given(st.text(max_size=40))
def test_what_is_no_address_is_refused(text: str) -> None:
    try:
        IPv4Address(text.partition("%")[0])
    except ValueError:
        assert refusal(text) or ":" in text


def test_every_row_says_why() -> None:
    assert all(why for _, why in (*REFUSED, *SPELLINGS))


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/a", "file:///etc/passwd", "javascript:alert(1)", "example.org/a", "", "http://",
        "http:///path", "http://user@example.org/", "https://user:secret@example.org/", "http://example.org:22/",
        "http://example.org:99999/", "http://exa mple.org/", "http://a\\@b/", "http://[::1/",
        "http://a/" + "x" * 5000,
    ],
)  # fmt: skip
def test_link_that_is_not_plainly_a_web_address_is_refused(url: str) -> None:
    with pytest.raises(RefusedAddressError):
        vetted(url)


def test_fragment_is_dropped_and_port_found() -> None:
    link = vetted("https://Example.org./a?b=c#d")
    assert (link.url, link.host, link.port) == ("https://Example.org./a?b=c", "example.org", 443)


@pytest.mark.parametrize("port", [80, 443, 8080, 8443])
def test_usual_web_ports_are_read(port: int) -> None:
    assert vetted(f"http://example.org:{port}/").port == port


def test_allowed_host_may_use_any_port_but_only_its_own() -> None:
    allowed = allowed_hosts("127.0.0.1:5000, intranet:81 ,,broken,also:broken, [::1]:7")
    assert allowed == {("127.0.0.1", 5000), ("intranet", 81), ("::1", 7)}
    assert vetted("http://127.0.0.1:5000/", allowed=allowed).port == 5000
    with pytest.raises(RefusedAddressError):
        vetted("http://127.0.0.1:5001/", allowed=allowed)


@given(st.text(max_size=60))
def test_vetting_never_fails_with_another_error(url: str) -> None:
    try:
        assert vetted(url).host
        vetted("http://" + url)
    except RefusedAddressError:
        pass


@given(st.text(max_size=60))
def test_joining_never_fails_with_another_error(location: str) -> None:
    with contextlib.suppress(RefusedAddressError):
        joined("https://example.org/a/b", location)
