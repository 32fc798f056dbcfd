"""
Sites that mean harm, or were built as if they did.

Each is a name, how it answers at a path of a press, and what must come of it: the
status of an answer, or the class and reason of the error, where several will do any
of them; and `seen`, what the check of a page says whose site turned into this one.
"""

from __future__ import annotations

import gzip
import itertools
import socket
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import brotli
import zstandard

from sources.errors import (
    BadResponse,
    FetchError,
    Refused,
    TooLarge,
    TooManyRedirects,
    Unreachable,
)
from tests.sources.press import Handler, Line, Press, Request, drips, raw, stalls

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

# --- Drips and stalls ---------------------------------------------------------

answers("drips its body", drips(sized(b"a" * 9_999), every=0.01), TIMEOUT)
answers(
    "drips its headers",
    drips(head(*["X-Drip: 1"] * 900), every=0.01),
    TIMEOUT,
)
answers(
    "drips its status line", drips(b"HTTP/1.1 200 " + b"O" * 999, every=0.01), TIMEOUT
)
answers(
    "drips chunks of one byte",
    drips(CHUNKED + b"1\r\na\r\n" * 999, every=0.01),
    TIMEOUT,
)
answers(
    "drips one size of a chunk",
    drips(CHUNKED + b"0" * 9_999, every=0.01),
    TIMEOUT,
)
answers(
    "drips one chunk extension",
    drips(CHUNKED + b"5;" + b"a" * 9_999, every=0.01),
    TIMEOUT,
)
answers(
    "drips a compressed body",
    drips(
        sized(gzip.compress(bytes(range(256)) * 90), "Content-Encoding: gzip"),
        every=0.01,
    ),
    TIMEOUT,
)
answers(
    "drips interim answers",
    drips(head(status="103 Early Hints") * 900, every=0.01),
    TIMEOUT,
)
answers("says nothing", stalls, TIMEOUT)
answers("stalls in its status line", then_stalls(b"HTTP/1.1 2"), TIMEOUT)
answers("stalls after its status line", then_stalls(b"HTTP/1.1 200 OK\r\n"), TIMEOUT)
answers("stalls in its headers", then_stalls(b"HTTP/1.1 200 OK\r\nContent-"), TIMEOUT)
answers("stalls after its headers", then_stalls(head("Content-Length: 9")), TIMEOUT)
answers("stalls in its body", then_stalls(sized(b"a" * 50)[:-9]), TIMEOUT)
answers(
    "stalls before its last chunk", then_stalls(CHUNKED + b"5\r\nwords\r\n"), TIMEOUT
)
answers(
    "stalls in its trailers",
    then_stalls(CHUNKED + b"5\r\nwords\r\n0\r\nX-A: 1\r\n"),
    TIMEOUT,
)
answers(
    "stalls after an interim answer", then_stalls(head(status="100 Continue")), TIMEOUT
)
answers("never closes a body without a length", then_stalls(head() + b"words"), TIMEOUT)


@site("stalls behind a redirect", TIMEOUT)
def _(press: Press, path: str) -> None:
    press.redirect(path, f"{path}/next")
    press.on(f"{path}/next", stalls)


# --- Compression ----------------------------------------------------------------

NOTHING = bytes(16 * 1024 * 1024)


@cache
def bomb(*codings: str) -> bytes:
    """Return 16 MB of nothing, packed by each of these in turn."""
    packers = {
        "gzip": lambda data: gzip.compress(data, 6, mtime=0),
        "br": lambda data: brotli.compress(data, quality=2),
        "deflate": zlib.compress,
        "zstd": zstandard.compress,
    }
    data = NOTHING
    for coding in codings:
        data = packers[coding](data)
    return sized(data, f"Content-Encoding: {', '.join(codings)}")


def bombs(*codings: str) -> Callable[[Press, str], None]:
    """Build the bomb when it is laid, not while tests are collected."""
    return lambda press, path: void(press.on(path, raw(bomb(*codings))))


for codings in (
    ("gzip",), ("deflate",), ("br",), ("zstd",), ("gzip", "gzip"), ("br", "br"),
    ("zstd", "gzip"), ("gzip", "zstd"),
):  # fmt: skip
    site(f"sends a bomb of {', '.join(codings)}", TOO_LARGE, seen=("unsupported",))(
        bombs(*codings)
    )
site("sends a bomb in three layers", ENCODING)(bombs("gzip", "gzip", "gzip"))
answers(
    "sends countless empty members",
    raw(sized(gzip.compress(b"", mtime=0) * 100_000, "Content-Encoding: gzip")),
    ENCODING,
)

PACKED = gzip.compress(ARTICLE * 99, mtime=0)
answers(
    "sends gzip that is none", raw(sized(ARTICLE, "Content-Encoding: gzip")), ENCODING
)
answers(
    "sends gzip cut short", raw(sized(PACKED[:-9], "Content-Encoding: gzip")), CUT_OFF
)
answers(
    "sends gzip with a wrong sum",
    raw(sized(PACKED[:-8] + bytes(8), "Content-Encoding: gzip")),
    ENCODING,
)
answers(
    "sends gzip with its heart torn out",
    raw(sized(PACKED[:50] + bytes(99) + PACKED[150:], "Content-Encoding: gzip")),
    ENCODING,
)
answers(
    "sends garbage after gzip",
    raw(
        sized(
            gzip.compress(ARTICLE, mtime=0) + b"\0garbage" * 99,
            "Content-Encoding: gzip",
        )
    ),
    200,
    seen=("unchanged",),
)
answers(
    "sends brotli that is none", raw(sized(ARTICLE, "Content-Encoding: br")), ENCODING
)
answers(
    "sends brotli cut short",
    raw(sized(brotli.compress(ARTICLE)[:-5], "Content-Encoding: br")),
    CUT_OFF,
)
answers(
    "sends zstd that is none", raw(sized(ARTICLE, "Content-Encoding: zstd")), ENCODING
)
answers(
    "sends zstd cut short",
    raw(sized(zstandard.compress(ARTICLE)[:-5], "Content-Encoding: zstd")),
    CUT_OFF,
)
answers(
    "sends what nobody asked for",
    raw(sized(ARTICLE, "Content-Encoding: compress")),
    ENCODING,
)
answers(
    "sends a compression nobody knows",
    raw(sized(ARTICLE, "Content-Encoding: snake-oil")),
    200,
    seen=("unchanged",),
)
answers(
    "hides gzip behind identity",
    raw(sized(PACKED, "Content-Encoding: identity")),
    200,
    seen=("unsupported", "failing"),
)
answers(
    "says gzip eighty times",
    raw(sized(PACKED, f"Content-Encoding: {', '.join(['gzip'] * 80)}")),
    ENCODING,
)
answers(
    "is lost, and cannot even say so",
    raw(sized(b"plain", "Content-Encoding: gzip", status="404 Not Found")),
    404,
)

# --- How long, and where it ends --------------------------------------------------

answers(
    "promises more than it sends",
    raw(head("Content-Length: 500") + ARTICLE[:90]),
    CUT_OFF,
)
answers(
    "sends more than it promises",
    raw(
        head("Content-Type: text/html", f"Content-Length: {len(ARTICLE)}")
        + ARTICLE
        + b"more" * 99
    ),
    200,
    PROTOCOL,
    seen=("unchanged", "failing"),
)
for length in (
    "-5",
    "+5",
    "5a",
    "0x10",
    "5, 6",
    " ",
    "1e3",
    "٥",
    "9" * 400,
    "5 5",
    "5\t5",
):
    answers(
        f"promises {length[:9]} bytes",
        raw(
            b"HTTP/1.1 200 OK\r\nContent-Length: " + length.encode() + b"\r\n\r\nwords"
        ),
        PROTOCOL,
        CUT_OFF,
        TOO_LARGE,
        seen=("failing", "unsupported"),
    )
answers(
    "promises two lengths",
    raw(head("Content-Length: 5", "Content-Length: 99") + b"words"),
    PROTOCOL,
)
answers(
    "promises an exabyte",
    raw(head("Content-Length: 1152921504606846976") + b"words"),
    TOO_LARGE,
    seen=("unsupported",),
)
answers(
    "smuggles by both lengths",
    raw(
        head("Transfer-Encoding: chunked", "Content-Length: 5")
        + b"0\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"
    ),
    PROTOCOL,
)
for coding in (
    "xchunked",
    "chunked, identity",
    "identity, chunked, chunked",
    "chunked;q=1",
    "\x0bchunked",
):
    answers(
        f"transfers as {coding.strip()}",
        raw(head(f"Transfer-Encoding: {coding}") + b"5\r\nwords\r\n0\r\n\r\n"),
        PROTOCOL,
        CUT_OFF,
        HEADERS,
        200,
        seen=("failing", "unsupported"),
    )
for size in ("zz", "-5", "+5", "0x5", "5 5", "ffffffffffffffffff", "5\n", "", "5;\x00"):
    answers(
        f"sends a chunk of {size[:9]!r}",
        raw(CHUNKED + size.encode() + b"\r\nwords\r\n0\r\n\r\n"),
        PROTOCOL,
        CUT_OFF,
        TIMEOUT,
        TOO_LARGE,
        200,
        seen=("failing", "unsupported"),
    )
answers(
    "ends a chunk without its line", raw(CHUNKED + b"5\r\nwords0\r\n\r\n"), PROTOCOL
)
answers("stops between chunks", raw(CHUNKED + b"5\r\nwords\r\n"), CUT_OFF)
answers("stops in a chunk", raw(CHUNKED + b"50\r\nwords"), CUT_OFF)
answers(
    "sends chunks for ever",
    for_ever(CHUNKED, again=b"400\r\n" + b"a" * 1024 + b"\r\n"),
    TOO_LARGE,
    seen=("unsupported",),
)
answers(
    "sends chunks of one byte for ever",
    for_ever(CHUNKED, again=b"1\r\na\r\n" * 2_000),
    TOO_LARGE,
    TIMEOUT,
    seen=("unsupported", "failing"),
)
answers(
    "sends a chunk extension for ever",
    for_ever(CHUNKED + b"5;a=", again=b"b" * 9_999),
    PROTOCOL,
    TIMEOUT,
    CUT_OFF,
    HEADERS,
    TOO_LARGE,
    seen=("failing", "unsupported"),
)
answers(
    "sends trailers for ever",
    for_ever(CHUNKED + b"0\r\n", again=b"X-Trailer: 1\r\n" * 999),
    PROTOCOL,
    TIMEOUT,
    CUT_OFF,
    HEADERS,
    TOO_LARGE,
    seen=("failing", "unsupported"),
)
answers(
    "sends 200 MB",
    for_ever(head(f"Content-Length: {200 * 1024 * 1024}"), again=b"a" * 65_536),
    TOO_LARGE,
    seen=("unsupported",),
)
answers(
    "sends without an end",
    for_ever(head("Content-Type: text/html"), again=b"a" * 65_536),
    TOO_LARGE,
    seen=("unsupported",),
)
answers(
    "is lost at endless length",
    for_ever(head(status="404 Not Found"), again=b"a" * 65_536),
    404,
)
answers("sends nothing at all", raw(sized(b"")), 200, seen=("unsupported", "failing"))

# --- Headers --------------------------------------------------------------------

answers(
    "sends a header of 300 KB",
    raw(sized(ARTICLE, "X-Long: " + "a" * 300_000)),
    PROTOCOL,
    HEADERS,
)
answers(
    "sends 10,000 headers",
    raw(sized(ARTICLE, *["X-Many: 1"] * 10_000)),
    PROTOCOL,
    HEADERS,
)
answers(
    "sends headers for ever",
    for_ever(b"HTTP/1.1 200 OK\r\n", again=b"X-A: 1\r\n" * 99),
    PROTOCOL,
    HEADERS,
)
answers(
    "sends one header for ever",
    for_ever(b"HTTP/1.1 200 OK\r\nX-A: ", again=b"a" * 999),
    PROTOCOL,
    HEADERS,
)
answers(
    "sends a status line for ever",
    for_ever(b"HTTP/1.1 200 O", again=b"K" * 999),
    PROTOCOL,
    HEADERS,
)
answers(
    "sends interim answers for ever",
    for_ever(b"", again=head(status="103 Early Hints") * 50),
    PROTOCOL,
    HEADERS,
    TIMEOUT,
    RESET,
)
for label, line in (
    ("a NUL in a header", b"X-A: a\0b"),
    ("a NUL in a name", b"X\0A: b"),
    ("a bare return in a header", b"X-A: a\rX-B: b"),
    ("a header without a colon", b"X-A"),
    ("a space before the colon", b"X-A : b"),
    ("a header without a name", b": b"),
    ("a folded header", b"X-A: a\r\n b\r\n\tc"),
    ("a fold before any header", b" folded: 1"),
    ("a name in other letters", "Überschrift: 1".encode()),
):
    answers(
        f"sends {label}",
        raw(
            b"HTTP/1.1 200 OK\r\n"
            + line
            + b"\r\n"
            + sized(ARTICLE).partition(b"\r\n")[2]
        ),
        PROTOCOL,
        HEADERS,
        200,
        seen=("failing", "unchanged"),
    )
answers(
    "sends headers in every encoding",
    raw(
        b'HTTP/1.1 200 \xff\xfe\r\nX-A: \xe9\xff\xc3\xbc \xed\xa0\x80\r\nETag: "\xe9"\r\n'
        + sized(ARTICLE).partition(b"\r\n")[2]
    ),
    200,
    PROTOCOL,
    seen=("unchanged", "failing"),
)
answers(
    "ends its lines without returns",
    raw(
        sized(ARTICLE).partition(b"\r\n\r\n")[0].replace(b"\r\n", b"\n")
        + b"\n\n"
        + ARTICLE
    ),
    200,
    PROTOCOL,
    seen=("unchanged", "failing"),
)

# --- Statuses and protocols ---------------------------------------------------------

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

# --- Connections --------------------------------------------------------------------

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


# --- Redirects ------------------------------------------------------------------------


def sends_on(
    name: str, location: str | bytes, *expected: Expected, seen=TROUBLE
) -> None:
    """Enter a site that redirects there."""
    target = (
        location.encode("utf-8", "surrogatepass")
        if isinstance(location, str)
        else location
    )
    data = (
        b"HTTP/1.1 302 Found\r\nLocation: " + target + b"\r\nContent-Length: 0\r\n\r\n"
    )
    answers(f"sends on {name}", raw(data), *expected, seen=seen)


@site("sends on for ever", TOO_MANY)
def _(press: Press, path: str) -> None:
    counter = itertools.count()

    def handle(_request: Request, line: Line) -> None:
        line.send(
            head(
                f"Location: {path}?{next(counter)}",
                "Content-Length: 0",
                status="302 On",
            )
        )

    press.on(path, handle)


@site("sends round in a circle", LOOP)
def _(press: Press, path: str) -> None:
    press.redirect(path, f"{path}/b")
    press.redirect(f"{path}/b", path)


@site("sends to itself with a cookie to count", TOO_MANY, LOOP)
def _(press: Press, path: str) -> None:
    def handle(request: Request, line: Line) -> None:
        seen = len(request.headers.get("cookie", ""))
        line.send(
            head(
                f"Location: {path}",
                f"Set-Cookie: n={'1' * (seen + 1)}",
                "Content-Length: 0",
                status="302 On",
            )
        )

    press.on(path, handle)


@site(
    "sends on with a thousand cookies",
    200,
    PROTOCOL,
    HEADERS,
    seen=("failing", "unchanged"),
)
def _(press: Press, path: str) -> None:
    def handle(request: Request, line: Line) -> None:
        if "cookie" in request.headers:
            line.send(sized(ARTICLE))
            return
        cookies = [f"Set-Cookie: n{n}={'c' * 900}; Path=/" for n in range(30)]
        line.send(
            head(f"Location: {path}", *cookies, "Content-Length: 0", status="302 On")
        )

    press.on(path, handle)


@site(
    "sends on with a body without an end", 200, seen=("unchanged", "moved", "changed")
)
def _(press: Press, path: str) -> None:
    press.on(
        path,
        for_ever(head(f"Location: {path}/b", status="302 On"), again=b"a" * 65_536),
    )
    press.on(f"{path}/b", raw(sized(ARTICLE)))


answers(
    "sends on without saying where",
    raw(head("Content-Length: 0", status="302 On")),
    NO_REDIRECT,
)
answers(
    "gives two places to go",
    raw(head("Location: /a", "Location: /b", status="302 On")),
    404,
    NO_REDIRECT,
    RESET,
)
sends_on("to nothing", "", NO_REDIRECT)
sends_on("to spaces", "   ", NO_REDIRECT)
sends_on("with a header inside", "/x\rSet-Cookie: a=b", NO_REDIRECT, PROTOCOL, 404)
sends_on("with an encoded header inside", "/x%0d%0aSet-Cookie:%20a=b", 404)
sends_on("by backslashes", "\\\\10.0.0.1\\x", NO_REDIRECT)
sends_on(
    "as a user",
    "http://ana:secret@10.0.0.1/",
    (Refused, "address_credentials"),
    seen=("refused",),
)
sends_on(
    "to a script",
    "javascript:alert(1)",
    (Refused, "address_not_web"),
    seen=("refused",),
)
sends_on(
    "to a file", "file:///etc/passwd", (Refused, "address_not_web"), seen=("refused",)
)
sends_on(
    "to a gopher",
    "gopher://127.0.0.1:6379/_FLUSHALL",
    (Refused, "address_not_web"),
    seen=("refused",),
)
sends_on(
    "to words",
    "data:text/html,<p>words",
    (Refused, "address_not_web"),
    seen=("refused",),
)
sends_on(
    "into a private network",
    "http://10.0.0.1/",
    (Refused, "network"),
    seen=("refused",),
)
sends_on(
    "to the cloud's secrets",
    "http://169.254.169.254/latest/",
    (Refused, "network"),
    seen=("refused",),
)
sends_on(
    "to a number", "http://2852039166/latest/", (Refused, "network"), seen=("refused",)
)
sends_on("into this machine", "http://[::1]/", (Refused, "network"), seen=("refused",))
sends_on("to a zone", "http://[fe80::1%25lo]/", NO_REDIRECT)
sends_on(
    "to a closed port", "http://127.0.0.1:22/", (Refused, "port"), seen=("refused",)
)
sends_on("to a name that is none", "http://exa..mple/", NO_REDIRECT)
sends_on(
    "to 100 KB", "http://127.0.0.1/" + "a" * 100_000, NO_REDIRECT, PROTOCOL, HEADERS
)
sends_on("to 20 KB", "http://127.0.0.1/" + "a" * 20_000, NO_REDIRECT)
sends_on("to bytes", b"/\xff\xfe\xed\xa0\x80", 404, NO_REDIRECT)
sends_on("to a NUL", b"/\0", NO_REDIRECT, PROTOCOL, 404)
sends_on("the other way", "/\u202exml", NO_REDIRECT)
