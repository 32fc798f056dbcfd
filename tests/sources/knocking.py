"""Somebody at the door to the network, and the names they are told."""

import asyncio
import gzip
import socket

from aiohttp.abc import AbstractResolver, ResolveResult

from sources.net import Door, DoorConfig

AGENT = "Counterclaim/0.1 (+https://example.org/contact)"


def gzipped(data: bytes) -> bytes:
    """Compressed without the time of day: a test's name must not change with it."""
    return gzip.compress(data, mtime=0)


def a_config(*presses, **limits):
    limits.setdefault("allow_networks", ("127.0.0.0/8",))
    ports = frozenset(press.port for press in presses)
    return DoorConfig(user_agent=AGENT, allow_ports=ports, **limits)


def fetch(press, url, *, names=None, validators=None, **limits):
    async def go():
        resolver = Names(names) if names is not None else None
        async with Door(a_config(press, **limits), resolver=resolver) as door:
            return await door.get(url, **(validators or {}))

    return asyncio.run(go())


class Names(AbstractResolver):
    """Names that lead where a test says; each look-up takes the next answer."""

    def __init__(self, names):
        self.names = {name: list(answers) for name, answers in names.items()}

    async def resolve(self, host, port=0, family=socket.AF_UNSPEC):
        answers = self.names.get(host)
        if answers is None:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        addresses = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(addresses, Exception):
            raise addresses
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
