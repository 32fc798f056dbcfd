"""Sites that lie about how long their answers are, or tell no end."""

from __future__ import annotations

from tests.sources.hostile.sites.making import (
    ARTICLE,
    CHUNKED,
    CUT_OFF,
    HEADERS,
    PROTOCOL,
    TIMEOUT,
    TOO_LARGE,
    answers,
    for_ever,
    head,
    sized,
)
from tests.sources.press import raw

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
