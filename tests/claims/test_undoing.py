"""A publication can be taken back until it goes out, and only by whoever made it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from claims import workflow
from claims.errors import MoveRefused, NotYours
from claims.models import Claim, Move, Review
from claims.vocabulary import ClaimStatus, Verdict
from tests.factories import NOON, a_claim, a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(db):
    return a_person("reviewer", "ana")


@pytest.fixture
def ben(db):
    return a_person("reviewer", "ben")


@pytest.fixture
def cleo(db):
    return a_person("reviewer", "cleo")


@pytest.fixture
def now(db):
    return timezone.now()


def seconded(ana, ben, *, at):
    claim = a_claim(ClaimStatus.SECOND_REVIEW, writer=ana)
    return workflow.second(
        claim, verdict="false", by=ben, at=at, note="The same halls."
    )


def corrected(ana, ben, *, at):
    claim = a_claim(ClaimStatus.CORRECTING, writer=ana)
    workflow.write_review(
        claim, verdict="mixed", summary="One hall it was.", by=ana, at=NOON
    )
    workflow.submit(
        claim,
        by=ana,
        at=NOON,
        correction_kind="correction",
        correction_note="A picture was misdated.",
    )
    return workflow.second(claim, verdict="mixed", by=ben, at=at)


def arbitrated(cleo, *, at):
    return workflow.arbitrate(
        a_claim(ClaimStatus.ARBITRATION),
        verdict="misleading",
        by=cleo,
        at=at,
        note="Neither.",
        summary="It misleads.",
        explanation="By what it leaves out.",
    )


def standing_of(review):
    kept = Review.objects.filter(pk=review.pk).values().get()
    return {name: kept[name] for name in sorted(kept)}


def test_an_agreement_is_undone_to_the_second_review(ana, ben, now):
    claim = a_claim(ClaimStatus.SECOND_REVIEW, writer=ana)
    workflow.take(claim, by=ben, at=NOON)
    before = standing_of(claim.reviews.get())
    claim = workflow.second(claim, verdict="false", by=ben, at=now, note="The same.")

    claim = workflow.undo(claim, by=ben, at=now + timedelta(seconds=3))

    claim.refresh_from_db()
    assert claim.status == ClaimStatus.SECOND_REVIEW
    assert claim.assigned_to == ben
    assert standing_of(claim.reviews.get()) == before
    last = claim.moves.newest_first()[0]
    assert (last.from_status, last.to_status, last.by) == (
        ClaimStatus.PUBLISHED,
        ClaimStatus.SECOND_REVIEW,
        ben,
    )
    assert last.note == "Undone before readers saw it."


def test_an_arbitration_is_undone_with_the_words_of_the_first_review(cleo, now):
    claim = a_claim(ClaimStatus.ARBITRATION)
    before = standing_of(claim.reviews.get())
    workflow.arbitrate(
        claim,
        verdict="misleading",
        by=cleo,
        at=now,
        note="Neither.",
        summary="It misleads.",
        explanation="By what it leaves out.",
    )

    claim = workflow.undo(claim, by=cleo, at=now)

    assert claim.status == ClaimStatus.ARBITRATION
    assert standing_of(claim.reviews.get()) == before


def test_a_correction_is_undone_and_what_stood_before_stands_on(ana, ben, now):
    claim = corrected(ana, ben, at=now)
    first = claim.reviews.get(version=1)

    claim = workflow.undo(claim, by=ben, at=now)

    assert claim.status == ClaimStatus.SECOND_REVIEW
    assert claim.reviews.current().get() == first
    assert not claim.corrections.exists()
    making = claim.reviews.unpublished().get()
    assert making.correction_note == "A picture was misdated."


def test_what_was_undone_can_be_published_again(ana, ben, now):
    claim = corrected(ana, ben, at=now)
    claim = workflow.undo(claim, by=ben, at=now)

    claim = workflow.second(claim, verdict="mixed", by=ben, at=now)

    assert claim.status == ClaimStatus.PUBLISHED
    assert claim.reviews.current().get().verdict == Verdict.MIXED
    assert claim.corrections.count() == 1


def test_after_undoing_another_verdict_can_be_given(ana, ben, now):
    claim = workflow.undo(seconded(ana, ben, at=now), by=ben, at=now)

    claim = workflow.second(claim, verdict="mixed", by=ben, at=now)

    assert claim.status == ClaimStatus.ARBITRATION


def test_the_history_remembers_what_was_undone(ana, ben, now):
    claim = workflow.undo(seconded(ana, ben, at=now), by=ben, at=now)

    verdicts = claim.reviews.get().events.values_list("second_verdict", flat=True)
    assert "false" in verdicts
    assert [move.to_status for move in claim.moves.newest_first()[:2]] == [
        ClaimStatus.SECOND_REVIEW,
        ClaimStatus.PUBLISHED,
    ]


@pytest.mark.parametrize("seconds", [10, 11, 86_400])
def test_after_ten_seconds_it_is_too_late(ana, ben, now, seconds):
    claim = seconded(ana, ben, at=now)
    later = now + timedelta(seconds=seconds)

    assert not workflow.may_undo(claim, by=ben, at=later)
    with pytest.raises(MoveRefused, match="Too late"):
        workflow.undo(claim, by=ben, at=later)

    claim.refresh_from_db()
    assert claim.status == ClaimStatus.PUBLISHED


def test_the_clock_of_the_database_has_the_last_word(ana, ben, now):
    decided = now - timedelta(seconds=11)
    claim = seconded(ana, ben, at=decided)

    with pytest.raises(MoveRefused, match="Too late"):
        workflow.undo(claim, by=ben, at=decided + timedelta(seconds=1))

    claim.refresh_from_db()
    assert claim.status == ClaimStatus.PUBLISHED
    assert claim.moves.newest_first()[0].to_status == ClaimStatus.PUBLISHED


def test_only_who_published_it_undoes_it(ana, ben, now):
    claim = seconded(ana, ben, at=now)

    for person in (ana, a_person("reviewer"), a_person("editor"), a_person("admin")):
        assert not workflow.may_undo(claim, by=person, at=now)
        with pytest.raises(NotYours):
            workflow.undo(claim, by=person, at=now)
    assert workflow.may_undo(claim, by=ben, at=now)


@pytest.mark.parametrize(
    "status",
    [
        ClaimStatus.NEW,
        ClaimStatus.SECOND_REVIEW,
        ClaimStatus.ARBITRATION,
        ClaimStatus.RETRACTED,
    ],
)
def test_what_was_not_published_cannot_be_undone(status, ben, now):
    claim = a_claim(status)

    assert not workflow.may_undo(claim, by=ben, at=now)
    with pytest.raises(MoveRefused):
        workflow.undo(claim, by=ben, at=now)


def test_reaffirming_is_no_publication_to_undo(ben, now):
    claim = workflow.reaffirm(
        a_claim(ClaimStatus.RECHECK), by=ben, at=now, note="It stands."
    )

    assert not workflow.may_undo(claim, by=ben, at=now)
    with pytest.raises(MoveRefused):
        workflow.undo(claim, by=ben, at=now)


def test_nobody_undoes_what_went_on_meanwhile(ana, ben, now):
    claim = workflow.start_correction(seconded(ana, ben, at=now), by=ben, at=now)

    assert not workflow.may_undo(claim, by=ben, at=now)
    with pytest.raises(MoveRefused):
        workflow.undo(claim, by=ben, at=now)


def test_what_is_retracted_at_once_keeps_its_dates_in_order(ana, ben, now):
    claim = seconded(ana, ben, at=now)

    workflow.retract(claim, by=a_person("editor"), at=now, note="The wrong one.")

    review = claim.reviews.get()
    assert review.valid_to == review.valid_from


# --- What readers see -------------------------------------------------------------


def test_readers_see_nothing_before_it_goes_out(client, ana, ben, now):
    claim = seconded(ana, ben, at=now)

    page = client.get(claim.get_absolute_url())
    front = client.get("/").content.decode()
    feed = client.get(reverse("public:feed-atom")).content.decode()
    api = client.get(f"/api/v1/claims/{claim.pk}/")

    assert (page.status_code, api.status_code) == (404, 404)
    assert claim.statement not in front
    assert claim.statement not in feed
    assert not claim.is_public
    assert client.get("/api/v1/reviews/").json()["results"] == []


def test_readers_see_it_once_it_went_out(client, ana, ben, now):
    claim = seconded(ana, ben, at=now - timedelta(seconds=10))

    assert client.get(claim.get_absolute_url()).status_code == 200
    assert client.get(f"/api/v1/claims/{claim.pk}/").status_code == 200
    assert claim.statement in client.get("/").content.decode()
    assert Claim.objects.get(pk=claim.pk).is_public


def test_readers_see_what_stood_before_until_the_correction_goes_out(
    client, ana, ben, now
):
    claim = corrected(ana, ben, at=now)

    page = client.get(claim.get_absolute_url()).content.decode()
    notes = client.get(reverse("public:corrections")).content.decode()
    version = client.get(reverse("public:claim-version", args=[claim.pk, 2]))
    told = client.get(f"/api/v1/claims/{claim.pk}/").json()

    assert "two halls without a roof" in page
    assert "One hall it was" not in page
    assert "no longer stands" not in page
    assert "A picture was misdated" not in page + notes
    assert version.status_code == 404
    assert "One hall it was" not in str(told)
    assert client.get("/api/v1/corrections/").json()["results"] == []


def test_readers_never_hear_of_what_was_undone(client, ana, ben, now):
    claim = workflow.undo(corrected(ana, ben, at=now), by=ben, at=now)

    page = client.get(claim.get_absolute_url()).content.decode()

    assert "two halls without a roof" in page
    assert "One hall it was" not in page


# --- The database allows exactly this -----------------------------------------------


def refused(rule):
    return pytest.raises(IntegrityError, match=rule)


def put_back(claim, status=ClaimStatus.SECOND_REVIEW):
    Claim.objects.filter(pk=claim.pk).update(status=status)


def test_a_status_does_not_go_back_once_readers_saw_it(ana, ben):
    claim = seconded(ana, ben, at=NOON)

    with refused("claim_undone_in_time"), transaction.atomic():
        put_back(claim)


def test_a_status_goes_back_to_the_step_it_came_from_only(ana, ben, cleo, now):
    agreed, decided = seconded(ana, ben, at=now), arbitrated(cleo, at=now)

    with refused("claim_undone_in_time"), transaction.atomic():
        put_back(agreed, ClaimStatus.ARBITRATION)
    with refused("claim_undone_in_time"), transaction.atomic():
        put_back(decided, ClaimStatus.SECOND_REVIEW)
    with refused("claim_status_follows_the_moves"), transaction.atomic():
        put_back(agreed, ClaimStatus.IN_REVIEW)


TAKEN_BACK = {
    "published_at": None,
    "valid_from": None,
    "second_reviewer": None,
    "second_verdict": "",
    "second_note": "",
    "seconded_at": None,
}


def test_a_published_review_is_taken_back_in_one_way_only(ana, ben, now):
    claim = seconded(ana, ben, at=now)
    review = claim.reviews.get()

    def change(**fields):
        with refused("review_published_is_immutable"), transaction.atomic():
            Review.objects.filter(pk=review.pk).update(**fields)

    change(**TAKEN_BACK)  # while the claim is still published
    put_back(claim)
    change(**TAKEN_BACK, summary="Other words.")
    change(**TAKEN_BACK, verdict="true", first_verdict="true")
    change(**TAKEN_BACK, written_by=a_person())
    change(**TAKEN_BACK, submitted_at=now)
    change(**TAKEN_BACK, submitted_at=None, first_verdict="")
    change(published_at=None, valid_from=None)  # the second verdict left standing
    change(published_at=now - timedelta(days=1))
    change(second_verdict="mixed")
    assert Review.objects.filter(pk=review.pk).update(**TAKEN_BACK) == 1


def test_a_review_that_went_out_is_not_taken_back(ana, ben, now):
    claim = seconded(ana, ben, at=NOON)

    with refused("review_published_is_immutable"), transaction.atomic():
        Review.objects.filter(claim=claim).update(**TAKEN_BACK)


def test_what_was_replaced_does_not_stand_again_by_itself(ana, ben, now):
    claim = corrected(ana, ben, at=now)
    first = claim.reviews.filter(version=1)

    with refused("review_published_is_immutable"), transaction.atomic():
        first.update(valid_to=None)
    put_back(claim)
    with refused("review_one_current"), transaction.atomic():
        first.update(valid_to=None)
    with refused("review_published_is_immutable"), transaction.atomic():
        first.update(valid_to=now + timedelta(days=1))


def test_what_was_replaced_long_ago_never_stands_again(ana, ben):
    claim = corrected(ana, ben, at=NOON)

    with refused("review_published_is_immutable"), transaction.atomic():
        claim.reviews.filter(version=1).update(valid_to=None)


def test_a_note_stays_unless_its_publication_is_undone(ana, ben, now):
    fresh, old = corrected(ana, ben, at=now), corrected(ana, ben, at=NOON)

    for claim in (fresh, old):
        with refused("correction_once_public_stays"), transaction.atomic():
            claim.corrections.all().delete()


def test_two_who_undo_at_once_undo_once(ana, ben, now):
    claim = seconded(ana, ben, at=now)
    workflow.undo(claim, by=ben, at=now)

    with pytest.raises(MoveRefused):
        workflow.undo(claim, by=ben, at=now)

    assert Move.objects.filter(claim=claim, note__startswith="Undone").count() == 1
