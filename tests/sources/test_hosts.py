"""What sites said of themselves, kept in rows that any number of workers write."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from sources import hosts
from sources.models import Host, Robots
from sources.net.manners import Answered, HostSaid, News, Pause, RobotsSaid
from sources.saying import Sentence
from sources.vocabulary import RobotsStanding
from tests.factories import NOON

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def an_answer(name="paper.example", latency_ms=120, at=NOON):
    return Answered(name=name, latency_ms=latency_ms, at=at)


def a_pause(
    name="paper.example", until=NOON + HOUR, at=NOON, reason="It answered 429."
):
    return Pause(name=name, until=until, at=at, reason=Sentence(reason))


def said(origin="https://paper.example", **how):
    how = {
        "standing": "rules",
        "http_status": 200,
        "text": "User-agent: *\nDisallow: /a",
        "fetched_at": NOON,
        "standing_since": NOON,
    } | how
    return RobotsSaid(origin=origin, **how)


def remember(*news):
    hosts.remember(
        News(
            answers=tuple(n for n in news if isinstance(n, Answered)),
            pauses=tuple(n for n in news if isinstance(n, Pause)),
            robots=tuple(n for n in news if isinstance(n, RobotsSaid)),
        )
    )


def known(*urls, now=NOON, **how):
    return hosts.known(urls, now=now, **how)


def test_what_was_remembered_is_known():
    remember(an_answer(), a_pause(), said())

    found = known("https://paper.example/a", "https://paper.example/b")

    assert found.hosts == (
        HostSaid(name="paper.example", latency_ms=120, paused_until=NOON + HOUR),
    )
    assert found.robots == (said(),)


def test_a_site_without_a_row_is_there_and_one_nobody_asked_about_is_not():
    remember(an_answer("other.example"), said("https://other.example"))

    found = known("https://paper.example/a", "no address", "http://[::1")

    assert found.hosts == (HostSaid(name="paper.example"),)
    assert found.robots == ()


def test_robots_txt_belongs_to_scheme_and_port_and_a_pause_to_the_host():
    remember(a_pause(), said(), said("http://paper.example:8080", standing="none"))

    found = known("http://paper.example:8080/a")

    assert [host.paused_until for host in found.hosts] == [NOON + HOUR]
    assert [robots.standing for robots in found.robots] == ["none"]


def test_what_is_known_already_is_not_looked_up():
    remember(said())

    assert known("https://paper.example/", fresh={"https://paper.example"}).robots == ()


def test_rules_are_forgotten_after_a_day_and_their_absence_is_not():
    remember(said(), said("https://b.example", standing="unreachable", text=""))

    found = known("https://paper.example/", "https://b.example/", now=NOON + DAY)

    assert [robots.origin for robots in found.robots] == ["https://b.example"]


def test_the_last_answer_counts_and_a_pause_alone_keeps_it():
    remember(an_answer())
    remember(an_answer(latency_ms=300, at=NOON + HOUR))
    remember(a_pause())

    host = Host.objects.get()

    assert (host.latency_ms, host.answered_at) == (300, NOON + HOUR)
    assert host.paused_until == NOON + HOUR


def test_a_pause_is_made_longer_and_not_shorter():
    remember(a_pause(until=NOON + 2 * HOUR, reason="long"))
    remember(a_pause(until=NOON + HOUR, at=NOON + HOUR, reason="short"))
    remember(an_answer())
    host = Host.objects.get()
    assert (host.paused_until, host.paused_at) == (NOON + 2 * HOUR, NOON)
    assert host.pause_reason == "long"

    remember(a_pause(until=NOON + 9 * HOUR, at=NOON + HOUR, reason="longer"))

    host.refresh_from_db()
    assert (host.paused_until, host.paused_at) == (NOON + 9 * HOUR, NOON + HOUR)
    assert host.pause_reason == "longer"


def test_a_pause_is_ended_by_whoever_may():
    remember(a_pause())

    assert hosts.resume("paper.example")
    assert not hosts.resume("paper.example")
    assert not hosts.resume("other.example")

    assert known("https://paper.example/").hosts[0].paused_until is None


def test_since_when_a_site_says_so_is_kept_until_it_says_otherwise():
    for days, standing in enumerate(["unreachable", "unreachable", "none"]):
        at = NOON + days * DAY
        remember(said(standing=standing, text="", fetched_at=at, standing_since=at))
        if days == 1:
            assert Robots.objects.get().standing_since == NOON

    robots = Robots.objects.get()

    assert robots.standing == RobotsStanding.NONE
    assert robots.standing_since == robots.fetched_at == NOON + 2 * DAY


def test_an_older_robots_txt_does_not_replace_a_newer_one():
    remember(said(text="new"))
    remember(said(text="old", fetched_at=NOON - HOUR, standing="none"))

    assert Robots.objects.get().text == "new"


def test_a_hundred_sites_cost_as_many_statements_as_one():
    names = [f"paper-{n}.example" for n in range(100)]
    urls = [f"https://{name}/a" for name in names]
    news = [an_answer(n) for n in names] + [a_pause(n) for n in names]
    news += [said(f"https://{name}") for name in names]

    with CaptureQueriesContext(
        connection,
    ) as written:
        remember(*news)
    with CaptureQueriesContext(connection) as read:
        found = known(*urls)

    assert (len(written), len(read)) == (2, 2)
    assert (len(found.hosts), len(found.robots)) == (100, 100)


def test_nothing_new_costs_nothing():
    with CaptureQueriesContext(connection) as written:
        remember()

    assert len(written) == 0


@pytest.mark.django_db(transaction=True)
def test_workers_who_write_at_once_wait_for_no_one_for_ever():
    names = [f"paper-{n}.example" for n in range(200)]
    broken = []

    def write(order, number):
        try:
            for round_ in range(5):
                until = NOON + (number * 5 + round_) * HOUR
                remember(*(a_pause(name, until=until) for name in order))
                remember(*(said(f"https://{name}") for name in order))
        except Exception as error:
            broken.append(error)
        finally:
            connections.close_all()

    workers = [
        threading.Thread(target=write, args=(order, number))
        for number, order in enumerate([names, names[::-1], names[100:] + names[:100]])
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)

    assert broken == []
    assert set(Host.objects.values_list("paused_until", flat=True)) == {
        NOON + 14 * HOUR
    }
    assert Robots.objects.count() == 200
