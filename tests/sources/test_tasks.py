"""Checks through real workers, and what befalls them."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from config.celery import app
from sources import attaching, checking, leasing, tasks
from sources.clock import shared_now
from sources.models import Check, Host, Passage, Sighting, Snapshot, Source
from sources.vocabulary import Outcome, PassageState, SourceState
from tests.environment import PROJECT
from tests.live import open_port, stop, test_database_url
from tests.sources.press import Press, answer

pytestmark = pytest.mark.django_db(transaction=True)

STORY = (
    "<title>Story {n}</title><article><p>The ministry said on Saturday that the strike had"
    " done only minimal damage to hall {n}, and that nobody was hurt in the night.</p>"
    "</article>"
)
PATIENCE = 60


@pytest.fixture
def open_press():
    """A press that the settings let workers reach."""
    with Press(port=open_port()) as press:
        yield press


@pytest.fixture
def own_door():
    """The door of this process, closed when the test ends."""
    yield
    tasks.close_door()


def attached(press, number):
    sources = []
    for n in range(number):
        url = press.page(f"/{n}", STORY.format(n=n))
        source = attaching.attach(url, now=timezone.now())
        attaching.watch(source, exact=f"minimal damage to hall {n}", now=timezone.now())
        sources.append(source)
    # So many of one host are no test of politeness.
    for n, source in enumerate(sources):
        Source.objects.filter(pk=source.pk).update(host=f"paper-{n}.example")
    return sources


def message(lease):
    return {
        "source_ids": [str(pk) for pk in lease.source_ids],
        "lease_token": str(lease.token),
    }


def awaited(true):
    deadline = time.monotonic() + PATIENCE
    while not (found := true()):
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)
    return found


def checked_once(number):
    counted = Counter(Check.objects.values_list("source", flat=True))
    return len(counted) == number and set(counted.values()) == {1}


def everything_is_recorded_once(number):
    assert checked_once(number)
    assert Snapshot.objects.count() == Sighting.objects.count() == number
    assert set(Passage.objects.values_list("state", flat=True)) == {PassageState.INTACT}
    assert set(Source.objects.values_list("state", flat=True)) == {SourceState.LIVE}
    assert not Source.objects.exclude(lease_token=None).exists()
    assert set(Source.objects.values_list("attempts", flat=True)) == {0}


def test_a_worker_checks_what_is_due(worker, open_press):
    attached(open_press, 30)

    tasks.dispatch.delay()
    awaited(lambda: Check.objects.count() == 30)

    everything_is_recorded_once(30)


def test_a_message_that_comes_twice_or_late_does_nothing(open_press, own_door):
    attached(open_press, 3)
    (lease,) = leasing.lease_due(now=timezone.now(), terms=checking.terms())
    tasks.check_batch(**message(lease))
    asked = len(open_press.requests)

    tasks.check_batch(**message(lease))
    tasks.read_pages(**message(lease))
    tasks.check_batch(**message(lease))
    tasks.read_pages(**message(lease))

    assert len(open_press.requests) == asked
    everything_is_recorded_once(3)


def test_a_worker_whose_lease_was_given_to_another_writes_nothing(open_press, own_door):
    attached(open_press, 1)
    now = timezone.now()
    (lease,) = leasing.lease_due(now=now, terms=checking.terms())

    def given_to_another(request, line):
        later = timezone.now() + timedelta(hours=1)
        leasing.lease_due(now=later, terms=checking.terms())
        connection.close()
        answer(STORY.format(n=0))(request, line)

    open_press.on("/0", given_to_another)
    found = checking.check(
        lease,
        door=tasks.doorkeeper(),
        rules=checking.Rules.from_settings(),
        clock=timezone.now,
    )

    assert list(found) == []
    assert not Check.objects.exists()
    assert Source.objects.get().state == SourceState.PENDING


def test_a_dispatcher_whose_clock_is_ahead_takes_nobody_s_lease(open_press):
    attached(open_press, 3)
    (lease,) = leasing.lease_due(now=shared_now(), terms=checking.terms())

    with time_machine.travel(shared_now() + timedelta(hours=1)):
        tasks.dispatch()

    held = Source.objects.filter(lease_token=lease.token)
    assert held.count() == 3
    assert set(held.values_list("attempts", flat=True)) == {0}


def test_a_worker_whose_clock_is_wrong_leases_looks_and_puts_off_by_the_common_one(
    open_press, own_door
):
    attached(open_press, 2)
    (lease,) = leasing.lease_due(now=shared_now(), terms=checking.terms())
    began = shared_now()

    with time_machine.travel(began + timedelta(hours=1)):
        tasks.check_batch(**message(lease))
    held = list(Source.objects.values_list("lease_until", flat=True))
    with time_machine.travel(began - timedelta(hours=1)):
        tasks.read_pages(**message(lease))

    assert max(held) <= shared_now() + settings.SOURCES_LEASE
    everything_is_recorded_once(2)
    for check in Check.objects.select_related("source"):
        assert began <= check.started_at <= check.source.last_checked_at
        assert check.source.last_checked_at <= shared_now() < check.source.due_at


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_worker_whose_clock_is_wrong_pauses_a_site_by_the_common_one(
    open_press, own_door, hours
):
    asks = answer(status=503, headers=[("Retry-After", "600")])
    attaching.attach(open_press.on("/0", asks), now=shared_now())
    (lease,) = leasing.lease_due(now=shared_now(), terms=checking.terms())

    with time_machine.travel(shared_now() + timedelta(hours=hours)):
        tasks.check_batch(**message(lease))

    left = Host.objects.get().paused_until - shared_now()
    assert timedelta(minutes=5) < left <= timedelta(minutes=10)


def test_many_dispatchers_send_each_source_once(worker, open_press):
    attached(open_press, 40)

    for _ in range(8):
        tasks.dispatch.delay()
    awaited(lambda: Check.objects.count() >= 40)
    awaited(lambda: not Source.objects.exclude(lease_token=None).exists())

    everything_is_recorded_once(40)


def test_messages_lost_with_redis_cost_time_and_no_check(worker, open_press):
    attached(open_press, 10)
    leases = leasing.lease_due(now=timezone.now(), terms=checking.terms())
    for lease in leases:
        tasks.send(lease)
    wiped()

    # What the lapse of the leases does in time is done by hand.
    Source.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    awaited(
        lambda: tasks.dispatch.delay() and awaited_quietly(lambda: checked_once(10))
    )

    everything_is_recorded_once(10)


def wiped():
    """Empty Redis, as a restart without a disk does."""
    with app.connection_for_write() as broker:
        broker.default_channel.client.flushdb()
    cache.clear()


def awaited_quietly(true):
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.05)
    return False


def test_a_worker_killed_in_mid_batch_loses_nothing_and_doubles_nothing(
    worker, open_press
):
    attached(open_press, 20)
    go_on = threading.Event()

    def waits(n):
        def handle(request, line):
            while not go_on.is_set() and not line.wait(0.05):
                pass
            answer(STORY.format(n=n))(request, line)

        return handle

    for n in range(10, 20):
        open_press.on(f"/{n}", waits(n))
    (lease,) = leasing.lease_due(now=timezone.now(), terms=checking.terms())
    with a_worker_of_its_own("first") as process:
        send(lease, to="first")
        awaited(lambda: Check.objects.count() == 10)
        held = Source.objects.filter(lease_token=lease.token)
        awaited(lambda: held.filter(attempts=1).count() == 10)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)
    go_on.set()

    assert held.count() == 10
    held.update(lease_until=timezone.now() - timedelta(seconds=1))
    leases = leasing.lease_due(now=timezone.now(), terms=checking.terms())
    assert {len(each.source_ids) for each in leases} == {1}
    with a_worker_of_its_own("second"):
        for each in (lease, *leases):  # the first message comes again as well
            send(each, to="second")
        awaited(lambda: Check.objects.count() >= 20)

    everything_is_recorded_once(20)


def send(lease, *, to):
    tasks.check_batch.apply_async(kwargs=message(lease), queue=to)


@contextlib.contextmanager
def a_worker_of_its_own(queue):
    """
    A Celery worker process that fetches for this queue, and may be killed.

    It does one thing at a time: what it fetched is read by another.
    """
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "celery", "-A", "config", "worker"),
            *("-Q", queue, "-c", "1", "-n", f"{queue}@test"),
            *("--without-gossip", "--without-mingle"),
        ],
        cwd=PROJECT,
        env={**os.environ, "DATABASE_URL": test_database_url()},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        stop(process)


def test_a_stalled_page_holds_up_no_other(worker, open_press):
    attached(open_press, 5)
    stalled = open_press.on("/stalled", lambda request, line: line.wait(PATIENCE))
    attaching.attach(stalled, now=timezone.now() - timedelta(minutes=1))

    began = time.monotonic()
    tasks.dispatch.delay()
    awaited(lambda: Check.objects.exclude(outcome=Outcome.FAILING).count() == 5)

    assert time.monotonic() - began < settings.SOURCES_FETCH_TIMEOUT.total_seconds() / 2
