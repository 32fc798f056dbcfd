"""Polite visits: the turns that we take, as the sites see them."""

import asyncio
import random
import signal
import threading
import time

import pytest
from django.conf import settings

from sources.canonical import parse
from sources.errors import NotNow, Unreachable
from sources.net.courtesy import Courtesy
from tests.sources.press import Press, answer, stalls
from tests.sources.visiting import (
    GAP,
    NEARLY,
    Clock,
    Moments,
    Visit,
    a_name,
    a_press_of_its_own,
    gaps,
    manners,
    processes,
    timed,
    visit,
)


@pytest.fixture
def press():
    with a_press_of_its_own() as press:
        yield press


def test_one_site_is_asked_by_one_at_a_time(press):
    moments = Moments()
    press.on("/a", timed(answer("words"), moments))

    visit(press, *[press.url("/a")] * 5, least_gap=GAP)

    assert len(moments) == 5
    assert moments.kept_apart(GAP)


def test_its_robots_txt_is_one_of_the_requests(press):
    moments = Moments()
    press.on("/robots.txt", timed(answer(status=404), moments))
    press.on("/a", timed(answer("words"), moments))

    visit(press, press.url("/a"), least_gap=GAP)

    assert len(moments) == 2
    assert moments.kept_apart(GAP)


def test_two_names_of_one_machine_share_its_turns(press):
    moments = Moments()
    press.on("/a", timed(answer("words"), moments))
    names = [a_name(), a_name(), press.host]

    visit(press, *(press.url("/a", host=name) for name in names), least_gap=GAP)

    assert len(moments) == 3
    assert moments.kept_apart(GAP)


def test_two_processes_are_as_polite_as_one(press):
    moments = Moments()
    press.on("/robots.txt", timed(answer(status=404), moments))
    press.on("/a", timed(answer("words"), moments))
    urls = [press.url("/a")] * 5
    with processes(press, urls, urls, gap=0.1) as both:
        pass

    assert [process.returncode for process in both] == [0, 0]
    assert len(moments) == 12
    assert moments.kept_apart(0.1)


@pytest.mark.parametrize(
    "redis_url",
    # Named, for each of the processes that run tests has a database of its own.
    [pytest.param(settings.REDIS_URL, id="redis"), "unix:///nowhere"],
)
def test_a_process_that_was_stopped_does_not_use_all_its_turns_at_once(
    press, redis_url
):
    moments = Moments()
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
    moments = Moments()
    for n in range(3):
        sends_on = answer(status=302, headers=[("Location", f"/{n + 1}")])
        press.on(f"/{n}", timed(sends_on, moments))
    press.on("/3", timed(answer("words"), moments))

    (fetched,) = visit(press, press.url("/0"), least_gap=GAP)

    assert fetched.body == b"words"
    assert len(moments) == 4
    assert moments.kept_apart(GAP)


def test_a_slow_site_is_given_five_times_as_long_as_it_took(press):
    moments = Moments()

    def slowly(request, line):
        line.wait(0.1)
        answer("words")(request, line)

    press.on("/a", timed(slowly, moments))

    async def go():
        async with Visit(press, least_gap=0.01) as visit:
            for _ in range(3):
                await visit.get(press.url("/a"))

    asyncio.run(go())

    assert moments.kept_apart(0.5)


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
