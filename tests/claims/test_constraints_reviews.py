"""Each rule of the database about reviews and corrections, broken on purpose."""

from datetime import timedelta

import pytest

from claims import workflow
from claims.models import (
    Correction,
    Review,
)
from tests.claims.breaking import LATER, S, change, refused
from tests.factories import (
    NOON,
    a_claim,
    a_person,
)

pytestmark = pytest.mark.django_db


def writing():
    """A review that is being written, of a claim in review."""
    ana = a_person()
    claim = a_claim(S.IN_REVIEW, writer=ana)
    return workflow.write_review(claim, verdict="false", summary="So.", by=ana, at=NOON)


def submitted():
    return a_claim(S.SECOND_REVIEW).reviews.get()


def seconded():
    return a_claim(S.ARBITRATION).reviews.get()


def published():
    return a_claim(S.PUBLISHED).reviews.get()


# --- Reviews ------------------------------------------------------------------


def test_a_review_begins_open():
    claim, ana, ben = a_claim(S.IN_REVIEW), a_person(), a_person()

    with refused("review_starts_open"):
        Review.objects.create(
            claim=claim,
            version=1,
            verdict="true",
            first_verdict="true",
            second_verdict="true",
            summary="Yes.",
            written_by=ana,
            second_reviewer=ben,
            submitted_at=NOON,
            seconded_at=NOON,
            created_at=NOON,
            published_at=NOON,
            valid_from=NOON,
        )
    with refused("review_starts_open"):
        Review.objects.create(
            claim=claim,
            version=1,
            verdict="true",
            first_verdict="true",
            summary="Yes.",
            written_by=ana,
            submitted_at=NOON,
            created_at=NOON,
        )


def test_the_second_pair_of_eyes_is_somebody_elses():
    review = submitted()

    with refused(r"review_needs_a_second_pair_of_eyes|review_second_never_wrote_it"):
        change(
            review,
            second_reviewer=review.written_by,
            second_verdict=review.first_verdict,
            seconded_at=NOON,
        )


def test_the_arbiter_is_a_third_person():
    review = seconded()

    for person in (review.written_by, review.second_reviewer):
        with refused("review_arbiter_is_a_third_person"):
            change(review, arbiter=person, arbitrated_at=NOON)


def test_the_writer_is_not_swapped_to_become_the_second():
    review = submitted()

    with refused("review_submitted_stands"):
        change(review, written_by=a_person())


@pytest.mark.parametrize(
    "fields",
    [
        {"verdict": "true"},
        {"first_verdict": "true", "verdict": "true"},
        {"summary": "Otherwise."},
        {"explanation": "Otherwise."},
        {"submitted_at": LATER},
    ],
    ids="-".join,
)
def test_what_was_handed_in_is_not_changed(fields):
    with refused("review_submitted_stands"):
        change(submitted(), **fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"second_verdict": "true"},
        {"second_verdict": "false"},
        {"second_reviewer": None, "second_verdict": "", "seconded_at": None},
    ],
    ids=["another", "the first's", "none"],
)
def test_a_recorded_verdict_stands(fields):
    with refused("review_recorded_verdict_stands"):
        change(seconded(), **fields)


def test_nobody_is_second_to_what_was_not_submitted():
    review = writing()

    with refused("review_is_submitted_before_seconded"):
        change(
            review,
            first_verdict="false",
            submitted_at=NOON,
            second_reviewer=a_person(),
            second_verdict="false",
            seconded_at=NOON,
        )


def test_nobody_arbitrates_before_both_verdicts_are_in():
    with refused("review_is_seconded_before_arbitrated"):
        change(
            submitted(),
            second_reviewer=a_person(),
            second_verdict="true",
            seconded_at=NOON,
            arbiter=a_person(),
            arbitrated_at=NOON,
        )


def test_a_review_is_not_seconded_and_published_at_one_stroke():
    review = submitted()

    with refused("review_is_seconded_before_published"):
        change(
            review,
            second_reviewer=a_person(),
            second_verdict=review.first_verdict,
            seconded_at=NOON,
            published_at=NOON,
            valid_from=NOON,
        )


def test_a_review_that_differs_is_not_published_without_an_arbiter():
    with refused("review_published_by_two_who_agree_or_a_third"):
        change(seconded(), published_at=NOON, valid_from=NOON)


def test_a_review_is_not_published_unseconded():
    """review_published_was_seconded stands behind the trigger that meets it first."""
    with refused("review_is_seconded_before_published|review_published_was_seconded"):
        change(submitted(), published_at=NOON, valid_from=NOON)


def test_a_review_stays_with_its_claim():
    other = a_claim()

    for review in (writing(), submitted(), seconded()):
        with refused("review_stays_with_its_claim"):
            change(review, claim=other)
    with refused("review_published_is_immutable"):
        change(published(), claim=other)


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("review_submission_is_whole_or_empty", {"submitted_at": NOON}),
        (
            "review_submission_is_whole_or_empty",
            {"submitted_at": NOON, "first_verdict": "false", "summary": " "},
        ),
        (
            "review_second_verdict_is_whole_or_empty",
            {"second_verdict": "true"},
        ),
        ("review_verdict_is_known", {"verdict": "nearly"}),
        ("review_validity_starts_with_publication", {"valid_from": NOON}),
    ],
)
def test_a_review_is_whole(rule, fields):
    with refused(rule):
        change(writing(), **fields)


def test_an_arbitration_is_whole():
    with refused("review_arbitration_is_whole_or_empty"):
        change(seconded(), arbiter=a_person())


def test_a_version_is_one_review_and_one_is_in_the_making_and_one_stands():
    review = writing()
    with refused("review_one_in_the_making|review_version_is_one_review"):
        Review.objects.create(
            claim=review.claim, version=1, written_by=a_person(), created_at=NOON
        )
    with refused("review_one_in_the_making"):
        Review.objects.create(
            claim=review.claim, version=2, written_by=a_person(), created_at=NOON
        )
    stands = published()
    with refused("review_version_is_one_review"):
        Review.objects.create(
            claim=stands.claim, version=1, written_by=a_person(), created_at=NOON
        )


def test_two_reviews_of_one_claim_do_not_stand_at_one_time():
    ana, ben = a_person(), a_person()
    claim = a_claim(S.CORRECTING, writer=ana)
    workflow.submit(
        claim, by=ana, at=NOON, correction_kind="update", correction_note="News."
    )
    review = claim.reviews.unpublished().get()
    change(
        review,
        second_reviewer=ben,
        second_verdict=review.first_verdict,
        seconded_at=NOON,
    )

    with refused("review_one_current"):
        change(review, published_at=NOON, valid_from=NOON)


@pytest.mark.parametrize(
    "fields",
    [
        {"verdict": "true"},
        {"summary": "Otherwise."},
        {"published_at": None},
        {"valid_from": LATER},
        {"second_note": "Otherwise."},
    ],
    ids="-".join,
)
def test_a_published_review_never_changes(fields):
    with refused("review_published_is_immutable"):
        change(published(), **fields)


def test_a_published_review_is_never_deleted():
    review = published()

    with refused("review_published_is_kept"):
        Review.objects.filter(pk=review.pk)._raw_delete("default")


def test_a_published_claim_is_not_left_without_its_review():
    for status in (S.PUBLISHED, S.RECHECK, S.CORRECTING):
        with refused("review_ends_when_replaced"):
            change(a_claim(status).reviews.current().get(), valid_to=LATER)


def test_a_review_does_not_end_before_it_begins():
    ana = a_person()
    claim = a_claim(S.CORRECTING, writer=ana)
    workflow.submit(
        claim, by=ana, at=NOON, correction_kind="update", correction_note="News."
    )

    with refused("review_validity_does_not_run_backwards"):
        change(
            claim.reviews.current().get(),
            valid_to=NOON - timedelta(days=1),
        )


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("correction_replaces_unless_it_retracts", {"kind": "correction"}),
        ("correction_says_why", {"note": " "}),
    ],
)
def test_a_correction_says_what_and_why(rule, fields):
    review = published()

    with refused(rule):
        Correction.objects.create(
            **{
                "claim": review.claim,
                "review_from": review,
                "kind": "retraction",
                "note": "It was invented.",
                "by": review.written_by,
                "at": NOON,
                **fields,
            }
        )
