"""Sites that hardly speak HTTP, and connections that break."""

from __future__ import annotations

import socket

from sources.errors import (
    Unreachable,
)
from tests.sources.hostile.sites.making import (
    ARTICLE,
    CUT_OFF,
    HEADERS,
    PROTOCOL,
    RESET,
    TIMEOUT,
    TOO_LARGE,
    answers,
    for_ever,
    head,
    site,
    sized,
    then_resets,
)
from tests.sources.press import Handler, Line, Press, Request, raw

# --- Statuses and protocols ---------------------------------------------------

for status in ("99", "000", "1000", "20", "2000", "-200", "20O", "٢٠٠", "", "200.5"):
    answers(
        f"answers with status {status!r}",
        raw(f"HTTP/1.1 {status} Odd\r\nContent-Length: 5\r\n\r\nwords".encode()),
        PROTOCOL,
        RESET,
        HEADERS,
        99,
        0,
    )
for status in ("101 Switching Protocols", "199 Interim"):
    answers(
        f"answers with {status}",
        raw(head("Connection: upgrade", "Upgrade: h2c", status=status) + b"words"),
        PROTOCOL,
        RESET,
        TIMEOUT,
        101,
    )
answers(
    "answers with 204 and a body",
    raw(sized(b"", status="204 None") + ARTICLE),
    204,
    PROTOCOL,
)
answers(
    "answers with 205",
    raw(sized(b"", status="205 Reset")),
    205,
    seen=("unsupported", "failing"),
)
answers(
    "answers with a part nobody asked for",
    raw(
        sized(
            ARTICLE[:200],
            "Content-Range: bytes 0-199/99999",
            status="206 Partial Content",
        )
    ),
    PROTOCOL,
)
answers(
    "says 304 to whoever has nothing",
    raw(head(status="304 Not Modified")),
    PROTOCOL,
)
answers(
    "answers with 999", raw(sized(b"no", status="999 Denied")), 999, seen=("blocked",)
)
answers("speaks HTTP/0.9", raw(ARTICLE), PROTOCOL)
answers(
    "speaks HTTP/2",
    raw(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0"),
    PROTOCOL,
)
answers(
    "speaks HTTP/2 in frames",
    raw(b"\0\0\x12\4\0\0\0\0\0\0\3\0\0\0\x80" + bytes(20)),
    PROTOCOL,
)
answers(
    "speaks HTTP/3.7",
    raw(sized(ARTICLE).replace(b"1.1", b"3.7", 1)),
    PROTOCOL,
    200,
    seen=("failing", "unchanged"),
)
answers("speaks TLS to who does not", raw(b"\x15\x03\x01\0\2\2\x16"), PROTOCOL)
answers("is a shell", raw(b"SSH-2.0-OpenSSH_9.2p1\r\n"), PROTOCOL)
answers("is a mail server", raw(b"220 mail.example ESMTP\r\n" * 9), PROTOCOL)
answers("is a Redis", raw(b"-ERR unknown command\r\n"), PROTOCOL)
answers("is noise", raw(bytes(range(256)) * 99), PROTOCOL)
answers("is nothing but NULs", for_ever(b"", again=bytes(65_536)), PROTOCOL)
answers(
    "is nothing but empty lines",
    for_ever(b"", again=b"\r\n" * 9_999),
    PROTOCOL,
    TIMEOUT,
    HEADERS,
    TOO_LARGE,
    seen=("failing", "unsupported"),
)
answers("sends a body before its head", raw(b"words\r\n" + sized(ARTICLE)), PROTOCOL)


# --- Connections --------------------------------------------------------------

answers("hangs up at once", raw(b""), RESET)
answers("hangs up in its headers", raw(head("X-A: 1")[:-9]), RESET)
answers("resets at once", then_resets(b""), RESET, (Unreachable, "connect"))
answers("resets in its headers", then_resets(b"HTTP/1.1 200 OK\r\nCon"), RESET)
answers("resets in its body", then_resets(sized(b"a" * 9_999)[:-99]), CUT_OFF, RESET)


@site("half closes before it answers", 200, RESET, seen=("unchanged", "failing"))
def _(press: Press, path: str) -> None:
    def handle(_request: Request, line: Line) -> None:
        line.hang_up()
        line.socket.shutdown(socket.SHUT_RD)
        line.send(sized(ARTICLE))

    press.on(path, handle)


@site("sends the next answer beforehand", 200, PROTOCOL, seen=("unchanged", "failing"))
def _(press: Press, path: str) -> None:
    press.on(path, raw_kept(sized(ARTICLE) + sized(b"<p>Evil words</p>")))


def raw_kept(data: bytes) -> Handler:
    def handle(_request: Request, line: Line) -> None:
        line.send(data)

    return handle
