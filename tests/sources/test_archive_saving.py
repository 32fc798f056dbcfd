"""Pages that an archive is asked to save before their words are lost."""

from datetime import timedelta

import pytest

from sources import attaching
from tests.factories import NOON, seen_intact
from tests.sources.press import answer
from tests.sources.searching import DAY, PAGE, WORDS, a_page, copies_seen, sweep

pytestmark = pytest.mark.django_db


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
