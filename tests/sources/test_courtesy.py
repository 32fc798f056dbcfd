"""Polite visits: robots.txt, turns and pauses, as the sites see them."""

import asyncio
import random
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from datetime import timedelta

import pytest
import redis
from django.conf import settings

from sources.canonical import parse
from sources.errors import NotNow, Refused, RobotsForbid, Unreachable
from sources.net.courteous import Turn
from sources.net.courtesy import Courtesy
from sources.net.manners import HostSaid, Known, RobotsSaid
from tests.environment import PROJECT
from tests.factories import NOON
from tests.sources.press import Press, answer, drips, raw, stalls
from tests.sources.visiting import (
    Clock,
    Visit,
    a_name,
    gaps,
    manners,
    timed,
    visit,
)

GAP = 0.06
NEARLY = 0.4  # a busy machine wakes one late, and the next in time


@pytest.fixture
def press():
    """On a number of its own: the turns at a machine outlast a test."""
    number = ".".join(str(random.randint(1, 250)) for _ in range(3))
    with Press(host=f"127.{number}") as press:
        yield press


def robots(press, text, **how):
    how.setdefault("media_type", "text/plain")
    return press.page("/robots.txt", text, **how)


def origin_of(press):
    return press.url("/").rstrip("/")


# --- Turns, as the site sees them -----------------------------------------------


def test_one_site_is_asked_by_one_at_a_time(press):
    moments: list[float] = []
    press.on("/a", timed(answer("words"), moments))

    visit(press, *[press.url("/a")] * 5, least_gap=GAP)

    assert len(moments) == 5
    assert min(gaps(moments)) >= GAP * NEARLY
    assert sum(gaps(moments)) >= 4 * GAP * 0.95


def test_its_robots_txt_is_one_of_the_requests(press):
    moments: list[float] = []
    press.on("/robots.txt", timed(answer(status=404), moments))
    press.on("/a", timed(answer("words"), moments))

    visit(press, press.url("/a"), least_gap=GAP)

    assert len(moments) == 2
    assert min(gaps(moments)) >= GAP * NEARLY


def test_two_names_of_one_machine_share_its_turns(press):
    moments: list[float] = []
    press.on("/a", timed(answer("words"), moments))
    names = [a_name(), a_name(), press.host]

    visit(press, *(press.url("/a", host=name) for name in names), least_gap=GAP)

    assert len(moments) == 3
    assert min(gaps(moments)) >= GAP * NEARLY


ANOTHER_PROCESS = """
import asyncio, sys
from sources.net import Door, DoorConfig
from sources.net.courtesy import Courtesy
from sources.net.manners import Manners

async def go(redis_url, gap, port, urls):
    manners = Manners(user_agent="Counterclaim", redis_url=redis_url, least_gap=gap)
    config = DoorConfig(
        user_agent="Counterclaim",
        allow_networks=("127.0.0.0/8",),
        allow_ports=frozenset({port}),
    )
    async with Door(config, courtesy=Courtesy(manners)) as door:
        print("ready", flush=True)
        sys.stdin.readline()
        await asyncio.gather(*map(door.get, urls), return_exceptions=True)

redis_url, gap, port, *urls = sys.argv[1:]
asyncio.run(go(redis_url, float(gap), int(port), urls))
"""


@contextmanager
def processes(press, *visits, redis_url=settings.REDIS_URL, gap=GAP):
    """One for each list of addresses, all visited at once; ends when they have."""
    command = [sys.executable, "-c", ANOTHER_PROCESS]
    command += [redis_url, str(gap), str(press.port)]
    running = [
        subprocess.Popen(
            [*command, *urls],
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for urls in visits
    ]
    for process in running:
        assert process.stdout.readline() == "ready\n"
    for process in running:
        process.stdin.write("go\n")
        process.stdin.flush()
    try:
        yield running
    finally:
        for process in running:
            process.communicate(timeout=30)


def test_two_processes_are_as_polite_as_one(press):
    moments: list[float] = []
    press.on("/robots.txt", timed(answer(status=404), moments))
    press.on("/a", timed(answer("words"), moments))
    urls = [press.url("/a")] * 5
    with processes(press, urls, urls, gap=0.1) as both:
        pass

    assert [process.returncode for process in both] == [0, 0]
    assert len(moments) == 12
    assert min(gaps(moments)) >= 0.1 * NEARLY
    assert sum(gaps(moments)) >= 11 * 0.1 * 0.95


@pytest.mark.parametrize(
    "redis_url",
    # Named, for each of the processes that run tests has a database of its own.
    [pytest.param(settings.REDIS_URL, id="redis"), "unix:///nowhere"],
)
def test_a_process_that_was_stopped_does_not_use_all_its_turns_at_once(
    press, redis_url
):
    moments: list[float] = []
    press.page("/robots.txt", "", status=404)
    twice = threading.Event()

    def second(request, line):
        timed(answer("words"), moments)(request, line)
        if len(moments) == 2:
            twice.set()

    press.on("/a", second)

    urls = [press.url("/a")] * 6
    with processes(press, urls, redis_url=redis_url, gap=0.3) as (process,):
        assert twice.wait(20)
        process.send_signal(signal.SIGSTOP)
        threading.Event().wait(1.0)
        process.send_signal(signal.SIGCONT)

    # Stopped while the second is answered, it takes the site for a slow one.
    assert len(moments) > 2
    assert max(gaps(moments)) >= 0.9
    assert min(gaps(moments)) >= 0.3 * NEARLY


def test_where_every_turn_goes_by_it_is_left_for_later(monkeypatch):
    monkeypatch.setattr("sources.net.courtesy._LATE", -1.0)
    monkeypatch.setattr("sources.net.courtesy._HARDLY_LATE_SECONDS", -1.0)
    courtesy = Courtesy(manners(least_gap=0.02))

    async def go():
        with pytest.raises(NotNow) as error:
            await courtesy.admit(parse(f"https://{a_name()}/"))
        await courtesy.close()
        return error.value

    error = asyncio.run(go())

    assert (error.reason, error.wait_seconds) == ("turn", 0.02)


def test_a_number_within_a_number_is_the_same_machine():
    courtesy = Courtesy(manners(least_gap=0.5))
    number = f"192.0.2.{random.randint(1, 250)}"

    async def go():
        turns = [
            await courtesy.admit(parse(f"https://{a_name()}/"), ip=ip)
            for ip in (number, f"::ffff:{number}", "2001:db8::1")
        ]
        await courtesy.close()
        return [turn.begins for turn in turns]

    same, other = gaps(asyncio.run(go()))

    assert same >= 0.49
    assert other < 0.45


def test_each_redirect_on_the_way_waits_for_its_turn(press):
    moments: list[float] = []
    for n in range(3):
        sends_on = answer(status=302, headers=[("Location", f"/{n + 1}")])
        press.on(f"/{n}", timed(sends_on, moments))
    press.on("/3", timed(answer("words"), moments))

    (fetched,) = visit(press, press.url("/0"), least_gap=GAP)

    assert fetched.body == b"words"
    assert len(moments) == 4
    assert min(gaps(moments)) >= GAP * NEARLY


def test_a_slow_site_is_given_five_times_as_long_as_it_took(press):
    moments: list[float] = []

    def slowly(request, line):
        line.wait(0.1)
        answer("words")(request, line)

    press.on("/a", timed(slowly, moments))

    async def go():
        async with Visit(press, least_gap=0.01) as visit:
            for _ in range(3):
                await visit.get(press.url("/a"))

    asyncio.run(go())

    assert min(gaps(moments)) >= 0.5 * 0.9


def test_what_a_slow_site_has_to_say_in_a_redirect_is_heard_to_the_end(press):
    def slowly(request, line):
        line.wait(0.5)
        answer(status=302, headers=[("Location", "/b")])(request, line)

    press.on("/a", slowly)
    press.page("/b", "words")

    # Its gap, more than two seconds, is longer than anybody waits.
    (fetched,) = visit(press, press.url("/a"), least_gap=0.01, most_wait=1)

    assert fetched.body == b"words"


def test_whoever_would_wait_too_long_comes_back_later_and_sends_nothing(press):
    press.page("/a", "words")

    answers = visit(press, *[press.url("/a")] * 5, least_gap=0.2, most_wait=0.5)

    refusals = [a for a in answers if isinstance(a, NotNow)]
    assert refusals
    assert all(0.5 < refusal.wait_seconds < 3 for refusal in refusals)
    assert len(press.asked_for("/a")) == 5 - len(refusals)


def test_time_that_we_wait_ourselves_is_no_fault_of_the_site(press):
    for n in range(9):
        press.redirect(f"/{n}", f"/{n + 1}")

    (answer,) = visit(press, press.url("/0"), least_gap=0.5, total_seconds=1.25)

    assert isinstance(answer, NotNow)
    assert 0 < len(answer.hops) < 4


def test_a_site_that_does_not_answer_is_given_more_time(press):
    press.on("/a", stalls)

    async def go():
        async with Visit(press, least_gap=0.01, total_seconds=0.8) as visit:
            return await visit.get_all(press.url("/a")), await visit.get_all(
                press.url("/a")
            )

    ((first,), (second,)) = asyncio.run(go())

    assert isinstance(first, Unreachable)
    # Four seconds from when it was asked the first time.
    assert isinstance(second, NotNow)


def test_a_site_that_stalls_delays_no_other(press):
    press.on("/a", stalls)
    with Press(host="127.0.0.2") as other:
        other.page("/a", "words")

        async def go():
            async with Visit(press, least_gap=GAP, total_seconds=20) as visit:
                ports = visit.door._guard._ports | {other.port}
                visit.door._guard._ports = ports
                slow = asyncio.create_task(visit.get(press.url("/a")))
                while not press.asked_for("/a"):
                    await asyncio.sleep(0.01)
                urls = [other.url("/a", host="127.0.0.2") for _ in range(3)]
                answers = await visit.get_all(*urls)
                stalls_still = not slow.done()
                slow.cancel()
                return stalls_still, answers

        stalls_still, answers = asyncio.run(go())

        assert stalls_still
        assert [answer.status for answer in answers] == [200, 200, 200]


def test_without_a_gap_nobody_waits(press):
    press.page("/a", "words")

    began = time.monotonic()
    answers = visit(press, *[press.url("/a")] * 20, least_gap=0)

    assert {answer.status for answer in answers} == {200}
    assert time.monotonic() - began < 2


# --- robots.txt -------------------------------------------------------------------


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
    moments: list[float] = []
    robots(press, "User-agent: *\nCrawl-delay: 0.2")
    press.on("/a", timed(answer("words"), moments))

    async def go(most_gap):
        async with Visit(press, least_gap=0.01, most_gap=most_gap) as visit:
            for _ in range(3):
                await visit.get(press.url("/a"))

    asyncio.run(go(30))
    assert min(gaps(moments)) >= 0.19

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


# --- Pauses -----------------------------------------------------------------------


def test_a_site_that_asks_for_a_pause_is_left_alone_until_it_is_over(press):
    clock = Clock()
    asks = answer(status=503, headers=[("Retry-After", "600")])
    press.on("/a", asks)
    press.page("/b", "words")

    async def go():
        async with Visit(press, clock=clock) as visit:
            (first,) = await visit.get_all(press.url("/a"))
            (second,) = await visit.get_all(press.url("/b"))
            clock.pass_time(minutes=11)
            (third,) = await visit.get_all(press.url("/b"))
            return first, second, third, visit.courtesy.news()

    first, second, third, news = asyncio.run(go())

    assert (first.status, third.status) == (503, 200)
    assert (second.code, second.reason, second.wait_seconds) == (
        "not_now",
        "paused",
        600,
    )
    assert "14 March 2026, 12:10" in str(second)
    (pause,) = news.pauses
    assert (pause.name, pause.at) == (press.host, NOON)
    assert pause.until == NOON + timedelta(minutes=10)
    assert pause.reason == (
        "It answered 503 and is left alone until 14 March 2026, 12:10 UTC."
    )
    assert len(press.asked_for("/b")) == 1


def test_who_waits_for_a_turn_while_the_site_asks_for_a_pause_leaves(press):
    press.on("/a", answer(status=429))

    answers = visit(press, *[press.url("/a")] * 3, least_gap=0.2)

    assert answers[0].status == 429
    assert [answer.reason for answer in answers[1:]] == ["paused", "paused"]
    assert len(press.asked_for("/a")) == 1


def test_who_waits_in_another_process_hears_of_a_pause(press):
    moments: list[float] = []
    asks = answer(status=429, headers=[("Retry-After", "3600")])
    press.page("/robots.txt", "", status=404)

    def third_asks(request, line):
        handle = asks if len(moments) == 2 else answer("words")
        timed(handle, moments)(request, line)

    press.on("/a", third_asks)

    urls = [press.url("/a")] * 5
    with processes(press, urls, urls, gap=0.3):
        pass

    assert len(moments) == 3


def test_a_pause_that_another_process_told_of_is_for_the_row_to_keep():
    there = parse(f"https://{a_name()}/")
    rows = Known(hosts=(HostSaid(name=there.host),))

    async def go():
        one, other = (
            Courtesy(manners(least_gap=0.01), clock=Clock()) for _ in range(2)
        )
        turn = await one.admit(there)
        one.answered(turn, seconds=0.0, status=429, retry_after="3600")
        await one.close()
        with pytest.raises(NotNow) as error:
            await other.admit(there)
        client = redis.Redis.from_url(settings.REDIS_URL)
        lasts = client.pttl(f"counterclaim:pause:{there.host}")
        client.delete(f"counterclaim:pause:{there.host}")
        client.close()
        other.know(rows)  # an editor may have ended it
        await other.admit(there)
        await other.close()
        return error.value, lasts, other.news().pauses

    error, lasts, news = asyncio.run(go())

    assert (error.reason, error.wait_seconds) == ("paused", 3600)
    assert 0 < lasts <= 60_000
    assert news == ()


def test_a_pause_is_heeded_where_there_is_no_redis_to_tell():
    there = parse(f"https://{a_name()}/")
    nowhere = manners(least_gap=0.01, redis_url="unix:///nowhere")
    courtesy = Courtesy(nowhere, clock=Clock())

    async def go():
        courtesy.answered(Turn.at_once(there.host), seconds=0.0, status=429)
        await asyncio.sleep(0)
        with pytest.raises(NotNow):
            await courtesy.admit(there)
        await courtesy.close()

    asyncio.run(go())


def test_a_longer_pause_is_not_shortened():
    clock = Clock()
    courtesy = Courtesy(manners(), clock=clock)

    async def go():
        turn = await courtesy.admit(parse("https://paper.example/"))
        for seconds in ("7200", "60", "9"):
            courtesy.answered(turn, seconds=0.1, status=429, retry_after=seconds)
        return courtesy.news().pauses

    (pause,) = asyncio.run(go())

    assert pause.until == NOON + timedelta(hours=2)


def test_a_pause_of_the_rows_holds_until_the_rows_end_it():
    courtesy = Courtesy(manners(), clock=Clock())
    there = parse("https://paper.example/")

    def know(until):
        said = HostSaid(name="paper.example", paused_until=until)
        courtesy.know(Known(hosts=(said,)))

    async def go():
        know(NOON + timedelta(hours=1))
        with pytest.raises(NotNow) as error:
            await courtesy.admit(there)
        know(None)
        await courtesy.admit(there)
        return error.value.wait_seconds

    assert asyncio.run(go()) == 3600


def test_a_pause_that_is_not_written_down_yet_outlasts_what_the_rows_say():
    courtesy = Courtesy(manners(), clock=Clock())
    there = parse("https://paper.example/")
    rows = Known(hosts=(HostSaid(name="paper.example"),))

    async def go():
        turn = await courtesy.admit(there)
        courtesy.answered(turn, seconds=0.1, status=429)
        courtesy.know(rows)
        with pytest.raises(NotNow):
            await courtesy.admit(there)

    asyncio.run(go())


# --- News ---------------------------------------------------------------------------


def test_news_are_told_once_and_a_latency_only_where_it_is_another():
    clock = Clock()
    courtesy = Courtesy(manners(), clock=clock)

    async def go():
        turn = await courtesy.admit(parse("https://paper.example/"))
        for seconds, minutes in ((0.2, 0), (0.21, 1), (0.9, 1), (0.91, 11)):
            clock.pass_time(minutes=minutes)
            courtesy.answered(turn, seconds=seconds, status=200)
            yield [(a.name, a.latency_ms) for a in courtesy.news().answers]
        assert not courtesy.news()

    async def all_of_it():
        return [found async for found in go()]

    assert asyncio.run(all_of_it()) == [
        [("paper.example", 200)],
        [],
        [("paper.example", 900)],
        [("paper.example", 910)],
    ]
