"""What a hostile site is made of, and the list in which each is entered."""

from __future__ import annotations

import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass

from sources.errors import (
    BadResponse,
    FetchError,
    TooLarge,
    TooManyRedirects,
    Unreachable,
)
from tests.sources.press import Handler, Line, Press, Request, stalls

Expected = int | tuple[type[FetchError], str]

TIMEOUT = (Unreachable, "timeout")
RESET = (Unreachable, "reset")
TLS = (Unreachable, "tls")
CONNECT = (Unreachable, "connect")
PROTOCOL = (BadResponse, "protocol")
HEADERS = (BadResponse, "headers")
ENCODING = (BadResponse, "encoding")
CUT_OFF = (BadResponse, "cut_off")
NO_REDIRECT = (BadResponse, "redirect")
TOO_LARGE = (TooLarge, "")
TOO_MANY = (TooManyRedirects, "too_many")
LOOP = (TooManyRedirects, "loop")

# What a check may say of a page that cannot be seen for now.
TROUBLE = ("failing",)


@dataclass(frozen=True, slots=True)
class Site:
    name: str
    install: Callable[[Press, str], None]
    expected: tuple[Expected, ...]
    seen: tuple[str, ...]


SITES: list[Site] = []


def site(name: str, *expected: Expected, seen: tuple[str, ...] = TROUBLE):
    """Enter what `install` builds at a path of a press into the list."""

    def enter(install: Callable[[Press, str], None]):
        SITES.append(Site(name, install, expected, seen))
        return install

    return enter


def answers(
    name: str, handler: Handler, *expected: Expected, seen: tuple[str, ...] = TROUBLE
) -> None:
    """Enter a site that answers every request alike."""
    SITES.append(
        Site(name, lambda press, path: void(press.on(path, handler)), expected, seen)
    )


def void(_: object) -> None:
    return None


def head(*lines: str, status: str = "200 OK") -> bytes:
    """Return a status line and headers, closed by an empty line."""
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode("latin-1")


def sized(body: bytes, *lines: str, status: str = "200 OK") -> bytes:
    """Return an honest answer with this body."""
    kind = "Content-Type: text/html; charset=utf-8"
    return head(kind, f"Content-Length: {len(body)}", *lines, status=status) + body


def for_ever(first: bytes, *, again: bytes) -> Handler:
    """Send something, and then something else until nobody listens."""

    def handle(_request: Request, line: Line) -> None:
        line.hang_up()
        line.send(first)
        while not line.closing.is_set():
            line.send(again)

    return handle


def then_stalls(data: bytes) -> Handler:
    """Send something, and then nothing."""

    def handle(_request: Request, line: Line) -> None:
        line.send(data)
        stalls(_request, line)

    return handle


def then_resets(data: bytes) -> Handler:
    """Send something, and tear the connection."""

    def handle(_request: Request, line: Line) -> None:
        line.hang_up()
        line.send(data)
        # Nought seconds to linger: closing sends RST instead of FIN.
        line.socket.setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)
        )

    return handle


CHUNKED = head("Content-Type: text/html", "Transfer-Encoding: chunked")
QUOTE = "the northern gate had moved by four centimetres"
ARTICLE = f"""<!doctype html><html lang="en"><title>The dam at Port Ellery</title>
<article><h1>The dam at Port Ellery</h1>
<p>The council met on Tuesday evening to hear what the river had done to the wall.</p>
<p>Bo Marsh, who inspects dams for the county, said that {QUOTE} since the spring.</p>
<p>Nobody had to leave a house, and the road below the wall stayed open all night.</p>
<p>The mayor asked for a second opinion, which the council agreed to pay for at once.</p>
</article></html>""".encode()
