"""The second pair of eyes: blind until its verdict is recorded, and what follows."""

import re

import pgtrigger
import pytest
from django.urls import reverse

from claims import workflow
from claims.models import Review
from claims.vocabulary import ClaimStatus, Verdict
from tests.factories import NOON, a_claim, a_person

SUMMARY = "Satellite images show two halls without a roof."
EXPLANATION = "Three sets of images were compared."


def at(claim, name="claim"):
    return reverse(f"desk:{name}", args=[claim.pk])


def written(ana, verdict=Verdict.MISLEADING):
    return a_claim(ClaimStatus.SECOND_REVIEW, writer=ana, verdict=verdict)


PLACES = (
    at,
    lambda claim: at(claim, "sources"),
    lambda claim: reverse("desk:queue") + "?tab=second",
    lambda claim: reverse("desk:queue") + "?tab=all",
    lambda claim: at(claim, "compare"),
    lambda claim: at(claim, "preview"),
)


def seen(desk, address):
    """What stands on a page, without what differs from one request to the next."""
    page = desk.get(address).content.decode()
    return re.sub(
        r'(nonce="|Token" value="|X-CSRFToken": "|_page" value=")[^"]+|[A-Za-z0-9]{64}',
        "",
        page,
    )


@pytest.mark.parametrize("role", ["reviewer", "editor", "admin", "contributor"])
@pytest.mark.parametrize("place", PLACES)
def test_no_page_depends_on_the_first_verdict(as_, ana, place, role):
    claim = written(ana, Verdict.MISLEADING)
    desk = as_(a_person(role))
    desk.get(at(claim))

    first = seen(desk, place(claim))
    with pgtrigger.ignore("claims.Review:submitted_review_stands"):
        Review.objects.update(
            verdict=Verdict.TRUE,
            first_verdict=Verdict.TRUE,
            summary="Every word of it holds.",
            explanation="It was seen by all.",
        )
    second = seen(desk, place(claim))

    assert first == second
    assert SUMMARY not in first
    assert EXPLANATION not in first
    assert 'class="verdict verdict-' not in first


def test_what_a_second_reviewer_wrote_back_is_between_the_two(as_, ana, ben, cleo):
    claim = written(ana)
    workflow.send_back(claim, by=ben, at=NOON, reason="Misleading goes too far here.")

    assert "goes too far" in as_(ana).get(at(claim)).content.decode()
    assert "goes too far" in as_(ben).get(at(claim)).content.decode()
    assert "goes too far" not in as_(cleo).get(at(claim)).content.decode()


def test_a_refused_second_verdict_tells_nothing_either(as_, ana, ben):
    claim = written(ana)

    answer = as_(ben).post(at(claim, "second"), {"verdict": "", "note": "Hm."})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert SUMMARY not in page
    assert "Hm." in page


def test_two_who_agree_publish(as_, ana, ben):
    claim = written(ana)

    page = as_(ben).post(at(claim, "second"), {"verdict": "misleading"}, follow=True)

    claim.refresh_from_db()
    text = page.content.decode()
    assert claim.status == ClaimStatus.PUBLISHED
    assert page.redirect_chain[0][0] == at(claim, "compare")
    assert "The verdicts agree" in text
    assert SUMMARY in text
    # Readers see it when it can no longer be undone.
    assert claim.get_absolute_url() not in text
    assert reverse("desk:undo", args=[claim.pk]) in text


def test_two_who_differ_see_both_and_a_third_decides(as_, ana, ben, cleo):
    claim = written(ana)
    as_(ben).post(
        at(claim, "second"), {"verdict": "false", "note": "No word of it holds."}
    )

    page = as_(cleo).get(at(claim)).content.decode()
    answer = as_(cleo).post(
        at(claim, "arbitrate"),
        {"verdict": "misleading", "note": "The words were chosen with care."},
    )

    claim.refresh_from_db()
    assert SUMMARY in page
    assert "No word of it holds." in page
    assert answer.status_code == 302
    assert claim.status == ClaimStatus.PUBLISHED
    assert claim.reviews.get().arbiter == cleo


def test_an_arbiter_who_differs_from_the_writer_needs_a_summary(as_, ana, ben, cleo):
    claim = written(ana)
    workflow.second(claim, verdict=Verdict.FALSE, by=ben, at=NOON)

    answer = as_(cleo).post(
        at(claim, "arbitrate"), {"verdict": "mixed", "note": "Neither fits."}
    )

    page = answer.content.decode()
    claim.refresh_from_db()
    assert answer.status_code == 422
    assert "Write a summary that fits your verdict" in page
    assert "Neither fits." in page
    assert claim.status == ClaimStatus.ARBITRATION


@pytest.mark.parametrize("who", ["writer", "second"])
def test_neither_of_the_two_is_the_arbiter(as_, ana, ben, who):
    claim = written(ana)
    workflow.second(claim, verdict=Verdict.FALSE, by=ben, at=NOON)
    desk = as_({"writer": ana, "second": ben}[who])

    page = desk.get(at(claim)).content.decode()
    answer = desk.post(
        at(claim, "arbitrate"), {"verdict": "misleading", "note": "Mine."}
    )

    assert at(claim, "arbitrate") not in page
    assert answer.status_code == 403


def test_the_writer_is_not_offered_the_second_review_and_cannot_force_it(as_, ana):
    claim = written(ana)
    desk = as_(ana)

    page = desk.get(at(claim)).content.decode()
    answer = desk.post(at(claim, "second"), {"verdict": "misleading"})

    assert f'action="{at(claim, "second")}"' not in page
    assert SUMMARY in page
    assert answer.status_code == 403
    assert Review.objects.get().second_reviewer is None


def test_returning_is_as_cheap_as_approving(as_, ana, ben):
    claim = written(ana)

    answer = as_(ben).post(at(claim, "return"), {"reason": "Open the second source."})

    claim.refresh_from_db()
    assert answer.url == at(claim)
    assert (claim.status, claim.assigned_to) == (ClaimStatus.IN_REVIEW, ana)


def test_returning_without_a_reason_is_refused(as_, ana, ben):
    claim = written(ana)

    answer = as_(ben).post(at(claim, "return"), {"reason": " "})

    claim.refresh_from_db()
    assert answer.status_code == 422
    assert SUMMARY not in answer.content.decode()
    assert claim.status == ClaimStatus.SECOND_REVIEW


def test_a_correction_is_as_blind_as_a_first_review(as_, ana, ben):
    claim = a_claim(ClaimStatus.CORRECTING, writer=ana)
    as_(ana).post(
        at(claim, "review"),
        {
            "verdict": "mixed",
            "summary": "One hall, it turned out.",
            "explanation": "",
            "correction_kind": "correction",
            "correction_note": "A picture was misdated by a year.",
            "do": "submit",
        },
    )

    page = as_(ben).get(at(claim)).content.decode()

    claim.refresh_from_db()
    assert claim.status == ClaimStatus.SECOND_REVIEW
    assert SUMMARY in page  # what readers see anyway
    assert "One hall, it turned out." not in page
    assert "misdated" not in page


@pytest.mark.parametrize("verdict", ["", "rather_true", "x" * 1_000_000, "a\x00b"])
def test_a_verdict_that_is_none_is_a_form_error(as_, ana, ben, verdict):
    claim = written(ana)

    answer = as_(ben).post(at(claim, "second"), {"verdict": verdict})

    assert answer.status_code == 422


def test_there_is_nothing_to_compare_before_two_verdicts_are_in(as_, ana, ben):
    claim = written(ana)

    assert as_(ben).get(at(claim, "compare")).status_code == 404
    assert as_(ana).get(at(claim, "compare")).status_code == 404
