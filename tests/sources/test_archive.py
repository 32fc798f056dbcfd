"""Copies in an archive of pages whose words were lost, against an archive of our own."""

import pytest

from sources import attaching
from sources.models import Passage
from tests.factories import NOON, a_source
from tests.sources.mementos import http_date
from tests.sources.searching import (
    DAY,
    LOST,
    NOW,
    PAGE,
    WORDS,
    a_page,
    copies_seen,
    sweep,
)

pytestmark = pytest.mark.django_db


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
