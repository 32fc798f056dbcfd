"""Polite visits: what a robots.txt lets us ask for, as the sites see it."""

import asyncio
from datetime import timedelta

import pytest

from sources.errors import Refused, RobotsForbid, Unreachable
from sources.net.manners import Known, RobotsSaid
from tests.factories import NOON
from tests.sources.press import Press, answer, drips, raw, stalls
from tests.sources.visiting import (
    Clock,
    Moments,
    Visit,
    a_press_of_its_own,
    origin_of,
    robots,
    timed,
    visit,
)


@pytest.fixture
def press():
    with a_press_of_its_own() as press:
        yield press


def test_a_page_that_robots_txt_forbids_is_not_asked_for(press):
    robots(press, "User-agent: *\nDisallow: /a")
    press.page("/a", "words")
    press.page("/b", "words")

    forbidden, fetched = visit(press, press.url("/a"), press.url("/b"))

    assert isinstance(forbidden, RobotsForbid)
    assert forbidden.reason == "disallowed"
    assert fetched.status == 200
    assert press.asked_for("/a") == []


def test_a_redirect_to_a_page_that_is_forbidden_ends_there(press):
    robots(press, "User-agent: Counterclaim\nDisallow: /b")
    press.redirect("/a", "/b")

    (forbidden,) = visit(press, press.url("/a"))

    assert isinstance(forbidden, RobotsForbid)
    assert [hop.url for hop in forbidden.hops] == [press.url("/a")]
    assert press.asked_for("/b") == []


def test_robots_txt_itself_may_be_a_source(press):
    robots(press, "User-agent: *\nDisallow: /")

    (fetched,) = visit(press, press.url("/robots.txt"))

    assert fetched.body.startswith(b"User-agent")
    assert len(press.requests) == 1


def test_all_who_come_at_once_ask_for_it_once(press):
    press.page("/a", "words")

    answers = visit(press, *[press.url("/a")] * 20)

    assert {answer.status for answer in answers} == {200}
    assert len(press.asked_for("/robots.txt")) == 1


def test_each_port_and_each_name_has_its_own(press):
    robots(press, "User-agent: *\nDisallow: /")
    with Press() as other:
        other.page("/a", "words")

        async def go():
            async with Visit(press) as visit:
                visit.door._guard._ports = visit.door._guard._ports | {other.port}
                return await visit.get_all(press.url("/a"), other.url("/a"))

        forbidden, fetched = asyncio.run(go())

    assert isinstance(forbidden, RobotsForbid)
    assert fetched.status == 200


@pytest.mark.parametrize(
    ("status", "standing"),
    [
        (200, "rules"),
        (204, "none"),
        (400, "none"),
        (401, "none"),
        (403, "none"),
        (404, "none"),
        (410, "none"),
        (451, "none"),
        (429, "unreachable"),
        (500, "unreachable"),
        (502, "unreachable"),
        (503, "unreachable"),
        (999, "unreachable"),
    ],
)
def test_what_its_status_means(press, status, standing):
    robots(press, "User-agent: *\nDisallow: /b" if status != 204 else "", status=status)
    press.page("/a", "words")

    async def go():
        async with Visit(press) as visit:
            (answer,) = await visit.get_all(press.url("/a"))
            return answer, visit.courtesy.news().robots

    answer, (said,) = asyncio.run(go())

    assert (said.origin, said.standing) == (origin_of(press), standing)
    assert said.http_status == status
    assert said.fetched_at == said.standing_since == NOON
    if standing != "unreachable":
        assert answer.status == 200
    elif status == 429:
        assert (answer.code, answer.reason) == ("not_now", "paused")
    else:
        assert (answer.code, answer.reason) == ("robots", "unreachable")
        assert press.asked_for("/a") == []


@pytest.mark.parametrize(
    "handler",
    [
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nUser-agent: *"),
        raw(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nno gzip"),
        raw(b"nonsense\r\n\r\n"),
        raw(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n"),
        raw(b""),
        answer(status=301, headers=[("Location", "http://127.0.0.3:22/")]),
        answer(status=301, headers=[("Location", "http://10.0.0.1/robots.txt")]),
        answer(status=301, headers=[("Location", "ftp://paper.example/")]),
    ],
)
def test_what_cannot_be_read_is_a_no(press, handler):
    press.on("/robots.txt", handler)
    press.page("/a", "words")

    (answer,) = visit(press, press.url("/a"))

    assert isinstance(answer, RobotsForbid)
    assert answer.reason == "unreachable"
    assert press.asked_for("/a") == []


@pytest.mark.parametrize(
    "handler",
    [stalls, drips(b"HTTP/1.1 200 OK\r\n" + b"X-Drip: 1\r\n" * 99, every=0.02)],
)
def test_one_that_never_ends_is_a_no_and_is_not_the_pages_fault(
    press, handler, monkeypatch
):
    monkeypatch.setattr("sources.net.heeding._PATIENCE_SECONDS", 0.3)
    press.on("/robots.txt", handler)

    (answer,) = visit(press, press.url("/a"))

    assert isinstance(answer, RobotsForbid)
    assert answer.reason == "unreachable"


def test_redirects_of_it_are_followed_even_to_where_nobody_may_go(press):
    press.redirect("/robots.txt", "/1")
    for n in range(1, 5):
        press.redirect(f"/{n}", f"/{n + 1}")
    press.page("/5", "User-agent: *\nDisallow: /", media_type="text/plain")

    (answer,) = visit(press, press.url("/a"))

    assert isinstance(answer, RobotsForbid)
    assert answer.reason == "disallowed"


@pytest.mark.parametrize("far", [6, 100])
def test_one_that_sends_on_and_on_is_none(press, far):
    press.redirect("/robots.txt", "/1")
    for n in range(1, far):
        press.redirect(f"/{n}", f"/{n + 1 if far == 6 else 1}")
    press.page("/6", "User-agent: *\nDisallow: /")
    press.page("/a", "words")

    (answer,) = visit(press, press.url("/a"))

    assert answer.status == 200
    assert press.asked_for("/6") == []


def test_of_a_large_one_the_beginning_counts(press):
    robots(press, b"User-agent: *\nDisallow: /a\n" + b"#" * 6_000_000)

    async def go():
        async with Visit(press) as visit:
            answers = await visit.get_all(press.url("/a"), press.url("/b"))
            return answers, visit.courtesy.news().robots

    (forbidden, fetched), (said,) = asyncio.run(go())

    assert forbidden.reason == "disallowed"
    assert fetched.status == 404
    assert len(said.text) <= 500 * 1024


def test_a_site_that_is_not_there_is_told_apart_from_one_that_says_no():
    with Press() as gone:
        url = gone.url("/a")

    (answer,) = visit(gone, url)

    assert isinstance(answer, Unreachable)
    assert answer.reason == "connect"


def test_a_forbidden_address_is_refused_before_anybody_is_asked(press):
    (answer,) = visit(press, "http://10.0.0.1/a")

    assert isinstance(answer, Refused)


def test_it_is_asked_for_again_after_a_day_or_a_quarter_of_an_hour(press):
    clock = Clock()
    press.page("/a", "words")

    async def go():
        async with Visit(press, clock=clock) as visit:
            for status, hours in ((404, 0), (404, 23), (503, 1.1), (404, 0.2)):
                clock.pass_time(hours=hours)
                robots(press, "", status=status)
                yield (await visit.get_all(press.url("/a")))[0]
            clock.pass_time(hours=0.1)
            yield (await visit.get_all(press.url("/a")))[0]

    async def all_of_it():
        return [answer async for answer in go()]

    first, same_day, broken, still, mended = asyncio.run(all_of_it())

    assert (first.status, same_day.status, mended.status) == (200, 200, 200)
    assert (broken.code, still.code) == ("robots", "robots")
    assert len(press.asked_for("/robots.txt")) == 3


def test_after_thirty_days_without_it_the_site_is_asked(press):
    clock = Clock()
    robots(press, "", status=500)
    press.page("/a", "words")

    async def go():
        async with Visit(press, clock=clock) as visit:
            for days in (0, 29, 1):
                clock.pass_time(days=days)
                (answer,) = await visit.get_all(press.url("/a"))
                (said,) = visit.courtesy.news().robots
                yield answer, said

    async def all_of_it():
        return [found async for found in go()]

    (first, _), (later, _), (last, said) = asyncio.run(all_of_it())

    assert (first.code, later.code, last.status) == ("robots", "robots", 200)
    assert said.standing_since == NOON


def test_a_crawl_delay_is_a_longer_gap_within_what_is_waited(press):
    moments = Moments()
    robots(press, "User-agent: *\nCrawl-delay: 0.2")
    press.on("/a", timed(answer("words"), moments))

    async def go(most_gap):
        async with Visit(press, least_gap=0.01, most_gap=most_gap) as visit:
            for _ in range(3):
                await visit.get(press.url("/a"))

    asyncio.run(go(30))
    assert moments.kept_apart(0.2)

    robots(press, "User-agent: *\nCrawl-delay: 9")
    asyncio.run(go(0.05))  # nobody waits for nine seconds
    assert len(moments) == 6


def test_what_the_rows_say_is_not_asked_for(press):
    clock = Clock()
    said = RobotsSaid(
        origin=origin_of(press),
        standing="rules",
        http_status=200,
        text="User-agent: *\nDisallow: /a",
        fetched_at=NOON - timedelta(hours=23),
        standing_since=NOON - timedelta(days=9),
    )

    async def go():
        async with Visit(press, clock=clock) as visit:
            visit.courtesy.know(Known(robots=(said,)))
            assert origin_of(press) in visit.courtesy.fresh()
            assert "https://paper.example" not in visit.courtesy.fresh()
            (answer,) = await visit.get_all(press.url("/a"))
            clock.pass_time(hours=1)
            assert origin_of(press) not in visit.courtesy.fresh()
            return answer

    assert asyncio.run(go()).reason == "disallowed"
    assert press.requests == []
