"""Who may do what."""

import pytest

from claims import access, workflow
from claims.errors import NotYours
from claims.models import Citation, Review
from claims.vocabulary import ClaimStatus
from tests.factories import NOON, a_citation, a_claim, a_person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "contributes", "reviews", "edits"),
    [
        ("reader", False, False, False),
        ("contributor", True, False, False),
        ("reviewer", True, True, False),
        ("editor", True, True, True),
        ("admin", True, True, True),
    ],
)
def test_each_role_can_do_what_those_before_it_can(role, contributes, reviews, edits):
    person = a_person(role)

    assert access.may_contribute(person) is contributes
    assert access.may_review(person) is reviews
    assert access.may_edit(person) is edits


def test_an_account_that_was_switched_off_may_nothing():
    person = a_person("admin")
    person.is_active = False

    with pytest.raises(NotYours):
        access.require(person, access.Role.READER)


@pytest.mark.parametrize("role", ["reviewer", "editor", "admin"])
def test_nobody_but_the_writer_sees_findings_before_both_verdicts_are_in(role):
    writer, person = a_person(), a_person(role)
    review = a_claim(ClaimStatus.SECOND_REVIEW, writer=writer).reviews.get()

    assert access.may_see_findings(writer, review)
    assert not access.may_see_findings(person, review)


def test_both_verdicts_are_open_once_both_are_in():
    review = a_claim(ClaimStatus.ARBITRATION).reviews.get()

    assert access.may_see_findings(a_person("reviewer"), review)
    assert not access.may_see_findings(a_person("reader"), review)


def test_while_a_correction_is_written_only_the_published_review_is_open():
    claim = a_claim(ClaimStatus.CORRECTING)
    standing, coming = claim.reviews.order_by("version")
    person = a_person("admin")

    assert access.may_see_findings(person, standing)
    assert not access.may_see_findings(person, coming)


def test_a_review_that_was_withdrawn_is_blind_again():
    claim = a_claim(ClaimStatus.SECOND_REVIEW)
    workflow.reset(claim, by=a_person("editor"), at=NOON, reason="Wrong claim.")
    review = claim.reviews.get()

    assert review.verdict
    assert not access.may_see_findings(a_person("admin"), review)


@pytest.mark.parametrize("role", ["reader", "reviewer", "admin"])
def test_lists_keep_to_the_same_rule(role):
    writer, person = a_person(), a_person(role)
    for status in ClaimStatus:
        a_claim(status, writer=writer)

    citations = [
        Citation.objects.create(
            review=review, passage=a_citation(a_claim()).passage, created_at=NOON
        )
        for review in Review.objects.all()
    ]

    for somebody in (person, writer):
        open_to = access.findings_open_to(somebody, review="review")
        assert set(Citation.objects.filter(open_to).exclude(review=None)) == {
            citation
            for citation in citations
            if access.may_see_findings(somebody, citation.review)
        }
