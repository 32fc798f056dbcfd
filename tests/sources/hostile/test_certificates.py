"""Sites whose encryption is not in order: nothing is sent to them."""

import asyncio
import socket
import ssl
import threading
import warnings

import pytest

from sources.errors import Unreachable
from sources.net import Door, DoorConfig
from tests.sources.hostile.certificates import Authority
from tests.sources.hostile.watching import Gullible
from tests.sources.press import Press


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def trusted(authority, monkeypatch):
    """The authority, which this machine trusts for the time of a test."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.root))
    return authority


def fetch(port, url, **limits):
    config = DoorConfig(
        user_agent="Counterclaim/0.1 (+https://example.org/contact)",
        allow_networks=("127.0.0.0/8",),
        allow_ports=frozenset({port}),
        **limits,
    )

    async def go():
        async with Door(config, resolver=Gullible()) as door:
            return await door.get(url)

    return asyncio.run(go())


def refused(press, url=""):
    with pytest.raises(Unreachable) as error:
        fetch(press.port, url or press.url("/a"))
    assert press.requests == []
    return error.value


def test_a_site_in_order_is_read(trusted):
    with Press(tls=trusted.vouched("IP:127.0.0.1,DNS:site.example")) as press:
        press.page("/a", "words")

        assert fetch(press.port, press.url("/a")).body == b"words"
        named = press.url("/a", host="site.example")
        assert fetch(press.port, named).body == b"words"


@pytest.mark.parametrize(
    ("names", "how"),
    [
        ("IP:127.0.0.1", {"by_itself": True}),
        ("IP:127.0.0.1", {"until": "20200201"}),
        ("IP:127.0.0.1", {"since": "20800101"}),
        ("IP:127.0.0.2", {}),
        ("DNS:site.example", {}),
        ("DNS:127.0.0.1", {}),
        ("", {}),
    ],
    ids=["self-signed", "expired", "not yet", "other host", "a name", "a number as a name", "no name"],
)  # fmt: skip
def test_a_certificate_that_is_not_in_order_is_told(trusted, names, how):
    with Press(tls=trusted.vouched(names, **how)) as press:
        error = refused(press)

    assert error.reason == "tls"
    assert "certificate" in str(error)


@pytest.mark.parametrize(
    "names", ["DNS:other.example", "DNS:*.example", "DNS:*.site.example", "DNS:*"]
)
def test_a_certificate_of_another_name_is_told(trusted, names):
    with Press(tls=trusted.vouched(names)) as press:
        error = refused(press, press.url("/a", host="www.site.other.example"))

    assert error.reason == "tls"


def test_an_authority_that_nobody_trusts_is_told(authority):
    with Press(tls=authority.vouched()) as press:
        assert refused(press).reason == "tls"


def test_encryption_of_old_is_told(trusted):
    context = trusted.vouched()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.maximum_version = ssl.TLSVersion.TLSv1_1
        context.minimum_version = ssl.TLSVersion.TLSv1
    context.set_ciphers("ALL:@SECLEVEL=0")

    with Press(tls=context) as press:
        assert refused(press).reason in {"tls", "reset"}


@pytest.mark.parametrize(
    ("hello", "reasons"),
    [
        (None, {"timeout"}),
        (b"", {"tls", "reset", "connect"}),
        (b"\x16\x03\x03", {"timeout"}),
        (b"\x15\x03\x03\x00\x02\x02\x28", {"tls", "connect"}),
        (b"\x16\x03\x03\x40\x00" + b"\x02\x00\x3f\xfc" + b"a" * 16_380, {"tls", "connect"}),
        (b"HTTP/1.1 400 Plain\r\n\r\n", {"tls", "connect"}),
        (b"noise" * 999, {"tls", "connect"}),
    ],
    ids=["stalls", "hangs up", "stalls in a record", "alert", "garbled hello", "plain", "noise"],
)  # fmt: skip
def test_a_handshake_that_goes_wrong_ends_in_time(hello, reasons):
    with Shaker(hello) as shaker, pytest.raises(Unreachable) as error:
        fetch(shaker.port, f"https://127.0.0.1:{shaker.port}/", total_seconds=0.5)

    assert error.value.reason in reasons


def test_a_handshake_that_stalls_costs_the_next_page_nothing(trusted):
    with Shaker(None) as shaker, Press(tls=trusted.vouched()) as press:
        press.page("/a", "words")
        config = DoorConfig(
            user_agent="t",
            allow_networks=("127.0.0.0/8",),
            allow_ports=frozenset({shaker.port, press.port}),
            total_seconds=2,
        )

        async def go():
            async with Door(config) as door:
                stalled = [
                    asyncio.create_task(door.get(f"https://127.0.0.1:{shaker.port}/"))
                    for _ in range(20)
                ]
                page = await door.get(press.url("/a"))
                told = await asyncio.gather(*stalled, return_exceptions=True)
                return page, told

        page, told = asyncio.run(go())

    assert page.body == b"words"
    assert {error.reason for error in told} == {"timeout"}


def test_a_redirect_to_a_site_that_is_not_in_order_is_told(trusted):
    with Press() as press, Press(tls=trusted.vouched("IP:127.0.0.9")) as bad:
        press.redirect("/a", bad.url("/b"))
        config = DoorConfig(
            user_agent="t",
            allow_networks=("127.0.0.0/8",),
            allow_ports=frozenset({bad.port, press.port}),
        )

        async def go():
            async with Door(config) as door:
                return await door.get(press.url("/a"))

        with pytest.raises(Unreachable) as error:
            asyncio.run(go())

    assert error.value.reason == "tls"
    assert [hop.status for hop in error.value.hops] == [302]
    assert bad.requests == []


class Shaker:
    """Answers the first bytes of a handshake with these, or with silence."""

    def __init__(self, hello: bytes | None):
        self._hello = hello
        self._lines: list[socket.socket] = []

    def __enter__(self):
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object):
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(5)
        for line in self._lines:
            line.close()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            self._lines.append(line)
            if self._hello is None:
                continue
            line.recv(65_536)
            line.sendall(self._hello)
            if len(self._hello) != 3:
                line.close()
