"""What rows keep of the search in an archive, whoever dies on the way."""

from datetime import datetime, timedelta

import pytest

from sources import archiving, packing, tasks
from sources.archiving import seeking
from sources.archiving.restraint import Restraint
from sources.models import Passage, Sighting, Snapshot, Source
from tests.factories import NOON
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
