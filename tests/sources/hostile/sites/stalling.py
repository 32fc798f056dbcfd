"""Sites that keep their visitors waiting."""

from __future__ import annotations

import gzip

from tests.sources.hostile.sites.making import (
    CHUNKED,
    TIMEOUT,
    answers,
    head,
    site,
    sized,
    then_stalls,
)
from tests.sources.press import Press, drips, stalls

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
