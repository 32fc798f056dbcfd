"""Fetching through the one door: what comes back, and where it does not lead."""

import asyncio

import pytest

from sources.errors import (
    AddressRefused,
    BadResponse,
    Refused,
    TooManyRedirects,
    Unreachable,
)
from sources.net import Door
from tests.sources.knocking import AGENT, a_config, fetch
from tests.sources.press import answer, raw, stalls, validated

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
