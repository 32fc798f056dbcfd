"""Taking several claims at once, and going on to the next second review."""

import pytest

from claims.models import Claim
from claims.vocabulary import ClaimStatus
from tests.factories import a_claim, a_person

TAKE, NEXT = "/desk/chosen/", "/desk/next-second/"


def test_all_that_are_selected_are_taken(as_, ana):
    claims = [a_claim() for _ in range(3)]

    answer = as_(ana).post(
        TAKE, {"claim": [c.pk for c in claims[:2]], "next": "/desk/?tab=unclaimed"}
    )

    assert answer.url == "/desk/?tab=unclaimed"
    assert set(Claim.objects.taken_by(ana)) == set(claims[:2])


def test_the_one_that_is_named_goes_before_those_that_are_selected(as_, ana):
    chosen, named = a_claim(), a_claim()

    answer = as_(ana).post(TAKE, {"claim": chosen.pk, "only": named.pk})

    assert answer.url == f"/desk/claims/{named.pk}/"
    assert Claim.objects.taken_by(ana).get() == named


def test_what_cannot_be_taken_is_said_and_the_rest_is_taken(as_, ana):
    claims = [a_claim(), a_claim(ClaimStatus.SECOND_REVIEW, writer=ana)]

    answer = as_(ana).post(TAKE, {"claim": [c.pk for c in claims]}, follow=True)

    assert "“The strike caused only minor" in answer.content.decode()
    assert Claim.objects.taken_by(ana).filter(pk=claims[0].pk).exists()


@pytest.mark.parametrize("name", ["no uuid", "", "\x00"])
def test_what_is_no_claim_is_none(as_, ana, name):
    assert as_(ana).post(TAKE, {"claim": name}).url == "/desk/"


@pytest.mark.parametrize(
    "address",
    ["https://elsewhere.example/", "//elsewhere", "j:", "a\x00b", "-1", "desk:no", "/"],
)
def test_nobody_is_sent_elsewhere(as_, ana, address):
    assert as_(ana).post(TAKE, {"next": address}).url == "/desk/"


def test_whoever_does_not_review_takes_nothing(as_, db):
    claim = a_claim()

    as_(a_person("contributor")).post(TAKE, {"claim": claim.pk})

    assert Claim.objects.unclaimed().filter(pk=claim.pk).exists()


def test_the_next_second_review_is_one_of_others(as_, ana, ben):
    claim = a_claim(ClaimStatus.SECOND_REVIEW, writer=ana)

    assert as_(ben).get(NEXT).url == f"/desk/claims/{claim.pk}/"
    assert as_(ana).get(NEXT).url == "/desk/?tab=second"
