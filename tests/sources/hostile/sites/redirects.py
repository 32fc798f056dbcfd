"""Sites that send their visitors on and on, or where they should not go."""

from __future__ import annotations

import itertools

from sources.errors import (
    Refused,
)
from tests.sources.hostile.sites.making import (
    ARTICLE,
    HEADERS,
    LOOP,
    NO_REDIRECT,
    PROTOCOL,
    RESET,
    TOO_MANY,
    TROUBLE,
    Expected,
    answers,
    for_ever,
    head,
    site,
    sized,
)
from tests.sources.press import Line, Press, Request, raw


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
