"""Sites that pack what they send badly, or far too well."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from functools import cache

import brotli
import zstandard

from tests.sources.hostile.sites.making import (
    ARTICLE,
    CUT_OFF,
    ENCODING,
    TOO_LARGE,
    answers,
    site,
    sized,
    void,
)
from tests.sources.press import Press, raw

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
