"""
Which addresses the door leads to.

Decided on the numeric address at the moment its socket is made, since a name
looked up before may mean another address by then. The lists are our own:
`ipaddress.is_global` of Python 3.11 is wrong for multicast, NAT64, 6to4 and more.
"""

from __future__ import annotations

import ipaddress
import socket
from typing import TypeAlias

from sources.errors import Refused
from sources.net.limits import DoorConfig
from sources.saying import gettext_noop as _

IPAddress: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
AddrInfo: TypeAlias = tuple[int, int, int, str, tuple[object, ...]]

USUAL_PORTS = frozenset({80, 443, 8080, 8443})

# The IANA registry of special-purpose addresses, multicast, and one public
# address behind which a cloud keeps its machines' secrets.
_FORBIDDEN_4 = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carriers' NAT
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # Azure's wire server
        "169.254.0.0/16",  # link-local, and cloud metadata
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
_UNICAST_6 = ipaddress.IPv6Network("2000::/3")
_FORBIDDEN_6 = tuple(
    ipaddress.IPv6Network(network)
    for network in (
        "2001::/23",  # Teredo, ORCHID, benchmarks: protocol assignments
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: an IPv4 address inside
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
)
# ISATAP: beneath any prefix, an IPv4 address behind the router that reads this mark.
_ISATAP = frozenset({0x0000_5EFE, 0x0200_5EFE})


class Guard:
    """Decides about every socket before it is made."""

    def __init__(self, config: DoorConfig) -> None:
        """Raise ValueError where a network of `allow_networks` is none."""
        self._ports = USUAL_PORTS | config.allow_ports
        self._opened = tuple(ipaddress.ip_network(n) for n in config.allow_networks)

    def check(self, host: str, *, port: int) -> None:
        """Raise Refused where the port, or the host if it is a number, is closed."""
        if port not in self._ports:
            raise Refused(
                _(
                    "Pages at port %(port)s are not fetched. An operator can open it "
                    "with SOURCES_ALLOW_PORTS."
                ),
                reason="port",
                facts={"port": str(port)},
            )
        try:
            address = ipaddress.ip_address(host)
        except ValueError:
            return  # a name: decided when its socket is made
        if not self.leads_to(address):
            raise Refused(
                _(
                    "The address leads into a network that is not public. An operator "
                    "can open it with SOURCES_ALLOW_NETWORKS."
                ),
                reason="network",
            )

    def leads_to(self, address: IPAddress) -> bool:
        """Say whether pages may be fetched from this address."""
        if isinstance(address, ipaddress.IPv6Address):
            if address.ipv4_mapped is not None:
                return self.leads_to(address.ipv4_mapped)
            if address.scope_id is not None:
                return False
        if any(address in network for network in self._opened):
            return True
        if isinstance(address, ipaddress.IPv4Address):
            return not any(address in network for network in _FORBIDDEN_4)
        return (
            address in _UNICAST_6
            and (int(address) >> 32) & 0xFFFF_FFFF not in _ISATAP
            and not any(address in network for network in _FORBIDDEN_6)
        )

    def socket(self, info: AddrInfo) -> socket.socket:
        """Make the socket for one numeric address, or raise Refused."""
        family, kind, protocol, _, where = info
        host, port, *rest = where
        if len(rest) == 2 and rest[1]:
            host = f"{host}%{rest[1]}"
        self.check(str(ipaddress.ip_address(str(host))), port=int(str(port)))
        return socket.socket(family=family, type=kind, proto=protocol)
