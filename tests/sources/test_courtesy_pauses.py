"""Polite visits: sites that ask to be left alone."""

import asyncio
from datetime import timedelta

import pytest
import redis
from django.conf import settings

from sources.canonical import parse
from sources.errors import NotNow
from sources.net.courteous import Turn
from sources.net.courtesy import Courtesy
from sources.net.manners import HostSaid, Known
from tests.factories import NOON
from tests.sources.press import answer
from tests.sources.visiting import (
    Clock,
    Visit,
    a_name,
    a_press_of_its_own,
    manners,
    processes,
    timed,
    visit,
)


@pytest.fixture
def press():
    with a_press_of_its_own() as press:
        yield press


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
    assert str(pause.reason) == (
        "It answered 503 and is left alone until 14 March 2026, 12:10."
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
