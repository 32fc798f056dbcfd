"""`manage.py verify_history`: what was changed behind the record's back is found."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from claims import workflow
from claims.models import Claim, Correction, Move, Review
from claims.vocabulary import ClaimStatus
from sources.models import Snapshot
from tests.factories import a_claim, a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(db):
    """A claim that went through both pairs of eyes and was corrected once."""
    ana, ben = a_person("reviewer", "ana"), a_person("reviewer", "ben")
    claim = a_claim(ClaimStatus.CORRECTING, writer=ana)
    at = timezone.now()
    workflow.write_review(claim, verdict="mixed", summary="One hall.", by=ana, at=at)
    workflow.submit(
        claim, by=ana, at=at, correction_kind="correction", correction_note="Misdated."
    )
    return workflow.second(claim, verdict="mixed", by=ben, at=at)


def by_hand(sql, *values, table):
    """Change rows as somebody would who switches the rules of a table off."""
    with connection.cursor() as cursor:
        # What waits for the end of the transaction would forbid to alter the table.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(sql, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def verified(*args):
    """Return what the command said, and what it ended with."""
    said, ended = StringIO(), 0
    try:
        call_command("verify_history", *args, stdout=said)
    except SystemExit as stop:
        ended = stop.code
    return said.getvalue(), ended


def test_a_record_that_nobody_tampered_with_agrees_with_itself(published):
    said, ended = verified()

    assert ended == 0
    assert "BAD" not in said
    assert "The record agrees with itself." in said


def test_undone_publications_agree_as_well(published):
    ben = Move.objects.newest_first().first().by
    workflow.undo(published, by=ben, at=timezone.now())

    said, ended = verified()

    assert (ended, "BAD" in said) == (0, False), said


def test_a_row_changed_without_its_history_is_named(published):
    by_hand(
        "UPDATE claims_claim SET statement = 'Other words.' WHERE id = %s",
        published.pk,
        table="claims_claim",
    )

    said, ended = verified()

    assert ended == 1
    assert (
        f"claims.claim {published.pk}: It was changed without a word in its history."
        in said
    )


def test_a_history_that_was_thinned_out_is_named(published):
    by_hand("DELETE FROM claims_claimantevent", table="claims_claimantevent")

    said, ended = verified()

    assert ended == 1
    assert f"claims.claimant {published.claimant_id}: It has no history." in said


def test_a_version_that_is_missing_is_named(published):
    claim = Claim.objects.get(pk=published.pk)
    by_hand(
        "UPDATE claims_claimevent SET version = version + 5 WHERE pgh_id ="
        " (SELECT max(pgh_id) FROM claims_claimevent WHERE pgh_obj_id = %s)",
        claim.pk,
        table="claims_claimevent",
    )

    said, ended = verified()

    assert ended == 1
    assert f"claims.claim {claim.pk}: Its history goes from version " in said


def test_a_move_that_was_taken_out_is_missed(published):
    move = Move.objects.filter(claim=published).newest_first().last()
    by_hand("DELETE FROM claims_move WHERE id = %s", move.pk, table="claims_move")

    said, ended = verified()

    assert ended == 1
    assert (
        f"claims.claim {published.pk}: Its moves do not lead from new to where it"
        " stands." in said
    )


def test_a_verdict_rewritten_after_publication_is_named_even_with_its_history(
    published,
):
    review = Review.objects.filter(claim=published).newest_first().last()
    by_hand(
        "UPDATE claims_review SET summary = 'Nothing to see.' WHERE id = %s",
        review.pk,
        table="claims_review",
    )
    by_hand(
        "UPDATE claims_reviewevent SET summary = 'Nothing to see.' WHERE pgh_id ="
        " (SELECT max(pgh_id) FROM claims_reviewevent WHERE pgh_obj_id = %s)",
        review.pk,
        table="claims_reviewevent",
    )

    said, ended = verified()

    assert ended == 1
    assert (
        f"claims.review {review.pk}: It reads otherwise than when it was published."
        in said
    )


def test_a_published_review_that_is_gone_is_missed(published):
    review = Review.objects.filter(claim=published).newest_first().last()
    by_hand(
        "DELETE FROM claims_correction WHERE review_from_id = %s",
        review.pk,
        table="claims_correction",
    )
    by_hand("DELETE FROM claims_review WHERE id = %s", review.pk, table="claims_review")

    said, ended = verified()

    assert ended == 1
    assert f"claims.review {review.pk}: It was published, and is not there" in said


def test_reviews_that_stood_at_the_same_time_are_named(published):
    later = Review.objects.filter(claim=published).newest_first().first()
    by_hand(
        "UPDATE claims_review SET valid_from = valid_from - interval '2 hours'"
        " WHERE id = %s",
        later.pk,
        table="claims_review",
    )

    said, ended = verified()

    assert ended == 1
    assert f"claims.review {later.pk}: It begins before the one it replaced" in said


def test_a_correction_that_leads_back_is_named(published):
    note = Correction.objects.get(claim=published)
    by_hand(
        "UPDATE claims_correction SET review_from_id = review_to_id WHERE id = %s",
        note.pk,
        table="claims_correction",
    )

    said, ended = verified()

    assert ended == 1
    assert f"claims.correction {note.pk}: It does not lead" in said


def test_a_rule_of_the_database_that_is_switched_off_is_named(db):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE claims_move DISABLE TRIGGER USER")

    said, ended = verified()

    assert ended == 1
    assert "claims.move append_only: This rule of the database is switched off." in said


def test_a_kept_copy_that_was_damaged_is_named_and_the_run_goes_on_behind_it(published):
    copy = Snapshot.objects.order_by("pk").first()
    by_hand(
        "UPDATE sources_snapshot SET sha256 = repeat('0', 64) WHERE id = %s",
        copy.pk,
        table="sources_snapshot",
    )

    said, ended = verified()
    behind, fine = verified("--after", str(copy.pk))

    assert (ended, fine) == (1, 0)
    assert f"sources.snapshot {copy.pk}: The kept copy is not the body" in said
    assert "kept copies read." in behind
