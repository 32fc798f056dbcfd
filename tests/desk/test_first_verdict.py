"""The first verdict, written, previewed and handed on."""

from django.urls import reverse

from claims import drafting, workflow
from claims.models import Draft
from claims.vocabulary import ClaimStatus, Verdict
from tests.desk.sent import at, verdict
from tests.factories import (
    NOON,
    a_claim,
)


def test_a_review_is_written_and_submitted_in_one_step(as_, ana):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)
    drafting.keep(claim, form="review", fields=verdict(), by=ana, at=NOON)

    answer = as_(ana).post(at(claim, "review"), verdict(do="submit"))

    claim.refresh_from_db()
    assert answer.url == reverse("desk:queue")
    assert claim.status == ClaimStatus.SECOND_REVIEW
    assert claim.reviews.get().first_verdict == Verdict.FALSE
    assert not Draft.objects.exists()


def test_a_review_without_a_verdict_is_kept_in_the_form(as_, ana):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)

    answer = as_(ana).post(at(claim, "review"), verdict(verdict="", do="submit"))

    assert answer.status_code == 422
    assert "Three sets were compared." in answer.content.decode()


def test_what_is_not_publishable_yet_says_what_to_do_and_keeps_the_text(as_, ana):
    claim = a_claim()
    workflow.take(claim, by=ana, at=NOON)

    answer = as_(ana).post(at(claim, "review"), verdict(do="submit"))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Cite the page where it was said" in page
    assert "Three sets were compared." in page
    assert claim.reviews.get().summary == "Pictures show two halls without a roof."


def test_who_does_not_have_the_claim_cannot_write_its_review(as_, ana, ben):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ben)

    page = as_(ana).get(at(claim)).content.decode()
    answer = as_(ana).post(at(claim, "review"), verdict(do="submit"))

    assert at(claim, "review") not in page
    assert answer.status_code == 403
    assert "take it over first" in answer.content.decode()


def test_a_summary_longer_than_allowed_is_refused_whole(as_, ana):
    claim = a_claim(ClaimStatus.IN_REVIEW, writer=ana)

    answer = as_(ana).post(at(claim, "review"), verdict(summary="x" * 501, do="submit"))

    assert answer.status_code == 422
    assert "x" * 501 in answer.content.decode()


def test_the_writer_previews_the_page_and_what_is_missing(as_, ana, ben):
    claim = a_claim()
    workflow.take(claim, by=ana, at=NOON)
    desk = as_(ana)

    answer = desk.post(at(claim, "review"), verdict(verdict="", do="preview"))
    page = desk.get(answer.url).content.decode()

    assert answer.url == at(claim, "preview")
    assert "Pictures show two halls without a roof." in page
    assert "No verdict is chosen" in page
    assert "No cited quote was seen on its page" in page
    assert as_(ben).get(at(claim, "preview")).status_code == 404
