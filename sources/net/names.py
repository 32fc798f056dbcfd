"""Names to numbers, on threads of their own."""

from __future__ import annotations

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor

from aiohttp.abc import AbstractResolver, ResolveResult

# A dead name server holds a thread for half a minute; the others go on.
_THREADS = 32


class Resolver(AbstractResolver):
    """Asks the machine's own resolver, so that its rules and files count."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="names")

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Look the name up. Raises socket.gaierror."""
        found = await asyncio.get_running_loop().run_in_executor(
            self._threads, self.look_up, host, port, family
        )
        return [
            ResolveResult(
                hostname=host,
                host=str(where[0]),
                port=port,
                family=kind,
                proto=protocol,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for kind, _, protocol, _, where in found
        ]

    @staticmethod
    def look_up(
        host: str, port: int, family: socket.AddressFamily
    ) -> list[
        tuple[socket.AddressFamily, socket.SocketKind, int, str, tuple[object, ...]]
    ]:
        """Do what `socket.getaddrinfo` does for a connection."""
        return list(
            socket.getaddrinfo(
                host,
                port,
                family=family,
                type=socket.SOCK_STREAM,
                flags=socket.AI_ADDRCONFIG,
            )
        )

    async def close(self) -> None:
        """Let the threads go without waiting for those that hang."""
        self._threads.shutdown(wait=False, cancel_futures=True)
