"""Checks of sources whose sites want to be asked politely, from lease to row."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
import redis
from django.conf import settings

from sources import hosts
from sources.models import Check, Host, Robots, Source
from sources.net import DoorConfig, Doorkeeper
from sources.net.courtesy import Courtesy
from sources.vocabulary import Outcome, RobotsStanding
from tests.factories import NOON
from tests.sources.looking import Lookout
from tests.sources.press import answer
from tests.sources.visiting import AGENT, Moments, a_press_of_its_own, manners, timed

pytestmark = pytest.mark.django_db


@pytest.fixture
def press():
    with a_press_of_its_own() as press:
        yield press


@pytest.fixture
def worker(press, settings):
    """Make a worker that knows nothing but what the rows say."""
    settings.SOURCES_ALLOW_PORTS = [press.port]

    @contextmanager
    def begins(*, at=NOON, **how):
        lookout = Lookout(press)
        lookout.now = at
        courtesy = Courtesy(manners(**how), clock=lambda: lookout.now)
        config = DoorConfig(
            user_agent=AGENT,
            allow_networks=("127.0.0.0/8",),
            allow_ports=frozenset({press.port}),
            total_seconds=5,
        )
        lookout.door = Doorkeeper(config, courtesy=courtesy)
        with lookout:
            yield lookout

    return begins


def test_a_pause_is_kept_in_a_row_and_heeded_by_the_next_worker(press, worker):
    asks = answer(status=503, headers=[("Retry-After", "7200")])
    press.on("/a", asks)
    press.page("/b", "<p>Words of the page.</p>")
    with worker() as lookout:
        lookout.look(lookout.attach("/a"))
    client = redis.Redis.from_url(settings.REDIS_URL)
    for key in client.scan_iter("counterclaim:turn:*"):
        client.delete(key)
    client.close()
    host = Host.objects.get()
    assert (host.name, host.paused_until) == (press.host, NOON + timedelta(hours=2))

    with worker(at=NOON + timedelta(hours=1)) as lookout:
        other = lookout.attach("/b")
        assert lookout.look_at_all() == []

        assert press.asked_for("/b") == []
        other.refresh_from_db()
        assert other.lease_token is None
        assert other.attempts == 0
        lookout.pass_time(hours=1, minutes=5)
        lookout.look_at_all()

    assert len(press.asked_for("/b")) == 1
    assert Check.objects.filter(source=other).count() == 1


def test_a_pause_that_somebody_ended_is_over_for_a_worker_that_heard_of_it(
    press, worker
):
    press.on("/a", answer(status=429))
    press.page("/b", "<p>Words of the page.</p>")

    with worker() as lookout:
        lookout.look(lookout.attach("/a"))
        other = lookout.attach("/b")
        assert lookout.look_at_all() == []
        hosts.resume(press.host)
        lookout.look(other)

    assert len(press.asked_for("/b")) == 1


def test_a_pause_that_somebody_ended_is_over_for_those_who_only_overheard_it(
    press, worker
):
    press.on("/a", answer(status=429))
    press.page("/b", "<p>Words of the page.</p>")

    with worker(least_gap=0.05) as lookout:
        lookout.look(lookout.attach("/a"))
        hosts.resume(press.host)
    with worker(least_gap=0.05) as another:
        another.look(another.attach("/b"))

    assert len(press.asked_for("/b")) == 1


def test_a_pause_is_ended_without_redis_too(press, worker, settings, caplog):
    press.on("/a", answer(status=429))
    with worker() as lookout:
        lookout.look(lookout.attach("/a"))
    settings.REDIS_URL = "redis://127.0.0.1:1/0"

    assert hosts.resume(press.host)

    assert Host.objects.get().paused_until is None
    assert "a pause is still told" in caplog.text


def test_robots_txt_is_kept_in_a_row_and_asked_for_once_by_all_workers(press, worker):
    press.page("/robots.txt", "User-agent: *\nDisallow: /a", media_type="text/plain")
    press.page("/b", "<p>Words of the page.</p>")

    with worker() as lookout:
        forbidden = lookout.attach("/a")
        check = lookout.look(forbidden)
    with worker(at=NOON + timedelta(hours=23)) as lookout:
        lookout.attach("/b")
        lookout.look_at_all()

    assert check.outcome == Outcome.ROBOTS
    assert "robots.txt" in check.said
    assert len(press.asked_for("/robots.txt")) == 1
    assert press.asked_for("/a") == []
    robots = Robots.objects.get()
    assert robots.standing == RobotsStanding.RULES
    assert robots.text == "User-agent: *\nDisallow: /a"


def test_who_cannot_wait_for_a_turn_is_looked_at_later_and_counts_no_attempt(
    press, worker
):
    moments = Moments()
    for n in range(6):
        press.on(f"/{n}", timed(answer("<p>Words of the page.</p>"), moments))

    with worker(least_gap=0.2, most_wait=0.5) as lookout:
        sources = [lookout.attach(f"/{n}") for n in range(6)]
        first = lookout.look_at_all()
        assert 0 < len(first) < 6
        put_off = Source.objects.filter(checks=None)
        assert {s.attempts for s in put_off} == {0}
        assert {s.lease_token for s in put_off} == {None}
        assert all(s.due_at > lookout.now for s in put_off)
        rounds = 0
        while put_off.all().exists():
            lookout.pass_time(seconds=1)
            lookout.look_at_all()
            rounds += 1
            assert rounds < 10

    assert Check.objects.count() == len(sources) == len(moments)
    assert moments.kept_apart(0.2)


def test_how_fast_a_site_answered_is_kept(press, worker):
    press.page("/a", "<p>Words of the page.</p>")

    with worker() as lookout:
        lookout.look(lookout.attach("/a"))

    host = Host.objects.get()
    assert host.latency_ms is not None
    assert host.answered_at == NOON
