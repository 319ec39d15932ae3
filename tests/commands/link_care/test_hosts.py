"""No private address is ever asked: each name is resolved once, and what was judged is connected to."""

import ipaddress
import socket

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.link_care import request
from commands.link_care.ask import UNKNOWN, ask
from commands.link_care.failures import Failure
from commands.link_care.hosts import Resolver, is_public
from commands.link_care.web import open_web
from tests.commands.link_care.conftest import SETTINGS
from tests.commands.link_care.server import make_resolver

PRIVATE = """
0.0.0.0 10.0.0.1 100.64.0.1 127.0.0.1 127.8.9.10 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.1
192.0.2.1 192.168.0.1 198.18.0.1 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1
255.255.255.255 :: ::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::127.0.0.1 64:ff9b::7f00:1 64:ff9b::10.0.0.1
64:ff9b:1::1 100::1 2001::1 2001:db8::1 2002:7f00:1:: 2002:c0a8:101::1 fc00::1 fd12:3456::1 fe80::1
fe80::1%eth0 fec0::1 ff02::1 5f00::1 nonsense
""".split()
PUBLIC = "1.1.1.1 8.8.8.8 93.184.215.14 2606:4700::1111 2a00:1450:4001::1 64:ff9b::808:808".split()


@pytest.mark.parametrize("number", PRIVATE)
def test_what_is_not_for_everybody_is_private(number):
    assert not is_public(number)


@pytest.mark.parametrize("number", PUBLIC)
def test_what_everybody_may_ask_is_public(number):
    assert is_public(number)


@settings(deadline=None)
@given(st.ip_addresses(v=4))
def test_an_address_of_ipv4_is_judged_alike_in_every_dress(address):
    inner = int(address)
    expected = is_public(str(address))
    for network in ("::ffff:0:0", "64:ff9b::"):
        assert is_public(
            str(ipaddress.IPv6Address(int(ipaddress.ip_address(network)) | inner))
        ) == (expected)
    old = int(ipaddress.ip_address("2002::")) | inner << 80
    if not expected:
        assert not is_public(str(ipaddress.IPv6Address(old)))


@settings(deadline=None)
@given(st.ip_addresses(v=4, network="10.0.0.0/8") | st.ip_addresses(v=6, network="fc00::/7"))
def test_no_address_of_a_private_network_is_public(address):
    assert not is_public(str(address))


ADDRESSES = """
http://127.0.0.1/ http://localhost/ http://router/ http://printer.local/ http://[::1]/
http://192.168.0.1:8080/admin http://169.254.169.254/latest/meta-data http://0x7f.1/ http://2130706433/
http://127.1/ http://[::ffff:127.0.0.1]/ http://private.test/ http://rebound.test/ http://a.internal/
http://LOCALHOST./ http://\uff11\uff12\uff17.0.0.1/
""".split()


@pytest.mark.parametrize("url", ADDRESSES)
def test_a_private_address_is_never_connected_to(url, monkeypatch):
    """Names are resolved by the system where it needs no network for them: by number."""
    from tests.commands.link_care.server import look_up as look_up_test

    def look_up(name, port):
        if name.endswith(".test"):
            return look_up_test(name, port)
        try:
            found = socket.getaddrinfo(
                name, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST
            )
        except socket.gaierror:
            raise AssertionError(f"{name} would have been asked for in the network") from None
        return [place[0] for *_, place in found]

    def refuse(*_, **__):
        raise AssertionError("connected")

    monkeypatch.setattr(request.socket, "create_connection", refuse)
    web = open_web(SETTINGS, Resolver(look_up), pause=0, sleep=lambda _: None)
    found = ask(url, web.send, web.sleep)
    assert (found.verdict, found.status) == (UNKNOWN, "not asked: a private address")


@pytest.mark.parametrize(
    ("url", "seen"),
    [
        ("http://user:secret@www.test/", "an address with a password in it"),
        ("http://user@www.test/", "an address with a password in it"),
        ("http://www.test:25/", "port 25"),
        ("http://www.test:22/", "port 22"),
        ("ftp://www.test/", "no page of the web"),
    ],
)
def test_what_is_no_public_page_is_not_asked(web, url, seen):
    assert ask(url, web.send, web.sleep).status == f"not asked: {seen}"


@pytest.mark.parametrize(
    "url",
    [
        "http://nobody.example/",
        "http://a..b.test/",
        f"http://{'a' * 70}.test/",
        f"http://{'a.' * 140}test/",
        "http://a b.test/",
        "http://www.test:99999/",
        "http://%77ww.test/",
    ],
)
def test_a_name_that_is_nobody_s_fails_without_a_trace(web, url):
    found = ask(url, web.send, web.sleep)
    assert found.status in ("no such host", "no address")


def test_a_name_is_resolved_once_in_a_run(server):
    looked_up = []
    web = open_web(SETTINGS, make_resolver(looked_up), pause=0, seconds=1, sleep=lambda _: None)
    for path in ("/good", "/gone", "/moved", "/head-403"):
        ask(server.url(path), web.send, web.sleep)
    assert looked_up == ["www.test"]


def test_a_name_that_changes_its_mind_is_not_believed(server):
    """A name that is public when it is judged, and private when it is connected to (DNS rebinding)."""
    numbers = iter([["127.0.0.1"], ["10.0.0.1"], ["192.168.0.1"]])
    resolver = Resolver(lambda name, port: next(numbers), lambda number: number == "127.0.0.1")
    web = open_web(SETTINGS, resolver, pause=0, seconds=1, sleep=lambda _: None)
    for _ in range(3):
        assert ask(server.url("/good"), web.send, web.sleep).status == "200"


def test_a_host_that_cannot_be_resolved_now_may_be_asked_again():
    def look_up(name, port):
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    with pytest.raises(Failure) as caught:
        Resolver(look_up).find("www.example.org", 80)
    assert caught.value.kind == "unreached"
