"""Every change of a claim's status."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from claims import workflow
from claims.errors import MoveRefused, NotPublishable, NotYours
from claims.models import Claim, Correction, Move, Review
from claims.vocabulary import MOVES, ClaimStatus, Verdict
from tests.factories import (
    NOON,
    a_citation,
    a_claim,
    a_person,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", list(ClaimStatus))
def test_a_claim_can_be_brought_to_each_status_through_the_desk(status):
    assert a_claim(status).status == status


def test_two_people_who_agree_publish_a_claim_with_its_review():
    ana, ben = a_person(), a_person()
    claim = a_claim(ClaimStatus.PUBLISHED, writer=ana, second=ben)

    review = claim.reviews.current().get()
    assert (review.version, review.verdict) == (1, Verdict.FALSE)
    assert (review.written_by, review.second_reviewer) == (ana, ben)
    assert review.valid_from == NOON + timedelta(seconds=10)  # to undo it
    assert [m.to_status for m in claim.moves.order_by("pk")] == [
        "in_review",
        "second_review",
        "published",
    ]


def test_the_writer_is_never_the_second_pair_of_eyes():
    ana = a_person()
    claim = a_claim(ClaimStatus.SECOND_REVIEW, writer=ana)

    for act in (
        lambda: workflow.take(claim, by=ana, at=NOON),
        lambda: workflow.second(claim, verdict="false", by=ana, at=NOON),
        lambda: workflow.send_back(claim, by=ana, at=NOON, reason="No."),
    ):
        with pytest.raises(NotYours):
            act()

    assert Claim.objects.get(pk=claim.pk).status == ClaimStatus.SECOND_REVIEW


def test_whoever_began_a_review_that_another_took_over_does_not_second_it():
    ana, ben, editor = a_person(), a_person(), a_person("editor")
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)
    workflow.write_review(claim, verdict="false", summary="No.", by=ana, at=NOON)
    workflow.assign(claim, to=ben, by=editor, at=NOON, reason="Ana is away.")
    workflow.write_review(claim, verdict="false", summary="No.", by=ben, at=NOON)
    workflow.submit(claim, by=ben, at=NOON)

    with pytest.raises(NotYours):
        workflow.second(claim, verdict="false", by=ana, at=NOON)


def test_two_who_differ_bring_a_claim_to_a_third():
    ana, ben, olga = a_person(), a_person(), a_person()
    claim = a_claim(ClaimStatus.ARBITRATION, writer=ana, second=ben)
    for person in (ana, ben):
        with pytest.raises(NotYours):
            workflow.arbitrate(claim, verdict="false", by=person, at=NOON, note="So.")

    workflow.arbitrate(claim, verdict="false", by=olga, at=NOON, note="The first.")

    review = Claim.objects.get(pk=claim.pk).reviews.current().get()
    assert (review.verdict, review.arbiter) == (Verdict.FALSE, olga)


def test_an_arbiter_with_a_verdict_of_their_own_writes_a_summary_for_it():
    claim = a_claim(ClaimStatus.ARBITRATION)
    olga = a_person()
    with pytest.raises(NotPublishable):
        workflow.arbitrate(claim, verdict="true", by=olga, at=NOON, note="Both err.")

    workflow.arbitrate(
        claim, verdict="true", summary="It was so.", by=olga, at=NOON, note="Both err."
    )

    review = claim.reviews.current().get()
    assert (review.verdict, review.summary) == (Verdict.TRUE, "It was so.")
    assert review.first_verdict == Verdict.FALSE


def test_a_review_that_was_returned_can_be_seconded_again():
    ana, ben = a_person(), a_person()
    claim = a_claim(ClaimStatus.SECOND_REVIEW, writer=ana)
    workflow.send_back(claim, by=ben, at=NOON, reason="Cite the report.")

    workflow.submit(claim, by=ana, at=NOON)
    claim = workflow.second(claim, verdict="false", by=ben, at=NOON)

    assert claim.status == ClaimStatus.PUBLISHED


def test_who_saw_the_first_verdict_is_not_the_second_pair_of_eyes_again():
    ana, ben = a_person(), a_person()
    claim = a_claim(ClaimStatus.ARBITRATION, writer=ana, second=ben)
    workflow.send_back(claim, by=ben, at=NOON, reason="Cite the report.")
    workflow.submit(claim, by=ana, at=NOON)

    for act in (
        lambda: workflow.take(claim, by=ben, at=NOON),
        lambda: workflow.assign(
            claim, to=ben, by=a_person("editor"), at=NOON, reason="Free."
        ),
        lambda: workflow.second(claim, verdict="false", by=ben, at=NOON),
    ):
        with pytest.raises(NotYours):
            act()

    claim = workflow.second(claim, verdict="false", by=a_person(), at=NOON)
    assert claim.status == ClaimStatus.PUBLISHED


def test_nothing_is_published_whose_words_were_never_seen_on_a_page():
    ana = a_person()
    claim = a_claim(writer=ana)
    workflow.take(claim, by=ana, at=NOON)
    a_citation(claim, intact=False)
    workflow.write_review(claim, verdict="false", summary="No.", by=ana, at=NOON)

    with pytest.raises(NotPublishable, match="seen intact"):
        workflow.submit(claim, by=ana, at=NOON)


def test_a_refusal_of_the_second_verdict_does_not_tell_the_first():
    claim = a_claim(ClaimStatus.SECOND_REVIEW)
    Review.objects.filter(claim=claim).update(correction_note="")
    claim.citations.all().delete()

    for verdict in Verdict:
        with (
            transaction.atomic(),
            pytest.raises(NotPublishable, match="seen intact"),
        ):
            workflow.second(claim, verdict=verdict, by=a_person(), at=NOON)


def test_a_correction_replaces_the_review_and_says_why():
    ana, ben = a_person(), a_person()
    claim = a_claim(ClaimStatus.CORRECTING, writer=ana, second=ben)
    workflow.write_review(claim, verdict="mixed", summary="Partly.", by=ana, at=NOON)
    with pytest.raises(NotPublishable, match="note for readers"):
        workflow.submit(claim, by=ana, at=NOON)
    workflow.submit(
        claim,
        by=ana,
        at=NOON,
        correction_kind="correction",
        correction_note="A hall was counted twice.",
    )

    claim = workflow.second(claim, verdict="mixed", by=ben, at=NOON)

    old, new = claim.reviews.order_by("version")
    assert (old.valid_to, new.valid_to) == (new.valid_from, None)
    correction = Correction.objects.get(claim=claim)
    assert (correction.review_from, correction.review_to) == (old, new)


def test_a_correction_that_is_returned_goes_back_to_correcting():
    ana = a_person()
    claim = a_claim(ClaimStatus.CORRECTING, writer=ana)
    workflow.submit(
        claim, by=ana, at=NOON, correction_kind="update", correction_note="New images."
    )

    claim = workflow.send_back(claim, by=a_person(), at=NOON, reason="Which ones?")

    assert claim.status == ClaimStatus.CORRECTING


def test_an_abandoned_correction_leaves_the_published_review():
    claim = a_claim(ClaimStatus.CORRECTING)

    claim = workflow.abandon_correction(claim, by=a_person(), at=NOON, note="It holds.")

    assert claim.status == ClaimStatus.PUBLISHED
    assert claim.reviews.current().get().version == 1


def test_a_retracted_claim_leaves_its_note_and_no_current_review():
    claim = a_claim(ClaimStatus.RETRACTED)

    assert claim.reviews.current().count() == 0
    assert Correction.objects.get(claim=claim).kind == "retraction"


def test_a_reviewer_cannot_retract_assign_or_reset():
    claim = a_claim(ClaimStatus.PUBLISHED)
    someone = a_person("reviewer")

    for act in (
        lambda: workflow.retract(claim, by=someone, at=NOON, note="Gone."),
        lambda: workflow.assign(claim, to=someone, by=someone, at=NOON, reason="Me."),
        lambda: workflow.reset(claim, by=someone, at=NOON, reason="Again."),
    ):
        with pytest.raises(NotYours):
            act()


def test_a_reset_claim_starts_anew_and_a_published_one_cannot():
    editor = a_person("editor")
    claim = workflow.reset(
        a_claim(ClaimStatus.SECOND_REVIEW), by=editor, at=NOON, reason="Wrong claim."
    )
    assert claim.status == ClaimStatus.NEW

    with pytest.raises(MoveRefused):
        workflow.reset(
            a_claim(ClaimStatus.PUBLISHED), by=editor, at=NOON, reason="Again."
        )


def test_a_stale_copy_cannot_move_a_claim_twice():
    claim = a_claim(ClaimStatus.SECOND_REVIEW)
    workflow.second(claim, verdict="false", by=a_person(), at=NOON)

    with pytest.raises(MoveRefused):
        workflow.second(claim, verdict="false", by=a_person(), at=NOON)


@pytest.mark.parametrize("before", list(ClaimStatus))
def test_the_database_knows_the_table_of_moves(before):
    claim = a_claim(before)

    for after in set(ClaimStatus) - {before} - MOVES[before]:
        with (
            pytest.raises(
                IntegrityError, match=r"no such move|claim_published_|claim_undone_"
            ),
            transaction.atomic(),
        ):
            Claim.objects.filter(pk=claim.pk).update(status=after)


def test_a_move_is_never_changed_or_deleted():
    move = Move.objects.filter(claim=a_claim(ClaimStatus.PUBLISHED)).first()

    for act in (
        lambda: Move.objects.filter(pk=move.pk).update(note="x"),
        move.delete,
    ):
        with pytest.raises(Exception, match="Cannot"), transaction.atomic():
            act()
