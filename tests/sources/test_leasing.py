"""Who looks at which source, and until when."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection, transaction
from uuid_utils.compat import uuid7

from sources import leasing
from sources.leasing import Lease, Terms
from sources.models import Source
from tests.factories import NOON, a_source

pytestmark = pytest.mark.django_db

LASTS = timedelta(minutes=2)
TERMS = Terms(batch=10, per_host=3, lasts=LASTS, max_attempts=4)


def some_sources(number, *, host=""):
    return [
        a_source(
            f"https://{host or f'paper-{n}.example'}/story-{n}",
            due_at=NOON + timedelta(seconds=n),
        )
        for n in range(number)
    ]


def lease(now=NOON + timedelta(hours=1), **changes):
    return leasing.lease_due(now=now, terms=replace(TERMS, **changes))


def ids(leases):
    return [pk for each in leases for pk in each.source_ids]


def test_what_is_due_is_leased_under_one_token_the_most_urgent_first():
    sources = some_sources(12)

    (only,) = lease()

    assert set(only.source_ids) == {source.pk for source in sources[:10]}
    held = Source.objects.filter(lease_token=only.token)
    assert {source.lease_until for source in held} == {
        NOON + timedelta(hours=1) + LASTS
    }
    assert held.count() == 10


def test_what_is_not_due_or_parked_or_leased_is_left_alone():
    a_source(due_at=NOON + timedelta(hours=2))
    a_source(due_at=NOON, parked_at=NOON)
    a_source(due_at=NOON, lease_token=uuid7(), lease_until=NOON + timedelta(hours=2))

    assert lease() == []


def test_a_lease_that_lapsed_is_given_again_under_another_token():
    some_sources(1)
    (first,) = lease(now=NOON)

    assert lease(now=NOON + timedelta(minutes=1)) == []
    (second,) = lease(now=NOON + timedelta(minutes=3))

    assert second.source_ids == first.source_ids
    assert second.token != first.token
    assert leasing.begin(first, now=NOON + timedelta(minutes=3), lasts=LASTS) == []


def test_only_a_few_of_one_host_are_leased_at_a_time():
    some_sources(10, host="big.example")
    other = a_source("https://small.example/a", due_at=NOON + timedelta(minutes=9))

    first, second = ids(lease()), ids(lease())

    assert len(first) == 4
    assert other.pk in first
    assert second == []


def test_a_host_with_a_thousand_pages_does_not_keep_the_others_waiting():
    template = a_source("https://big.example/0", due_at=NOON)
    Source.objects.bulk_create(
        Source(
            url=f"https://big.example/{n}",
            canonical_url=f"https://big.example/{n}",
            host="big.example",
            state_since=NOON,
            due_at=template.due_at,
            added_at=NOON,
        )
        for n in range(1, 1_000)
    )
    other = a_source("https://small.example/a", due_at=NOON + timedelta(minutes=9))

    found = ids(lease())

    assert len(found) == 4
    assert other.pk in found


@pytest.mark.django_db(transaction=True)
def test_dispatchers_at_one_time_lease_different_sources():
    some_sources(40)
    found = []

    def dispatch():
        try:
            found.extend(ids(lease()))
        finally:
            connection.close()

    threads = [threading.Thread(target=dispatch) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == len(set(found))
    assert Source.objects.exclude(lease_token=None).count() == len(found)


@pytest.mark.django_db(transaction=True)
def test_a_row_that_somebody_holds_is_passed_over_and_not_waited_for():
    held, free = some_sources(2)
    locked, done = threading.Event(), threading.Event()

    def hold():
        try:
            with transaction.atomic():
                Source.objects.select_for_update().get(pk=held.pk)
                locked.set()
                done.wait(10)
        finally:
            connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    locked.wait(10)
    leased = ids(lease())
    done.set()
    thread.join()

    assert leased == [free.pk]


def test_beginning_counts_an_attempt_and_starts_the_time_anew():
    (source,) = some_sources(1)
    (given,) = lease(now=NOON)

    (begun,) = leasing.begin(given, now=NOON + timedelta(minutes=1), lasts=LASTS)

    assert begun.pk == source.pk
    assert begun.attempts == 1
    assert begun.lease_until == NOON + timedelta(minutes=3)


def test_a_lost_message_is_no_attempt():
    some_sources(1)

    for minutes in range(0, 60, 3):
        assert lease(now=NOON + timedelta(minutes=minutes)) != []

    assert Source.objects.get().attempts == 0


def test_a_source_whose_worker_broke_is_leased_alone():
    some_sources(5)
    broken = a_source("https://broken.example/", due_at=NOON, attempts=1)

    leases = lease()

    assert sorted(len(each.source_ids) for each in leases) == [1, 5]
    assert (broken.pk,) in [each.source_ids for each in leases]


def test_few_are_leased_alone_at_a_time_so_that_the_others_find_a_worker():
    suspects = {
        a_source(f"https://broken-{n}.example/", due_at=NOON, attempts=1).pk
        for n in range(25)
    }
    others = some_sources(30)
    given, now = [], NOON + timedelta(hours=1)

    first = lease(now=now, batch=30)
    for round_ in range(10):
        found = lease(now=now + round_ * timedelta(seconds=5), batch=30)
        alone = [each for each in found if each.alone]
        assert len(alone) <= 10
        given += ids(found)

    assert sum(each.alone for each in first) == 10
    assert len(first[0].source_ids) == 5
    assert not first[0].alone
    given += ids(first)
    assert len(given) == len(set(given))
    assert set(given) == suspects | {source.pk for source in others}


def test_after_four_broken_attempts_a_source_is_parked_and_said_aloud(caplog):
    some_sources(1)

    for minutes in (0, 3, 6, 9):
        (given,) = lease(now=NOON + timedelta(minutes=minutes))
        leasing.begin(given, now=NOON + timedelta(minutes=minutes), lasts=LASTS)
    leases = lease(now=NOON + timedelta(minutes=12))

    assert leases == []
    source = Source.objects.get()
    assert source.parked_at == NOON + timedelta(minutes=12)
    assert source.lease_token is None
    assert list(Source.objects.parked()) == [source]
    assert "sources were given up" in caplog.text


def test_what_was_given_back_is_due_at_once_and_was_no_attempt():
    some_sources(1)
    (given,) = lease(now=NOON)
    leasing.begin(given, now=NOON, lasts=LASTS)

    leasing.give_back(given, now=NOON)

    assert Source.objects.get().attempts == 0
    assert ids(lease(now=NOON)) == list(given.source_ids)


def test_nobody_gives_back_what_another_holds():
    some_sources(1)
    (given,) = lease(now=NOON)

    leasing.give_back(Lease(token=uuid7(), source_ids=given.source_ids), now=NOON)

    assert Source.objects.get().lease_token == given.token


def test_a_small_site_is_not_hidden_by_what_a_large_one_has_due(monkeypatch):
    monkeypatch.setattr(leasing, "_WINDOWS", (1, 1))
    for n in range(40):
        due_at = NOON - timedelta(days=2)
        a_source(f"https://large-{n % 2}.example/{n}", due_at=due_at)
    small = a_source("https://small.example/", due_at=NOON)
    later = a_source("https://later.example/", due_at=NOON + timedelta(days=1))

    given = ids(lease())

    assert small.pk in given
    assert later.pk not in given
    assert len(given) == len(set(given)) == 3 + 3 + 1
