"""What goes out through the one door arrives, and at nobody else."""

import asyncio

import pytest

from sources.errors import (
    BadResponse,
    Refused,
)
from sources.net import Door
from tests.sources.knocking import a_config


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
