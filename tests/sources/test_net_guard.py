"""Which addresses the door leads to."""

import ipaddress
import socket

import pytest

from sources.errors import Refused
from sources.net import DoorConfig, Guard

CLOSED = Guard(DoorConfig(user_agent="t"))

FORBIDDEN = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 100.127.255.255
127.0.0.1 127.255.255.254 168.63.129.16 169.254.0.1 169.254.169.254 172.16.0.1
172.31.255.255 192.0.0.1 192.0.0.192 192.0.2.1 192.31.196.1 192.52.193.1 192.88.99.1
192.168.0.1 192.168.255.255 192.175.48.1 198.18.0.1 198.19.255.255 198.51.100.1
203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
:: ::1 ::2 ::127.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254
::ffff:0:127.0.0.1 64:ff9b::127.0.0.1 64:ff9b::8.8.8.8 64:ff9b:1::8.8.8.8 100::1
100:0:0:1::1 1fff::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:2::1 2001:10::1
2001:20::1 2001:1ff:ffff::1 2001:db8::1 2002::1 2002:7f00:1::1 2002:a00:1::1
2606:4700::5efe:7f00:1 2606:4700::200:5efe:a00:1 2620:4f:8000::1 3fff::1 3fff:fff::1 4000::1 5f00::1 fc00::1 fd00:ec2::254 fdff::1
fe80::1 fe80::1%1 febf::1 fec0::1 ff02::1 ff0e::1
"""

OPEN = """
1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.1 100.63.255.255 100.128.0.1 126.255.255.255 128.0.0.1
169.253.255.255 172.15.255.255 172.32.0.1 192.0.1.1 192.167.255.255 198.17.255.255
198.20.0.1 223.255.255.255 ::ffff:8.8.8.8 2001:200::1 2001:4860:4860::8888
2003::1 2606:4700::1 2a00:1450:4001::1 3ffe::1 3fff:1000::1
"""


@pytest.mark.parametrize("address", FORBIDDEN.split())
def test_what_is_not_public_is_closed(address):
    assert not CLOSED.leads_to(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", OPEN.split())
def test_what_is_public_is_open(address):
    assert CLOSED.leads_to(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", FORBIDDEN.split())
def test_no_socket_is_made_for_a_closed_address(address):
    kind, where = socket.AF_INET, (address, 80)
    if ":" in address:
        plain, _, scope = address.partition("%")
        kind, where = socket.AF_INET6, (plain, 80, 0, int(scope or 0))

    with pytest.raises(Refused) as refusal:
        CLOSED.socket((kind, socket.SOCK_STREAM, 0, "", where))

    assert refusal.value.reason == "network"


@pytest.mark.parametrize("port", [1, 22, 25, 81, 6379, 5432, 8000, 65535])
def test_unusual_ports_are_closed(port):
    with pytest.raises(Refused) as refusal:
        CLOSED.check("example.org", port=port)

    assert refusal.value.reason == "port"


@pytest.mark.parametrize("port", [80, 443, 8080, 8443])
def test_the_four_usual_ports_are_open(port):
    CLOSED.check("example.org", port=port)


def test_a_named_network_and_port_are_opened_and_nothing_else():
    guard = Guard(
        DoorConfig(
            user_agent="t",
            allow_networks=("127.0.0.0/8", "fd12::/16"),
            allow_ports=frozenset({8765}),
        )
    )

    guard.check("127.0.0.1", port=8765)
    guard.check("::ffff:127.0.0.1", port=80)
    guard.check("fd12::1", port=80)
    for host in ("10.0.0.1", "fd13::1", "::1", "169.254.169.254"):
        with pytest.raises(Refused):
            guard.check(host, port=80)


def test_a_network_that_is_none_stops_the_start():
    with pytest.raises(ValueError, match="loopback"):
        Guard(DoorConfig(user_agent="t", allow_networks=("loopback",)))
