"""Fetching through the one door: what it says where no answer comes."""

import socket
import ssl
import subprocess
import time

import pytest

from sources.errors import (
    BadResponse,
    Unreachable,
)
from tests.sources.knocking import fetch
from tests.sources.press import Press, drips, raw, stalls


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
