"""Names to numbers, on threads of their own, remembered for a while."""

from __future__ import annotations

import asyncio
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TypeAlias

from aiohttp.abc import AbstractResolver, ResolveResult

# A dead name server holds a thread for half a minute; the others go on.
_THREADS = 32
_REMEMBERED_SECONDS = 60
_MOST_REMEMBERED = 10_000

_Question: TypeAlias = tuple[str, int, socket.AddressFamily]


class Resolver(AbstractResolver):
    """
    Asks the machine's own resolver, so that its rules and files count.

    Whoever asks again within a minute gets the same numbers, so that the one that a
    turn was waited for is the one that is connected to.
    """

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="names")
        self._known: dict[_Question, tuple[float, list[ResolveResult]]] = {}
        self._asked: dict[_Question, asyncio.Future[list[ResolveResult]]] = {}

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Look the name up. Raises socket.gaierror."""
        question = host, port, family
        until, numbers = self._known.get(question, (0.0, []))
        if time.monotonic() < until:
            return numbers
        asked = self._asked.get(question)
        if asked is None:
            asked = asyncio.ensure_future(self._ask(question))
            asked.add_done_callback(lambda done: self._answered(question, done))
            self._asked[question] = asked
        # Who loses patience does not take the answer from the others.
        return await asyncio.shield(asked)

    async def _ask(self, question: _Question) -> list[ResolveResult]:
        host, port, family = question
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

    def _answered(
        self, question: _Question, done: asyncio.Future[list[ResolveResult]]
    ) -> None:
        del self._asked[question]
        if done.cancelled() or done.exception() is not None:
            return  # a name that was not found may be there the next moment
        if len(self._known) >= _MOST_REMEMBERED:
            self._known.clear()
        self._known[question] = time.monotonic() + _REMEMBERED_SECONDS, done.result()

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
