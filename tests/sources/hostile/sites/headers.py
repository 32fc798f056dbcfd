"""Sites with headers that are none, or too many."""

from __future__ import annotations

from tests.sources.hostile.sites.making import (
    ARTICLE,
    HEADERS,
    PROTOCOL,
    RESET,
    TIMEOUT,
    answers,
    for_ever,
    head,
    sized,
)
from tests.sources.press import raw

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
