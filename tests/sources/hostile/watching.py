"""Seeing every connection that this process tries to make, whoever makes it."""

from __future__ import annotations

import contextlib
import socket
import sys
from collections.abc import Iterator

from aiohttp.abc import AbstractResolver, ResolveResult

_watching: list[list[tuple[str, int]]] = []


def _heard(event: str, arguments: tuple) -> None:
    if _watching and event in {"socket.connect", "socket.sendto"}:
        where = arguments[1]
        if isinstance(where, tuple):  # a string is a Unix socket of ours
            for seen in _watching:
                seen.append((where[0], where[1]))


# Python's own hook, called for each connect() and sendto(); it cannot be taken back.
sys.addaudithook(_heard)


@contextlib.contextmanager
def connections() -> Iterator[list[tuple[str, int]]]:
    """Collect where this process tries to connect to, as host and port."""
    seen: list[tuple[str, int]] = []
    _watching.append(seen)
    try:
        yield seen
    finally:
        _watching.remove(seen)


class Gullible(AbstractResolver):
    """A name server in league with the attacker: unless told, all leads to loopback."""

    def __init__(self, names: dict[str, list[list[str]]] | None = None):
        self.names = names or {}
        self.asked: list[str] = []

    async def resolve(self, host, port=0, family=socket.AF_UNSPEC):
        self.asked.append(host)
        answers = self.names.get(host, [["127.0.0.1", "::1"]])
        addresses = answers.pop(0) if len(answers) > 1 else answers[0]
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in addresses
        ]

    async def close(self):
        pass


class Ears:
    """Listens at every address of this machine, and counts who knocks."""

    def __init__(self):
        # One socket for IPv4 and IPv6 alike; where there is no IPv6, for IPv4.
        if socket.has_dualstack_ipv6():
            self._listener = socket.create_server(
                ("::", 0), family=socket.AF_INET6, dualstack_ipv6=True, backlog=64
            )
        else:
            self._listener = socket.create_server(("", 0), backlog=64)
        self._listener.setblocking(False)
        self.port = self._listener.getsockname()[1]

    def knocks(self) -> int:
        """Return how many have connected since it was asked last."""
        count = 0
        with contextlib.suppress(BlockingIOError):
            while True:
                self._listener.accept()[0].close()
                count += 1
        return count

    def close(self) -> None:
        self._listener.close()
