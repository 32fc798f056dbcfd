"""Each rule of the database about sources, broken on purpose."""

from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from sources import attaching
from sources.models import (
    Check,
    Host,
    LostPage,
    Passage,
    Robots,
    Sighting,
    Snapshot,
    Source,
    Title,
)
from tests.factories import NOON, a_snapshot, a_source, seen_intact

pytestmark = pytest.mark.django_db


@contextmanager
def refused(rule):
    """What happens inside breaks this rule, and nothing of it is kept."""
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        yield


def change(row, **fields):
    type(row).objects.filter(pk=row.pk).update(**fields)


def a_passage(source=None):
    return attaching.watch(source or a_source(), exact="The dam held.", now=NOON)


def a_check(source, **fields):
    return Check.objects.create(
        source=source,
        **{
            "lease_token": uuid4(),
            "started_at": NOON,
            "duration_ms": 1,
            "outcome": "unchanged",
            **fields,
        },
    )


def a_body(source, sha256):
    return {
        "source": source,
        "sha256": sha256,
        "fetched_at": NOON,
        "final_url": source.url,
        "body_zstd": b"",
        "body_bytes": 0,
    }


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("source_url_is_http", {"canonical_url": "ftp://paper.example/a"}),
        ("source_state_is_known", {"state": "asleep"}),
        ("source_lease_is_whole_or_empty", {"lease_token": uuid4()}),
        ("source_lease_is_whole_or_empty", {"lease_until": NOON}),
        ("source_archived_copy_has_a_time", {"archived_at": NOON}),
        (
            "source_archived_copy_has_a_time",
            {"archived_url": "https://archive.example/a"},
        ),
    ],
)
def test_a_source_is_a_page_in_a_known_state(rule, fields):
    with refused(rule):
        change(a_source(), **fields)


def test_one_address_is_one_source():
    source, other = a_source(), a_source()

    with refused("source_once_for_each_address"):
        change(other, canonical_url=source.canonical_url)


def test_one_address_is_one_source_for_whatever_keeps_it_apart():
    source, other, somebody = a_source(), a_source(), uuid4()
    change(source, apart_for=somebody)
    change(other, canonical_url=source.canonical_url, apart_for=uuid4())

    with refused("source_once_for_each_address"):
        change(other, apart_for=somebody)


def test_an_edit_counts_the_version_and_a_check_does_not():
    """version_counts_edits: what workers find does not overtake an editor."""
    source = a_source()

    change(source, state="live", last_checked_at=NOON, etag="x")
    source.refresh_from_db()
    assert source.version == 1
    change(source, title="The dam")

    source.refresh_from_db()
    assert source.version == 2


def test_a_lease_is_checked_once():
    source = a_source()
    check = a_check(source)

    with refused("check_once_for_each_lease"):
        a_check(source, lease_token=check.lease_token)


def test_a_check_found_something_known():
    with refused("check_outcome_is_known"):
        a_check(a_source(), outcome="shrug")


def test_a_body_is_kept_once():
    source = a_source()
    snapshot = a_snapshot(source, "The dam held.")

    with refused("snapshot_once_for_each_body"):
        Snapshot.objects.create(**a_body(source, snapshot.sha256))


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("passage_state_is_known", {"state": "faded"}),
        ("passage_place_is_whole_or_empty", {"start": 3}),
        ("passage_place_is_whole_or_empty", {"start": 3, "end": 3}),
        ("passage_intact_rests_on_a_snapshot", {"state": "intact"}),
        ("passage_words_stand", {"exact": "The dam broke."}),
    ],
)
def test_a_passage_is_words_in_a_known_state(rule, fields):
    with refused(rule):
        change(a_passage(), **fields)


def test_a_passage_has_words():
    with refused("passage_has_words"):
        a_source().passages.create(exact=" \n", state_since=NOON, added_at=NOON)


def test_the_same_words_are_watched_once_on_a_page():
    passage = a_passage()

    with refused("passage_watched_once"):
        passage.source.passages.create(
            exact=passage.exact, state_since=NOON, added_at=NOON
        )


def test_the_same_words_are_watched_once_for_whatever_keeps_them_apart():
    passage, somebody = a_passage(), uuid4()
    fields = {"exact": passage.exact, "state_since": NOON, "added_at": NOON}
    passage.source.passages.create(**fields, apart_for=somebody)
    passage.source.passages.create(**fields, apart_for=uuid4())

    with refused("passage_watched_once"):
        passage.source.passages.create(**fields, apart_for=somebody)


def test_watched_words_do_not_move_to_another_page():
    with refused("passage_words_stand"):
        change(a_passage(), source=a_source())


def test_words_are_seen_in_snapshots_of_their_own_page():
    elsewhere = a_snapshot(a_source(), "The dam held.")

    with refused("passage_seen_on_its_own_page"):
        change(a_passage(), state="intact", snapshot=elsewhere)
    with refused("passage_seen_on_its_own_page"):
        Passage.objects.create(
            source=a_source(),
            exact="The dam held.",
            state="intact",
            snapshot=elsewhere,
            state_since=NOON,
            added_at=NOON,
        )


def test_a_sighting_of_intact_words_rests_on_a_snapshot():
    with refused("sighting_intact_rests_on_a_snapshot"):
        Sighting.objects.create(passage=a_passage(), at=NOON, state="intact")


@pytest.mark.parametrize("model", [Check, Snapshot, Sighting])
def test_what_workers_write_down_is_only_added_to(model):
    """append_only: what was seen stays as it was seen."""
    passage = seen_intact(a_passage())
    a_check(passage.source, snapshot=passage.snapshot)
    row = model.objects.get()
    name = {Check: "started_at", Snapshot: "fetched_at", Sighting: "at"}[model]

    for act in (
        lambda: change(row, **{name: NOON + timedelta(days=1)}),
        lambda: model.objects.filter(pk=row.pk)._raw_delete("default"),
    ):
        refusal = pytest.raises(DatabaseError, match="Cannot update or delete rows")
        with refusal, transaction.atomic():
            act()


def test_a_page_with_a_history_is_not_deleted():
    passage = seen_intact(a_passage())

    with refused("violates foreign key"):
        Source.objects.filter(pk=passage.source_id)._raw_delete("default")
        # The database looks at references when a transaction ends; here, now.
        connection.check_constraints()


def test_a_source_is_not_its_own_alias():
    source = a_source()

    with refused("source_is_not_its_own_alias"):
        change(source, same_as=source)


def test_a_snapshot_is_not_packed_against_itself():
    snapshot = a_snapshot(a_source(), "The dam held.")
    snapshot.pk = snapshot.dictionary_id = uuid4()
    snapshot.sha256 = "0" * 64

    with refused("snapshot_is_not_its_own_dictionary"):
        snapshot.save(force_insert=True)


def test_a_snapshot_is_packed_against_a_whole_one_of_its_own_page():
    source = a_source()
    whole = a_snapshot(source, "The dam held.")
    packed = Snapshot.objects.create(dictionary=whole, **a_body(source, "1"))

    with refused("snapshot_dictionary_is_whole"):
        Snapshot.objects.create(dictionary=packed, **a_body(source, "2"))
    with refused("snapshot_dictionary_is_whole"):
        Snapshot.objects.create(dictionary=whole, **a_body(a_source(), "3"))


def test_what_an_archive_lacks_is_no_sighting():
    with refused("sighting_in_an_archive_is_intact"):
        Sighting.objects.create(
            passage=a_passage(),
            at=NOON,
            state="missing",
            memento_url="https://archive.example/1",
        )


@pytest.mark.parametrize(
    "fields",
    [
        {"paused_until": NOON},
        {"paused_at": NOON},
        {"pause_reason": "It asks for fewer visits."},
        {"paused_until": NOON, "paused_at": NOON},
    ],
)
def test_the_pause_of_a_host_is_whole_or_empty(fields):
    host = Host.objects.create(name="paper.example")

    with refused("host_pause_is_whole_or_empty"):
        change(host, **fields)


def test_a_site_says_one_of_three_things_to_automatic_visitors():
    with refused("robots_standing_is_known"):
        Robots.objects.create(
            origin="https://paper.example",
            standing="moody",
            fetched_at=NOON,
            standing_since=NOON,
        )


def test_one_lost_page_is_kept_for_each_folder():
    kept = {"origin": "https://paper.example", "folder": "/politics/"}
    LostPage.objects.create(**kept, seen_at=NOON)

    with refused("lost_page_once_for_each_folder"):
        LostPage.objects.create(**kept, seen_at=NOON)


def test_an_alias_has_no_aliases_and_is_not_one_of_an_alias():
    page, old, older = a_source(), a_source(), a_source()
    change(old, same_as=page)

    with refused("source_alias_of_a_page"):
        change(older, same_as=old)
    with refused("source_alias_of_a_page"):
        change(page, same_as=older)


def test_aliases_follow_their_page_whoever_changes_its_state():
    page, old, other = a_source(), a_source(), a_source()
    change(old, same_as=page)

    # The rule is called aliases_follow_their_page.
    change(page, state="gone", state_since=NOON + timedelta(days=1))

    old.refresh_from_db()
    other.refresh_from_db()
    assert (old.state, old.state_since) == ("gone", NOON + timedelta(days=1))
    assert other.state == "pending"


def test_a_title_stands_in_a_row_of_its_own_whoever_writes_it():
    source = a_source(title="The dam held")  # title_is_kept_apart
    assert Title.objects.get(source=source).title == "The dam held"

    change(source, title="The dam broke")  # new_title_is_kept_apart
    assert Title.objects.get(source=source).title == "The dam broke"
