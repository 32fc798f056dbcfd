"""Copies in an archive of pages whose words were lost, against an archive of our own."""

from datetime import datetime, timedelta

import pytest
from django.conf import settings as configured
from redis import Redis

from sources import archiving, attaching, packing, tasks
from sources.archiving import seeking
from sources.archiving.restraint import Restraint
from sources.models import Check, Passage, Sighting, Snapshot, Source
from tests.factories import NOON, a_source, seen_intact
from tests.sources.mementos import Mementos, http_date
from tests.sources.press import answer, drips, raw, stalls

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
LOST = NOON + 10 * DAY
NOW = LOST + DAY
WORDS = "The dam held through the night."
PAGE = (
    f"<html><body><article><p>Before it all.</p><p>{WORDS}</p></article></body></html>"
)
KEY = "counterclaim:archive"


@pytest.fixture
def redis():
    with Redis.from_url(configured.REDIS_URL) as redis:
        redis.delete(KEY)
        yield redis
        redis.delete(KEY)


@pytest.fixture
def archive(press, settings, redis):
    settings.SOURCES_ALLOW_PORTS = [press.port]
    settings.SOURCES_ARCHIVE_URL = press.url("")
    settings.SOURCES_ARCHIVE_GAP = timedelta()
    settings.SOURCES_FETCH_TIMEOUT = timedelta(seconds=1)
    return Mementos(press)


def a_page(*quotes, **fields):
    """A page with words that stood when it was looked at last."""
    source = a_source()
    for exact in quotes or (WORDS,):
        seen_intact(attaching.watch(source, exact=exact, now=NOON))
    a_look(source, LOST - DAY)
    Source.objects.filter(pk=source.pk).update(
        **{"state": "gone", "state_since": LOST, **fields}
    )
    source.refresh_from_db()
    return source


def a_look(source, at):
    Check.objects.create(
        source=source,
        lease_token=source.pk,
        started_at=at,
        duration_ms=1,
        outcome="unchanged",
    )


def sweep(source, *, at=NOW, times=1):
    """Look in the archive, each time when the page is due there."""
    now = at
    for _ in range(times):
        seeking.sweep(clock=lambda: now)  # noqa: B023
        source.refresh_from_db()
        now = source.archive_due_at or now
    return source


def copies_seen():
    return list(Sighting.objects.in_an_archive().order_by("at", "pk"))


# --- What is found ------------------------------------------------------------


def test_a_dead_page_is_found_as_it_read_when_its_words_stood(archive, press):
    source = a_page()
    archive.hold(source.canonical_url, NOON - 300 * DAY, "<p>Something older.</p>")
    copy = archive.hold(source.canonical_url, LOST - 2 * DAY, PAGE)
    archive.hold(source.canonical_url, LOST + 5 * DAY, "<p>Parked.</p>")

    sweep(source)

    assert (source.archived_url, source.archived_at) == (copy, LOST - 2 * DAY)
    assert (source.archive_due_at, source.archive_failures) == (None, 0)
    (sighting,) = copies_seen()
    assert sighting.memento_url == sighting.snapshot.memento_url == copy
    assert sighting.snapshot.fetched_at == LOST - 2 * DAY
    # The page as the site had sent it, without the archive's banner.
    assert sighting.snapshot.body == PAGE.encode()
    assert press.requests[0].headers["accept-datetime"] == http_date(LOST - DAY)


def test_what_was_found_is_not_looked_for_again(archive, press):
    source = a_page()
    archive.hold(source.canonical_url, LOST - DAY, PAGE)
    sweep(source)
    asked = len(press.requests)

    sweep(source, at=NOW + DAY, times=3)

    assert len(press.requests) == asked
    assert len(copies_seen()) == 1


@pytest.mark.parametrize("state", ["altered", "missing"])
def test_words_that_were_lost_from_a_living_page_are_looked_for(archive, state):
    source = a_page(state="live", state_since=NOON)
    Passage.objects.update(state=state, state_since=LOST)
    copy = archive.hold(source.canonical_url, LOST - DAY, PAGE)

    sweep(source)

    assert source.archived_url == copy
    assert Passage.objects.get().state == state


def test_a_page_that_fails_for_a_while_is_looked_for_before_it_is_dead(archive):
    source = a_page(state="failing", failures=2, failing_since=LOST)
    archive.hold(source.canonical_url, LOST - DAY, PAGE)

    assert sweep(source).archived_url


@pytest.mark.parametrize(
    "fields", [{"state": "failing", "failures": 1}, {"state": "live"}]
)
def test_a_page_that_stands_is_left_alone(archive, press, fields):
    sweep(a_page(**fields))

    assert press.requests == []


def test_a_page_whose_words_never_stood_is_left_alone(archive, press):
    source = a_source(state="gone", state_since=LOST)
    attaching.watch(source, exact=WORDS, now=NOON)

    sweep(source)

    assert press.requests == []


def test_a_copy_that_is_our_own_snapshot_letter_for_letter_counts(archive):
    source = a_page()
    kept = Passage.objects.get().snapshot
    copy = archive.hold(source.canonical_url, LOST - DAY, kept.body.decode())

    sweep(source)

    assert source.archived_url == copy
    (sighting,) = copies_seen()
    assert (sighting.snapshot, sighting.memento_url) == (kept, copy)


def test_an_archive_is_named_by_its_timegate_too(archive, press, settings):
    settings.SOURCES_ARCHIVE_URL = press.url("/times/")
    source = a_page()
    timemap = f'<{press.url("/list")}>; rel="timemap"'
    made = [("Memento-Datetime", http_date(LOST)), ("Link", timemap)]
    press.redirect(f"/times/{source.canonical_url}", "/copies/7")
    copy = press.page("/copies/7", PAGE, headers=made)

    sweep(source)

    assert source.archived_url == copy
    assert [r.path for r in press.requests] == [
        f"/times/{source.canonical_url}",
        "/copies/7",
    ]


# --- What does not count ------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "<p>Page not found</p>",
        PAGE.replace("held", "broke"),
        PAGE.replace(WORDS, f"<!-- {WORDS} -->"),
        f'<script>"{WORDS}"</script><p>Nothing to see.</p>',
        "",
    ],
)
def test_a_copy_without_the_words_does_not_count(archive, body):
    source = a_page()
    archive.hold(source.canonical_url, LOST - DAY, body)

    sweep(source)

    assert (source.archived_url, source.archive_failures) == ("", 1)
    assert copies_seen() == []


def test_after_a_copy_without_the_words_the_next_closest_is_tried(archive):
    source = a_page()
    copy = archive.hold(source.canonical_url, LOST - 5 * DAY, PAGE)
    archive.hold(source.canonical_url, LOST - 2 * DAY, "<p>Come back later.</p>")
    archive.hold(source.canonical_url, LOST - DAY, "Gone.", status=404)

    assert sweep(source).archived_url == copy


def test_a_handful_of_copies_is_tried_and_no_more(archive, press):
    source = a_page()
    for day in range(1, 40):
        archive.hold(source.canonical_url, LOST - day * DAY, "<p>Come back later.</p>")

    sweep(source)

    assert len(press.requests) <= 12
    assert source.archive_failures == 1


def test_an_error_page_in_the_archive_is_no_copy(archive):
    source = a_page()
    archive.hold(source.canonical_url, LOST - DAY, PAGE, status=500)

    assert sweep(source).archived_url == ""


def test_a_page_that_is_no_memento_is_no_copy(archive, press):
    source = a_page()
    press.page(f"/web/{source.canonical_url}", PAGE)

    sweep(source)

    assert (source.archived_url, source.archive_failures) == ("", 1)


def test_a_copy_from_the_future_does_not_count(archive):
    source = a_page()
    archive.hold(source.canonical_url, NOW + 300 * DAY, PAGE)

    assert sweep(source).archived_url == ""


@pytest.mark.parametrize("media_type", ["image/png", "application/zip"])
def test_a_copy_that_cannot_be_read_does_not_count(archive, media_type):
    source = a_page()
    archive.hold(source.canonical_url, LOST - DAY, PAGE, media_type=media_type)

    assert sweep(source).archived_url == ""


def test_words_count_one_by_one_and_the_page_with_all_of_them(archive):
    source = a_page(WORDS, "Before it all.")
    half = PAGE.replace("Before it all.", "")
    first = archive.hold(source.canonical_url, LOST - DAY, half)

    sweep(source)

    (sighting,) = copies_seen()
    assert (sighting.passage.exact, sighting.memento_url) == (WORDS, first)
    assert source.archived_url == ""

    whole = archive.hold(source.canonical_url, LOST - 3 * DAY, PAGE)
    sweep(source, at=source.archive_due_at)

    assert source.archived_url == whole
    assert source.archive_due_at is None


def test_a_list_of_lists_is_followed_to_the_years_that_matter(archive, press):
    source = a_page()
    url = source.canonical_url
    archive.hold(url, LOST - DAY, "<p>Come back later.</p>")
    copy = archive.hold(url, LOST - 2 * DAY, PAGE)
    press.on("/this-year", archive.timemap(url))
    press.page(
        f"/web/timemap/link/{url}",
        f'<{url}>; rel="original", </last-year>; rel="timemap"; '
        f'from="{http_date(NOON - 700 * DAY)}"; until="{http_date(NOON - 365 * DAY)}", '
        f'</this-year>; rel="timemap"; from="{http_date(NOON - 365 * DAY)}"; '
        f'until="{http_date(NOW)}"',
    )

    assert sweep(source).archived_url == copy
    assert press.asked_for("/last-year") == []


# --- An archive that has nothing, or is in trouble ----------------------------


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


# --- Rows are the truth -------------------------------------------------------


def test_two_workers_never_take_the_same_page(archive):
    sources = [a_page() for _ in range(2)]
    Source.objects.update(archive_due_at=NOW)

    taken = [seeking._take(NOW), seeking._take(NOW), seeking._take(NOW)]

    assert {source.pk for source in taken[:2]} == {source.pk for source in sources}
    assert taken[2] is None


def test_a_page_whose_worker_died_is_due_again(archive):
    source = a_page()
    archive.hold(source.canonical_url, LOST - DAY, PAGE)
    Source.objects.update(archive_due_at=NOW)
    seeking._take(NOW)

    assert sweep(source, at=NOW + timedelta(minutes=14)).archived_url == ""
    assert sweep(source, at=NOW + timedelta(minutes=15)).archived_url


def test_a_page_that_breaks_every_worker_is_given_up(archive, press, caplog):
    source = a_page(archive_due_at=NOW)
    now = NOW
    for _ in range(8):
        assert seeking._take(now) == source
        now += timedelta(minutes=15)

    assert seeking._take(now) is None

    source.refresh_from_db()
    assert (source.archive_due_at, source.archive_failures) == (None, 8)
    assert "no copy was found in the archive" in caplog.text
    assert press.requests == []


def test_a_worker_that_comes_late_writes_nothing(archive, press, redis):
    source = a_page()
    archive.hold(source.canonical_url, LOST - DAY, PAGE)
    Source.objects.update(archive_due_at=NOW)
    taken = seeking._take(NOW)
    seeking._take(NOW + timedelta(hours=1))

    with seeking.Doorkeeper(seeking.door_config()) as door:
        seen = seeking.look_after(
            taken,
            archive=seeking.Archive(
                address=press.url(""),
                door=door,
                restraint=Restraint(redis, timedelta()),
                now=NOW,
            ),
            save=False,
            clock=lambda: NOW,
        )

    assert not seen
    assert copies_seen() == []
    assert Snapshot.objects.filter(source=source).exclude(memento_url="").count() == 0


def test_nothing_is_asked_while_no_archive_is_named(archive, press, settings):
    settings.SOURCES_ARCHIVE_URL = ""
    source = a_page()

    tasks.look_in_archive()

    source.refresh_from_db()
    assert press.requests == []
    assert source.archive_due_at is None


def test_the_task_looks_in_the_archive_that_is_named(archive):
    source = a_page(state_since=datetime.now(NOON.tzinfo) - timedelta(hours=2))
    archive.hold(source.canonical_url, LOST - DAY, PAGE)

    tasks.look_in_archive()

    source.refresh_from_db()
    assert source.archived_url


# --- Saving pages -------------------------------------------------------------


@pytest.fixture
def saving(archive, settings):
    settings.SOURCES_SAVE_PAGES = True
    return archive


def a_fresh_page(**fields):
    return a_page(**{"state": "live", "state_since": NOON, **fields})


def test_a_page_newly_cited_is_saved_and_its_words_looked_for_there(saving, press):
    source = a_fresh_page()
    saving.takes(source.canonical_url)

    sweep(source, at=NOON)

    assert saving.saved == [source.canonical_url]
    assert source.archived_url == ""
    assert source.archive_due_at == NOON + timedelta(minutes=15)

    copy = saving.hold(source.canonical_url, NOON + timedelta(minutes=3), PAGE)
    sweep(source, at=source.archive_due_at)

    assert source.archived_url == copy
    assert saving.saved == [source.canonical_url]


def test_a_page_that_the_archive_has_already_is_not_saved(saving):
    source = a_fresh_page()
    saving.takes(source.canonical_url)
    copy = saving.hold(source.canonical_url, NOON - DAY, PAGE)

    sweep(source, at=NOON)

    assert source.archived_url == copy
    assert saving.saved == []


def test_words_newly_cited_on_a_page_that_was_saved_are_looked_for_too(saving):
    source = a_fresh_page()
    saving.hold(source.canonical_url, NOON - DAY, PAGE)
    sweep(source, at=NOON)

    seen_intact(attaching.watch(source, exact="Before it all.", now=NOON))
    sweep(source, at=NOON + timedelta(hours=1))

    assert {sighting.passage.exact for sighting in copies_seen()} == {
        WORDS,
        "Before it all.",
    }


def test_a_dead_page_is_not_saved(saving):
    source = a_page()
    saving.takes(source.canonical_url)

    sweep(source)

    assert saving.saved == []


def test_nothing_is_saved_unless_that_is_asked_for(archive, press):
    source = a_fresh_page()
    archive.takes(source.canonical_url)

    sweep(source, at=NOON)

    assert press.requests == []


@pytest.mark.parametrize("status", [403, 429, 500])
def test_an_archive_that_does_not_save_is_asked_again_later(saving, status):
    source = a_fresh_page()
    saving.takes(source.canonical_url, then=answer("", status=status))

    sweep(source, at=NOON)

    assert source.archive_failures == 1
    assert source.archive_due_at == NOON + timedelta(minutes=15)


# --- Looks at the page itself -------------------------------------------------


def test_an_archived_copy_is_no_version_that_a_look_compares_with(lookout):
    counted = PAGE.replace("<article>", "<nav>Seen by {} readers.</nav><article>")
    source = lookout.attach("/a", WORDS)
    lookout.press.page("/a", counted.format(1))
    lookout.look(source)
    Snapshot.objects.create(
        source=source,
        sha256=archiving.digest(b"An older page."),
        fetched_at=lookout.now + timedelta(hours=1),
        final_url=source.url,
        memento_url="https://archive.example/1",
        body_zstd=packing.pack(b"An older page."),
        body_bytes=len(b"An older page."),
        metadata={"article": ["An older article, which no look has seen."]},
    )
    lookout.pass_time(days=1)
    lookout.press.page("/a", counted.format(2))

    assert lookout.look(source).outcome == "unchanged"


def test_words_found_in_an_archive_are_no_news_about_the_page(lookout):
    source = lookout.attach("/a", WORDS)
    lookout.press.page("/a", PAGE)
    lookout.look(source)
    lookout.press.page("/a", PAGE.replace("held", "broke"))
    lookout.pass_time(days=1)
    lookout.look(source)
    passage = Passage.objects.get()
    Sighting.objects.create(
        passage=passage,
        at=lookout.now,
        state="intact",
        snapshot=passage.snapshot,
        memento_url="https://archive.example/1",
    )
    before = Sighting.objects.count()

    lookout.press.page(
        "/a", PAGE.replace("held", "broke").replace("Before", "Well before")
    )
    lookout.pass_time(days=1)
    lookout.look(source)

    assert Passage.objects.get().state == "altered"
    assert Sighting.objects.count() == before
