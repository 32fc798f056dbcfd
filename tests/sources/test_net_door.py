"""Fetching through the one door: what comes back, and what is not let in."""

import asyncio
import contextlib
import gzip
import random
import socket
import ssl
import subprocess
import time
import zlib
from pathlib import Path

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from sources.errors import (
    AddressRefused,
    BadResponse,
    Refused,
    TooLarge,
    TooManyRedirects,
    Unreachable,
)
from sources.net import Door, DoorConfig
from tests.sources.press import Press, answer, drips, raw, stalls, validated

AGENT = "Counterclaim/0.1 (+https://example.org/contact)"


def gzipped(data: bytes) -> bytes:
    """Compressed without the time of day: a test's name must not change with it."""
    return gzip.compress(data, mtime=0)


def a_config(*presses, **limits):
    limits.setdefault("allow_networks", ("127.0.0.0/8",))
    ports = frozenset(press.port for press in presses)
    return DoorConfig(user_agent=AGENT, allow_ports=ports, **limits)


def fetch(press, url, *, names=None, validators=None, **limits):
    async def go():
        resolver = Names(names) if names is not None else None
        async with Door(a_config(press, **limits), resolver=resolver) as door:
            return await door.get(url, **(validators or {}))

    return asyncio.run(go())


class Names(AbstractResolver):
    """Names that lead where a test says; each look-up takes the next answer."""

    def __init__(self, names):
        self.names = {name: list(answers) for name, answers in names.items()}

    async def resolve(self, host, port=0, family=socket.AF_UNSPEC):
        answers = self.names.get(host)
        if answers is None:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        addresses = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(addresses, Exception):
            raise addresses
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in addresses
        ]

    async def close(self):
        pass


# --- What comes back ----------------------------------------------------------


def test_a_page_comes_back_as_it_was_answered(press):
    press.page(
        "/a", "<p>Wörter</p>", headers=[("ETag", '"v1"'), ("X-A", "1"), ("X-A", "2")]
    )

    fetched = fetch(press, press.url("/a#part"))

    assert fetched.status == 200
    assert fetched.body.decode() == "<p>Wörter</p>"
    assert (fetched.media_type, fetched.charset) == ("text/html", "utf-8")
    assert fetched.final_url == press.url("/a")
    assert fetched.address == "127.0.0.1"
    assert fetched.hops == ()
    assert fetched.etag == '"v1"'
    assert fetched.headers["x-a"] == "1, 2"
    assert fetched.wire_bytes == len(fetched.body)
    assert not fetched.truncated


def test_the_door_says_who_it_is_and_brings_nothing_of_the_environment(
    press, monkeypatch
):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9/")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    press.page("/a", "a")

    fetch(press, press.url("/a"))

    (request,) = press.requests
    assert request.method == "GET"
    assert request.headers["user-agent"] == AGENT
    assert request.headers["accept-encoding"] == "gzip, deflate, br, zstd"
    assert "cookie" not in request.headers


@pytest.mark.parametrize("status", [204, 400, 403, 404, 410, 429, 451, 500, 503, 999])
def test_any_status_is_an_answer(press, status):
    press.page("/a", "" if status == 204 else "words", status=status)

    assert fetch(press, press.url("/a")).status == status


@pytest.mark.parametrize(
    "validators",
    [{"etag": 'W/"v1"'}, {"last_modified": "Sat, 26 Oct 2024 10:00:00 GMT"}],
)
def test_whoever_has_the_page_already_hears_so(press, validators):
    press.on("/a", validated("words", **validators))

    fetched = fetch(press, press.url("/a"), validators=validators)

    assert (fetched.status, fetched.body) == (304, b"")


def test_an_archive_is_told_which_time_is_wanted(press):
    press.redirect("/a", "/b")
    press.page("/b", "words")
    then = "Mon, 12 Oct 2026 10:00:00 GMT"

    fetch(press, press.url("/a"), validators={"accept_datetime": then})

    asked = [request.headers["accept-datetime"] for request in press.requests]
    assert asked == [then, then]


def test_a_validator_that_cannot_be_sent_is_left_out(press):
    press.page("/a", "words")

    fetch(press, press.url("/a"), validators={"etag": '"a\r\nX-Evil: 1"'})

    assert "if-none-match" not in press.requests[0].headers
    assert "x-evil" not in press.requests[0].headers


def test_headers_in_latin_1_are_clean_text(press):
    press.on(
        "/a", raw(b"HTTP/1.1 200 OK\r\nX-Name: caf\xe9\r\nContent-Length: 0\r\n\r\n")
    )

    assert fetch(press, press.url("/a")).headers["x-name"] == "café"


@pytest.mark.parametrize("declared", ["", "text", "a b/c", "/", "text/html" * 40])
def test_a_media_type_that_is_none_is_empty(press, declared):
    press.page("/a", "x", media_type=declared)

    assert fetch(press, press.url("/a")).media_type == ""


def test_one_door_serves_many_at_once_and_keeps_its_connections(press):
    press.page("/a", "words")

    async def go():
        async with Door(a_config(press)) as door:
            await asyncio.gather(*(door.get(press.url("/a")) for _ in range(20)))
            opened = press.connections
            await asyncio.gather(*(door.get(press.url("/a")) for _ in range(20)))
            return opened

    opened = asyncio.run(go())

    assert press.connections == opened
    assert len(press.requests) == 40


def test_a_stalled_site_costs_the_others_nothing(press):
    press.on("/stalls", stalls)
    press.page("/a", "words")

    async def go():
        async with Door(a_config(press, total_seconds=2)) as door:
            slow = [door.get(press.url("/stalls")) for _ in range(50)]
            quick = [door.get(press.url("/a")) for _ in range(50)]
            return await asyncio.gather(*slow, *quick, return_exceptions=True)

    results = asyncio.run(go())

    assert {type(r) for r in results[:50]} == {Unreachable}
    assert {r.status for r in results[50:]} == {200}
    assert all(r.duration_ms < 450 for r in results[50:])


def test_a_door_that_is_not_open_says_so():
    with pytest.raises(RuntimeError, match="async with"):
        asyncio.run(Door(a_config()).get("http://example.org/"))


# --- Redirects ------------------------------------------------------------------


def test_redirects_are_followed_and_recorded(press):
    press.redirect("/a", "b?x=1#part", status=301)
    press.redirect("/b", press.url("/c d"), status=308)
    press.page("/c%20d", "words")

    fetched = fetch(press, press.url("/a"))

    assert fetched.final_url == press.url("/c%20d")
    assert [(h.url, h.status, h.address) for h in fetched.hops] == [
        (press.url("/a"), 301, "127.0.0.1"),
        (press.url("/b?x=1"), 308, "127.0.0.1"),
    ]


def test_ten_hops_are_followed_and_no_more(press):
    for n in range(11):
        press.redirect(f"/{n}", f"/{n + 1}")
    press.page("/11", "words")

    assert len(fetch(press, press.url("/1")).hops) == 10
    with pytest.raises(TooManyRedirects) as error:
        fetch(press, press.url("/0"))
    assert error.value.reason == "too_many"
    assert len(error.value.hops) == 11


def test_a_circle_ends_at_once(press):
    press.redirect("/a", "/b")
    press.redirect("/b", "/a")

    with pytest.raises(TooManyRedirects) as error:
        fetch(press, press.url("/a"))

    assert error.value.reason == "loop"
    assert len(press.requests) == 2


def test_a_site_that_wants_its_cookie_back_gets_it_on_the_way(press):
    def wants_cookie(request, line):
        if request.headers.get("cookie") == "seen=1":
            answer("words")(request, line)
        else:
            answer(status=302, headers=[("Location", "/a"), ("Set-Cookie", "seen=1")])(
                request, line
            )

    press.on("/a", wants_cookie)

    assert fetch(press, press.url("/a")).body == b"words"
    assert fetch(press, press.url("/a")).hops != ()  # nothing is kept for the next time


@pytest.mark.parametrize(
    ("location", "kind", "reason"),
    [
        ("", BadResponse, "redirect"),
        ("http://", BadResponse, "redirect"),
        ("http://[::1", BadResponse, "redirect"),
        ("http://exa..mple/", BadResponse, "redirect"),
        ("\\\\example.org\\a", BadResponse, "redirect"),
        ("http://" + "a" * 3000, BadResponse, "redirect"),
        ("file:///etc/passwd", Refused, "address_not_web"),
        ("gopher://127.0.0.1:6379/_FLUSHALL", Refused, "address_not_web"),
        ("javascript:alert(1)", Refused, "address_not_web"),
        ("http://ana:secret@127.0.0.1/", Refused, "address_credentials"),
        ("http://10.0.0.1/", Refused, "network"),
        ("http://169.254.169.254/latest/meta-data/", Refused, "network"),
        ("//[::1]/", Refused, "network"),
        ("http://2852039166/", Refused, "network"),
        ("http://127.0.0.1:22/", Refused, "port"),
    ],
)
def test_a_redirect_to_nowhere_good_is_not_followed(press, location, kind, reason):
    press.redirect("/a", location)

    with pytest.raises(kind) as error:
        fetch(press, press.url("/a"))

    assert error.value.reason == reason
    assert len(press.requests) == 1


# --- Where it does not lead -----------------------------------------------------


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f.1",
        "0177.1",
        "①②⑦.0.0.1",
        "127。0。0。1",
        "localhost",
        "LOCALHOST.",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "0",
    ],
)
def test_nothing_is_sent_into_a_closed_network(press, host):
    with pytest.raises((Refused, AddressRefused)):
        fetch(press, f"http://{host}:{press.port}/", allow_networks=())

    assert press.connections == 0


@pytest.mark.parametrize(
    "answers",
    [
        [["127.0.0.1"]],
        [["::1"]],
        [["::ffff:127.0.0.1"]],
        [["127.0.0.1", "93.184.215.14"]],
        [["64:ff9b::7f00:1"]],
    ],
)
def test_a_name_that_leads_into_a_closed_network_is_refused(press, answers):
    names = {"press.example": answers}

    with pytest.raises(Refused) as error:
        fetch(
            press, press.url("/", host="press.example"), names=names, allow_networks=()
        )

    assert error.value.reason == "network"
    assert press.connections == 0


def test_a_name_that_changes_its_mind_gets_no_second_chance(press):
    press.redirect("/a", f"http://other.example:{press.port}/b")
    names = {"press.example": [["127.0.0.1"]], "other.example": [["127.0.0.2"]]}

    with pytest.raises(Refused) as error:
        fetch(
            press,
            press.url("/a", host="press.example"),
            names=names,
            allow_networks=("127.0.0.1/32",),
        )

    assert [hop.status for hop in error.value.hops] == [302]
    assert press.connections == 1


def test_an_address_that_is_none_is_refused_as_such(press):
    with pytest.raises(AddressRefused):
        fetch(press, "ftp://example.org/")


# --- No answer --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        (socket.gaierror(socket.EAI_NONAME, "not known"), "no_such_name"),
        (socket.gaierror(socket.EAI_AGAIN, "try again"), "dns"),
        (socket.gaierror(socket.EAI_FAIL, "failed"), "dns"),
        (socket.gaierror(socket.EAI_NODATA, "no address"), "dns"),
    ],
)
def test_no_such_name_is_told_from_other_troubles_with_names(press, trouble, reason):
    with pytest.raises(Unreachable) as error:
        fetch(press, press.url("/", host="a.example"), names={"a.example": [trouble]})

    assert error.value.reason == reason


def test_a_closed_port_is_no_connection():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with Press() as press:
        press.port = port

        with pytest.raises(Unreachable) as error:
            fetch(press, f"http://127.0.0.1:{port}/")

    assert error.value.reason == "connect"


@pytest.mark.parametrize(
    ("data", "kind", "reason"),
    [
        (b"", Unreachable, "reset"),
        (b"HTTP/1.1 200 OK\r\nContent-Le", Unreachable, "reset"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", BadResponse, "protocol"),
        (b"HTTP/1.1 abc OK\r\n\r\n", BadResponse, "protocol"),
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nwords",
            BadResponse,
            "protocol",
        ),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nwords", BadResponse, "cut_off"),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nwords\r\n",
            BadResponse,
            "cut_off",
        ),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nwords\r\n",
            BadResponse,
            "protocol",
        ),
    ],
)
def test_an_answer_that_is_none_is_told_as_what_it_is(press, data, kind, reason):
    press.on("/a", raw(data))

    with pytest.raises(kind) as error:
        fetch(press, press.url("/a"))

    assert error.value.reason == reason


@pytest.mark.parametrize(
    "handler",
    [
        stalls,
        drips(b"HTTP/1.1 200 OK\r\n" + b"X-Drip: 1\r\n" * 1000, every=0.02),
        drips(
            b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n" + b"a" * 9999, every=0.02
        ),
    ],
)
def test_a_site_that_never_ends_is_left_in_time(press, handler):
    press.on("/a", handler)
    began = time.monotonic()

    with pytest.raises(Unreachable) as error:
        fetch(press, press.url("/a"), total_seconds=0.4)

    assert error.value.reason == "timeout"
    assert time.monotonic() - began < 3


def test_hops_count_into_the_time_of_the_whole(press):
    press.redirect("/a", "/b")
    press.on("/b", stalls)

    with pytest.raises(Unreachable) as error:
        fetch(press, press.url("/a"), total_seconds=0.4)

    assert [hop.status for hop in error.value.hops] == [302]


def test_a_certificate_nobody_vouches_for_is_told(tmp_path):
    with Press(tls=self_signed(tmp_path)) as press:
        press.page("/a", "words")

        with pytest.raises(Unreachable) as error:
            fetch(press, press.url("/a"))

    assert error.value.reason == "tls"
    assert press.requests == []


def test_a_site_that_speaks_no_tls_is_unreachable(press):
    with pytest.raises(Unreachable) as error:
        fetch(press, press.url("/a").replace("http:", "https:"))

    assert error.value.reason in {"tls", "connect"}  # whichever it notices first
    assert press.requests == []


@pytest.mark.parametrize("greeting", [b"\x16\x03 \x01 a\nb\n\n", b"\x16\x03\n"])
def test_what_is_no_request_is_none_to_the_press_of_these_tests(press, greeting):
    with socket.create_connection((press.host, press.port), timeout=10) as line:
        line.sendall(greeting)
        assert line.recv(1) == b""

    assert press.requests == []


def self_signed(folder):
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt"),
            *("ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"),
            *("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"),
            *("-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


# --- How much is let in ---------------------------------------------------------


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


# --- What is sent -------------------------------------------------------------


def send(press, url, *, headers=None, **limits):
    async def go():
        async with Door(a_config(press, **limits)) as door:
            sent = {"Content-Type": "application/json"} | (headers or {})
            return await door.post(url, content=b'{"a": 1}', headers=sent)

    return asyncio.run(go())


def test_what_is_sent_arrives_with_its_headers(press):
    url = press.page("/ask", "told")

    fetched = send(press, url, headers={"Authorization": "Bearer secret"})

    (request,) = press.asked_for("/ask")
    assert fetched.body == b"told"
    assert (request.method, request.body) == ("POST", b'{"a": 1}')
    assert request.headers["authorization"] == "Bearer secret"
    assert request.headers["content-type"] == "application/json"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("to", ["/elsewhere", "http://169.254.169.254/", "http://x/"])
def test_what_is_sent_is_sent_to_nobody_else(press, status, to):
    url = press.redirect("/ask", to, status=status)

    with pytest.raises(BadResponse) as refused:
        send(press, url, headers={"Authorization": "Bearer secret"})

    assert refused.value.reason == "redirect"
    assert [request.path for request in press.requests] == ["/ask"]


def test_nothing_is_sent_into_a_closed_network_either(press):
    with pytest.raises(Refused) as refused:
        send(press, press.url("/ask"), allow_networks=())

    assert refused.value.reason == "network"
    assert press.requests == []


def test_a_header_with_a_line_in_it_is_not_sent(press):
    with pytest.raises(ValueError, match="Authorization"):
        send(press, press.url("/ask"), headers={"Authorization": "a\r\nHost: b"})

    assert press.requests == []
