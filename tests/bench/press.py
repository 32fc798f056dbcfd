"""
The page server: `python -m tests.bench.press`, a process of its own.

Everything it says was put together before anybody asks, so that what it costs is the
sockets. Says its port on standard output, and ends with standard input.
"""

from __future__ import annotations

import asyncio
import socket
import sys

import uvloop

from tests.bench import corpus
from tests.bench.corpus import HOSTS, Document, Mode
from tests.environment import OPEN_PORTS

VARIANTS = 3  # the first visit's, and two of later ones
ROBOTS = b"User-agent: *\nDisallow: /private/\nDisallow: /search\n\nUser-agent: x\nDisallow: /\n"


class Shelf:
    """Every answer, ready to be sent."""

    def __init__(self) -> None:
        self.pages: dict[tuple[bytes, bytes], tuple[bytes, ...]] = {}
        self.unchanged: dict[bytes, tuple[bytes, list[bytes]]] = {}
        self.robots = _answer(ROBOTS, "text/plain")
        self.nothing = _answer(b"Nothing here.", "text/plain", status="404 Not Found")
        for document in corpus.documents():
            name = str(document.number).encode()
            self.unchanged[name] = _not_modified(document)
            for mode in Mode:
                self.pages[mode.encode(), name] = _variants(document, mode)

    def answer(self, head: bytes) -> bytes:
        """Return the answer to one request."""
        target = head[4 : head.index(b" ", 4)]
        if target == b"/robots.txt":
            return self.robots
        try:
            _, mode, document, visit = target.split(b"/")
            number = int(visit)
            if mode == b"list":
                return _listing(document.decode(), number, port=_port_of(head))
            variants = self.pages[mode, document]
        except (ValueError, KeyError):
            return self.nothing
        if mode == b"304":
            short, validators = self.unchanged[document]
            if any(validator in head for validator in validators):
                return short
        return variants[1 + number % (VARIANTS - 1) if number else 0]


class Line(asyncio.Protocol):
    """One connection."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.read = b""

    def connection_made(self, transport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.read += data
        while (end := self.read.find(b"\r\n\r\n")) >= 0:
            head, self.read = self.read[:end], self.read[end + 4 :]
            self.transport.write(self.shelf.answer(head))


async def serve() -> None:
    shelf = Shelf()
    loop = asyncio.get_running_loop()
    sockets = _sockets()
    for listener in sockets:
        await loop.create_server(lambda: Line(shelf), sock=listener, backlog=1_000)
    print(sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


def _sockets() -> list[socket.socket]:
    """Listen at each address, at the first of the open ports that is free on all."""
    for port in OPEN_PORTS:
        taken: list[socket.socket] = []
        try:
            taken.extend(
                socket.create_server((host, port), backlog=1_000) for host in HOSTS
            )
        except OSError:
            for listener in taken:
                listener.close()
            continue
        return taken
    raise SystemExit(f"every port of {OPEN_PORTS} is taken")


def _answer(
    body: bytes,
    media_type: str = "text/html; charset=utf-8",
    *,
    status: str = "200 OK",
    headers: str = "",
) -> bytes:
    lines = (
        f"HTTP/1.1 {status}\r\nServer: bench\r\nDate: Mon, 23 Nov 2026 12:00:00 GMT\r\n"
        f"Vary: Accept-Encoding\r\nX-Frame-Options: DENY\r\n{headers}"
        f"Content-Type: {media_type}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return lines.encode() + body


def _not_modified(document: Document) -> tuple[bytes, list[bytes]]:
    validators = [v.encode() for v in document.validators() if v]
    return (
        b"HTTP/1.1 304 Not Modified\r\nServer: bench\r\n"
        b"Date: Mon, 23 Nov 2026 12:00:00 GMT\r\nVary: Accept-Encoding\r\n"
        + _validating(document).encode()
        + b"\r\n",
        validators,
    )


def _validating(document: Document) -> str:
    etag, modified = document.validators()
    return (f"ETag: {etag}\r\n" if etag else "") + (
        f"Last-Modified: {modified}\r\n" if modified else ""
    )


def _variants(document: Document, mode: Mode) -> tuple[bytes, ...]:
    headers = _validating(document) if mode is Mode.NOT_MODIFIED else ""
    if mode is Mode.SAME_BODY_PACKED:
        headers += "Content-Encoding: gzip\r\n"
    bodies = [document.body(mode, visit) for visit in range(VARIANTS)]
    if mode is Mode.SAME_BODY_PACKED:
        bodies = [corpus.packed(body) for body in bodies]
    # Most are the same bytes, and are kept once.
    made: dict[bytes, bytes] = {}
    return tuple(
        made.setdefault(body, _answer(body, headers=headers)) for body in bodies
    )


def _listing(mode: str, links: int, *, port: int) -> bytes:
    urls = (corpus.link(Mode(mode), n, port=port) for n in range(links))
    items = "".join(f'<li><a href="{url}">a page</a></li>\n' for url in urls)
    return _answer(f"<!doctype html><title>Links</title><ul>{items}</ul>".encode())


def _port_of(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"host:"):
            return int(line.rpartition(b":")[2])
    raise ValueError("no host")


if __name__ == "__main__":
    uvloop.run(serve())
