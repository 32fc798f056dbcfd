"""Fetching through the one door: how much is let in, and how it is packed."""

import asyncio
import contextlib
import gzip
import random
import time
import zlib
from pathlib import Path

import pytest

from sources.errors import (
    BadResponse,
    Refused,
    TooLarge,
    Unreachable,
)
from sources.net import Door
from tests.sources.knocking import a_config, fetch, gzipped
from tests.sources.press import raw, stalls


def test_a_page_at_the_limit_is_read_and_one_past_it_is_not(press):
    press.page("/fits", b"a" * 1000)
    press.page("/over", b"a" * 1001)
    press.on("/endless", raw(b"HTTP/1.1 200 OK\r\n\r\n" + b"a" * 100_000))

    assert len(fetch(press, press.url("/fits"), max_body_bytes=1000).body) == 1000
    for path in ("/over", "/endless"):
        with pytest.raises(TooLarge):
            fetch(press, press.url(path), max_body_bytes=1000)


def packed(data, encoding):
    if encoding == "gzip":
        return gzipped(data)
    if encoding == "deflate":
        return zlib.compress(data)
    return zlib.compress(data, wbits=-15)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "bare deflate"])
def test_compressed_pages_are_opened(press, encoding):
    words = random.Random(4).randbytes(200_000).hex()
    name = encoding.removeprefix("bare ")
    data = packed(words.encode(), encoding)
    press.page("/a", data, headers=[("Content-Encoding", name)])

    fetched = fetch(press, press.url("/a"))

    assert fetched.body.decode() == words
    assert fetched.wire_bytes == len(data)


@pytest.mark.parametrize(
    ("data", "encoding", "expected"),
    [
        (gzipped(b"one ") + gzipped(b"two"), "gzip", b"one two"),
        (gzipped(b"words") + b"trailing", "x-gzip", b"words"),
        (gzipped(gzipped(b"words")), "gzip, gzip", b"words"),
        (b"", "gzip", b""),
        (b"words", "identity", b"words"),
        (b"words", "utf-8", b"words"),
    ],
)
def test_odd_but_honest_compression_is_read(press, data, encoding, expected):
    press.page("/a", data, headers=[("Content-Encoding", encoding)])

    assert fetch(press, press.url("/a")).body == expected


@pytest.mark.parametrize(
    ("data", "encoding", "reason"),
    [
        (b"plain words", "gzip", "encoding"),
        (b"plain words", "deflate", "encoding"),
        (gzipped(b"words" * 100)[:-12], "gzip", "cut_off"),
        (b"\x1f", "gzip", "cut_off"),
        (gzipped(b"words")[:-8] + b"\0" * 8, "gzip", "encoding"),
        (b"words", "br", "encoding"),
        (b"words", "zstd", "encoding"),
        (b"words", "gzip, gzip, gzip", "encoding"),
    ],
)
def test_compression_that_lies_is_told(press, data, encoding, reason):
    press.page("/a", data, headers=[("Content-Encoding", encoding)])

    with pytest.raises(BadResponse) as error:
        fetch(press, press.url("/a"))

    assert error.value.reason == reason


@pytest.mark.parametrize("layers", [1, 2])
def test_a_bomb_stops_early(press, layers):
    bomb = gzip.compress(bytes(200 * 1024 * 1024), compresslevel=1)
    for _ in range(layers - 1):
        bomb = gzip.compress(bomb)
    press.page("/a", bomb, headers=[("Content-Encoding", ", ".join(["gzip"] * layers))])
    began = time.process_time()

    with pytest.raises(TooLarge):
        fetch(press, press.url("/a"))

    assert time.process_time() - began < 1


def test_an_error_page_that_is_broken_is_still_that_error(press):
    press.page("/over", b"a" * 2000, status=404)
    press.page("/lies", b"plain", status=410, headers=[("Content-Encoding", "gzip")])
    press.on("/cut", raw(b"HTTP/1.1 503 Busy\r\nContent-Length: 50\r\n\r\nwords"))

    seen = [
        fetch(press, press.url(p), max_body_bytes=1000)
        for p in ("/over", "/lies", "/cut")
    ]

    assert [(f.status, f.truncated) for f in seen] == [
        (404, True),
        (410, True),
        (503, True),
    ]
    assert len(seen[0].body) == 1000


@pytest.mark.parametrize(
    "headers",
    [
        "X-Long: " + "a" * 40_000 + "\r\n",
        "X-Many: " + "a" * 3_000 + "\r\n",
        "X-Countless: 1\r\n",
    ],
)
def test_headers_past_the_limit_are_not_read(press, headers):
    data = "HTTP/1.1 200 OK\r\n" + headers * (300_000 // len(headers)) + "\r\nwords"
    press.on("/a", raw(data.encode()))

    with pytest.raises(BadResponse):
        fetch(press, press.url("/a"))


def test_the_next_page_is_unharmed_after_each_trouble(press):
    press.on("/stalls", stalls)
    press.on("/lies", raw(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nwords"))
    press.page("/over", b"a" * 2000)
    press.redirect("/away", "http://10.0.0.1/")
    press.page("/a", "words")

    async def go():
        seen = []
        async with Door(
            a_config(press, max_body_bytes=1000, total_seconds=0.3)
        ) as door:
            for path in ("/stalls", "/lies", "/over", "/away"):
                with pytest.raises((Unreachable, BadResponse, TooLarge, Refused)):
                    await door.get(press.url(path))
                seen.append((await door.get(press.url("/a"))).body)
        return seen

    assert asyncio.run(go()) == [b"words"] * 4


def test_a_closed_door_leaves_nothing_open(press):
    press.page("/a", "words")
    before = open_files()

    fetch(press, press.url("/a"))

    assert [name for name in open_files() - before if "eventpoll" in name] == []


def open_files():
    names = set()
    for link in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError):
            names.add(f"{link.name} {link.readlink()}")
    return names
