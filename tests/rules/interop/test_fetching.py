"""Where the server may look for calendars, and where it never does."""

from ipaddress import ip_address

import pytest

from releve.interop.ical.errors import BadFeed
from releve.interop.ical.fetching import LONGEST_URL, address_of, permitted


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.10", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1",
        "2002:a00:1::", "ff02::1", "fec0::1", "::127.0.0.1", "::ffff:0:7f00:1", "64:ff9b:1::7f00:1", "::5efe:7f00:1",
        "168.63.129.16", "192.0.0.192",
    ],
)  # fmt: skip
def test_no_private_address_is_reached(address: str) -> None:
    assert not permitted(ip_address(address), ())


@pytest.mark.parametrize("address", ["93.184.215.14", "2a00:1450:4007:80e::2003", "::ffff:93.184.215.14"])
def test_the_open_internet_is(address: str) -> None:
    assert permitted(ip_address(address), ())


def test_a_network_that_the_installation_names_is_reached_and_no_other() -> None:
    named = ("192.168.1.0/24", "fd00::/8")
    assert permitted(ip_address("192.168.1.10"), named) and permitted(ip_address("fd00::7"), named)
    assert permitted(ip_address("::ffff:192.168.1.10"), named)
    assert not permitted(ip_address("192.168.2.10"), named)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("webcal://agenda.example/a.ics", "https://agenda.example/a.ics"),
        (" https://agenda.example:8443/a.ics?x=1 ", "https://agenda.example:8443/a.ics?x=1"),
        ("http://agenda.example/a.ics", "http://agenda.example/a.ics"),
        ("WEBCALS://agenda.example/a.ics", "https://agenda.example/a.ics"),
    ],
)
def test_an_address_as_it_is_kept(typed: str, kept: str) -> None:
    assert address_of(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "", "agenda.example/a.ics", "file:///etc/passwd", "ftp://agenda.example/a", "gopher://agenda.example",
        "https://", "https://agenda.example:99999/", "https://[::1/", "https://agenda.example/\r\nHost: autre",
        "javascript:alert(1)",
        "https://agenda.example/" + "a" * LONGEST_URL,
    ],
)  # fmt: skip
def test_what_is_no_address(typed: str) -> None:
    with pytest.raises(BadFeed) as why:
        address_of(typed)
    assert why.value.code == "bad_address"
