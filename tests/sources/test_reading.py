"""Pages that were fetched, between the worker that fetches and the one that reads."""

import os
import signal
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from sources import checking, leasing, tasks
from sources.checking import reading
from sources.models import Capture, Check, Source
from tests.live import open_port
from tests.sources.press import Press
from tests.sources.test_tasks import attached, everything_is_recorded_once, message

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def open_press():
    """A press that the settings let workers reach."""
    with Press(port=open_port()) as press:
        yield press


@pytest.fixture(autouse=True)
def messages_are_lost(monkeypatch):
    """As if Redis were wiped after each: what is to be done, the test does."""
    monkeypatch.setattr(tasks, "send", lambda lease: None)
    monkeypatch.setattr(tasks.dispatch, "delay", lambda: None)
    yield
    tasks.close_door()


def test_messages_to_read_that_are_lost_cost_the_sites_nothing(open_press):
    attached(open_press, 10)
    (lease,) = leasing.lease_due(now=timezone.now(), terms=checking.terms())
    tasks.check_batch(**message(lease))
    asked = len(open_press.requests)

    assert Capture.objects.count() == 10
    assert leasing.lease_due(now=timezone.now(), terms=checking.terms()) == []
    Source.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    (again,) = leasing.lease_due(now=timezone.now(), terms=checking.terms())
    tasks.read_pages(**message(again))

    assert again == replace(lease, fetched=True)
    assert len(open_press.requests) == asked
    everything_is_recorded_once(10)
    assert not Capture.objects.exists()


def test_an_answer_that_nobody_read_for_hours_is_fetched_again(open_press):
    attached(open_press, 1)
    (lease,) = leasing.lease_due(now=timezone.now(), terms=checking.terms())
    tasks.check_batch(**message(lease))
    Capture.objects.update(fetched_at=timezone.now() - timedelta(hours=2))
    Source.objects.update(lease_until=timezone.now() - timedelta(seconds=1))

    (again,) = leasing.lease_due(now=timezone.now(), terms=checking.terms())
    tasks.check_batch(**message(again))
    tasks.read_pages(**message(lease))  # comes late, and for what is no more
    tasks.read_pages(**message(again))

    assert not again.fetched
    assert len(open_press.asked_for("/0")) == 2
    everything_is_recorded_once(1)


def test_a_page_that_kills_its_reader_is_parked_and_harms_no_other(open_press, caplog):
    poison, *others = attached(open_press, 4)
    (lease,) = leasing.lease_due(now=timezone.now(), terms=checking.terms())
    tasks.check_batch(**message(lease))

    for attempt in range(1, settings.SOURCES_MAX_ATTEMPTS + 1):
        for each in [lease] if attempt == 1 else lapsed():
            read_until_killed(each, by=poison)
        poison.refresh_from_db()
        assert poison.attempts == attempt
        assert poison.parked_at is None
    assert lapsed() == []

    poison.refresh_from_db()
    assert poison.parked_at is not None
    assert "sources were given up" in caplog.text
    assert Counter(Check.objects.values_list("source", flat=True)) == {
        other.pk: 1 for other in others
    }
    assert not Capture.objects.exists()
    assert len(open_press.asked_for("/0")) == 1


def lapsed():
    """Let time pass until no lease holds any more; the ones given then."""
    Source.objects.exclude(lease_token=None).update(
        lease_until=timezone.now() - timedelta(seconds=1)
    )
    return leasing.lease_due(now=timezone.now(), terms=checking.terms())


def read_until_killed(lease, *, by):
    """Read in a process of its own, which this page kills, as memory running out does."""
    child = os.fork()
    if child == 0:
        try:
            connection.connection = None  # the parent's; closing it would end both
            real = reading.judge

            def judge(source, *rest, **how):
                if source.pk == by.pk:
                    os.kill(os.getpid(), signal.SIGKILL)
                return real(source, *rest, **how)

            reading.judge = judge
            tasks.read_pages(**message(lease))
        finally:
            os._exit(0)
    os.waitpid(child, 0)
