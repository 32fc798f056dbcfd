"""An archive that has nothing, is in trouble, or wants to be left alone."""

from datetime import timedelta

import pytest
from redis import Redis

from sources import attaching
from sources.archiving import seeking
from sources.archiving.restraint import Restraint
from sources.models import Source
from tests.sources.press import answer, drips, raw, stalls
from tests.sources.searching import DAY, KEY, LOST, NOW, PAGE, a_page, sweep

pytestmark = pytest.mark.django_db


def test_a_page_that_the_archive_never_had_is_looked_for_once_a_month_after_a_while(
    archive, press, caplog
):
    source = a_page()

    sweep(source, times=8)

    assert "no copy was found in the archive" in caplog.text
    last, due = NOW, source.archive_due_at
    for number in range(8, 12):
        assert len(press.requests) == number
        sweep(source, at=source.archive_due_at - timedelta(seconds=1))
        assert len(press.requests) == number
        last, due = due, sweep(source, at=due).archive_due_at
        assert due - last == 30 * DAY
    archive.hold(source.canonical_url, LOST - DAY, PAGE)
    assert sweep(source, at=due).archived_url
    assert (source.archive_due_at, source.archive_failures) == (None, 0)


def test_a_page_that_breaks_its_worker_after_many_tries_is_not_tried_again(archive):
    source = sweep(a_page(), times=8)
    due = source.archive_due_at

    assert seeking._take(due) == source
    assert seeking._take(due + timedelta(minutes=15)) is None

    assert seeking._take(due + 300 * DAY) is None


@pytest.mark.parametrize("tries", [1, 8])
def test_whoever_has_a_page_checked_now_has_the_archive_looked_through_too(
    archive, tries
):
    source = sweep(a_page(), times=tries)
    copy = archive.hold(source.canonical_url, LOST - DAY, PAGE)

    attaching.refresh(source, now=NOW + timedelta(minutes=1))

    assert sweep(source, at=NOW + timedelta(minutes=1)).archived_url == copy


def test_a_page_that_nobody_looked_for_is_not_looked_for_when_it_is_checked(
    archive, press
):
    source = a_page(state="live")

    attaching.refresh(source, now=NOW)

    assert sweep(source).archive_due_at is None
    assert press.requests == []


def test_the_time_between_two_tries_grows(archive):
    source, waits = a_page(), []
    for _ in range(7):
        before = source.archive_due_at or NOW
        sweep(source, at=before)
        waits.append(source.archive_due_at - before)

    assert waits == sorted(waits)
    assert waits[0] == timedelta(minutes=15)
    assert waits[-1] == 14 * DAY


@pytest.mark.parametrize(
    "trouble",
    [
        answer("", status=503),
        answer("", status=500),
        stalls,
        drips(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", every=0.2),
        raw(b"\x00\x01\x02 no http at all"),
        answer(status=302, headers=[("Location", "/web/round")]),
        answer(status=302, headers=[("Location", "http://10.0.0.1/")]),
        answer("<p>A page of its own.</p>", status=200),
    ],
)
def test_an_archive_in_trouble_is_asked_again_later(archive, press, trouble):
    source = a_page()
    press.on(f"/web/{source.canonical_url}", trouble)
    press.redirect("/web/round", "/web/round")

    sweep(source)

    assert source.archive_failures == 1
    assert source.archive_due_at == NOW + timedelta(minutes=15)
    press.on(f"/web/{source.canonical_url}", answer("", status=404))
    archive.hold(source.canonical_url, LOST - DAY, PAGE)
    assert sweep(source, at=source.archive_due_at).archived_url


@pytest.mark.parametrize("listed", ["<html>Sorry</html>", "</a>; rel=memento ?"])
def test_a_list_that_cannot_be_read_is_trouble_too(archive, press, listed):
    source = a_page()
    archive.hold(source.canonical_url, LOST - DAY, "<p>Come back later.</p>")
    press.page(f"/web/timemap/link/{source.canonical_url}", listed)

    sweep(source)

    assert source.archive_failures == 1


def test_a_copy_that_is_larger_than_we_read_does_not_count(archive, settings):
    settings.SOURCES_MAX_BODY_BYTES = 10_000
    source = a_page()
    archive.hold(source.canonical_url, LOST - DAY, PAGE + "x" * 20_000)

    sweep(source)

    assert (source.archived_url, source.archive_failures) == ("", 1)


# --- One limit for everybody --------------------------------------------------


def test_an_archive_that_asks_to_be_left_alone_is_left_alone_by_everybody(
    archive, press, redis
):
    first, second = a_page(), a_page()
    wish = answer("", status=429, headers=[("Retry-After", "3600")])
    for source in (first, second):
        press.on(f"/web/{source.canonical_url}", wish)

    seeking.sweep(clock=lambda: NOW)

    assert len(press.requests) == 1
    due = sorted(Source.objects.values_list("archive_due_at", flat=True))
    assert due[0] == NOW + timedelta(minutes=15)
    assert due[1] - NOW == pytest.approx(timedelta(hours=1), abs=DAY / 1440)
    second.refresh_from_db()
    # Whoever was not asked for did not fail.
    assert sorted(Source.objects.values_list("archive_failures", flat=True)) == [0, 1]


def test_after_failures_in_a_row_nobody_asks_until_one_may_try(archive, press, redis):
    pages = [a_page() for _ in range(8)]
    for source in pages:
        press.on(f"/web/{source.canonical_url}", answer("", status=503))

    seeking.sweep(clock=lambda: NOW)
    assert len(press.requests) == 5

    time_passes(redis)
    again = NOW + timedelta(minutes=11)
    seeking.sweep(clock=lambda: again)
    assert len(press.requests) == 6
    assert left_alone_ms(redis) > 15 * 60_000  # twice as long as before

    time_passes(redis)
    later = NOW + timedelta(hours=2)
    for source in pages:
        archive.hold(source.canonical_url, LOST - DAY, PAGE)
    seeking.sweep(clock=lambda: later)
    assert Source.objects.exclude(archived_url="").count() == 8
    assert redis.hget(KEY, "failed") is None


def time_passes(redis):
    redis.hset(KEY, "alone_until", 1)


def left_alone_ms(redis):
    seconds, micros = redis.time()
    return int(redis.hget(KEY, "alone_until")) - seconds * 1000 - micros // 1000


def test_while_one_tries_the_others_wait(redis):
    for _ in range(5):
        Restraint(redis, timedelta()).went_wrong()
    time_passes(redis)

    Restraint(redis, timedelta()).admit()

    with pytest.raises(seeking.NotNow, match="left alone"):
        Restraint(redis, timedelta()).admit()
    Restraint(redis, timedelta()).went_well()
    assert Restraint(redis, timedelta()).admit() == 0


def test_turns_are_given_out_one_after_the_other_to_all_workers(redis):
    gap = timedelta(seconds=4)

    waits = [Restraint(redis, gap).admit() for _ in range(8)]

    assert waits[0] == 0
    for number, wait in enumerate(waits):
        assert wait == pytest.approx(4 * number, abs=1)
    with pytest.raises(seeking.NotNow, match="not our turn") as refusal:
        Restraint(redis, gap).admit()
    assert refusal.value.wait_seconds == pytest.approx(32, abs=2)


def test_a_clock_that_was_set_back_keeps_nobody_waiting(redis):
    redis.hset(KEY, "free", 10**15)

    with pytest.raises(seeking.NotNow) as refusal:
        Restraint(redis, timedelta(seconds=4)).admit()

    assert refusal.value.wait_seconds < 60


def test_without_redis_nobody_asks():
    nowhere = Redis(host="127.0.0.1", port=9)

    with pytest.raises(seeking.NotNow, match="Redis"):
        Restraint(nowhere, timedelta()).admit()


def test_an_empty_redis_forgets_failures_and_nothing_else(archive, press, redis):
    source = a_page()
    archive.hold(source.canonical_url, LOST - DAY, PAGE)
    for _ in range(5):
        Restraint(redis, timedelta()).went_wrong()
    sweep(source)
    assert press.requests == []

    redis.delete(KEY)

    assert sweep(source, at=source.archive_due_at).archived_url
