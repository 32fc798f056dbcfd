"""Rules of the stored documents, each broken once."""

import pytest

from claims import workflow
from claims.models import Document
from claims.vocabulary import ClaimStatus
from tests.claims.breaking import change, refused
from tests.factories import NOON, a_claim, a_person, an_assessment

pytestmark = pytest.mark.django_db


def test_a_document_is_printed_whole_or_not_at_all():
    a_claim(ClaimStatus.PUBLISHED)

    for half in ({"printed": 1}, {"etag": '"a"'}, {"body": b"{}"}):
        with refused("document_is_printed_whole"):
            Document.objects.update(**half)


def edition_of(claim):
    return Document.objects.get(claim=claim).edition


@pytest.fixture
def claim():
    return a_claim(ClaimStatus.PUBLISHED)


def test_a_published_review_makes_a_document():
    """review_makes_a_document, and none before."""
    claim = a_claim(ClaimStatus.SECOND_REVIEW)
    assert not Document.objects.filter(claim=claim).exists()

    workflow.second(claim, verdict="false", by=a_person(), at=NOON)

    assert edition_of(claim) > 0


@pytest.mark.parametrize(
    ("trigger", "changed"),
    [
        ("claim_changes_its_document", lambda c: change(c, topics=["roads"])),
        ("claimant_changes_documents", lambda c: change(c.claimant, name="Bo")),
        ("assessment_changes_a_document", an_assessment),
    ],
)
def test_whatever_a_document_shows_counts_up_its_edition(claim, trigger, changed):
    """By any road: these are UPDATE and INSERT, past every function of ours."""
    before, other = edition_of(claim), a_claim(ClaimStatus.PUBLISHED)
    beside = edition_of(other)

    changed(claim)

    assert edition_of(claim) > before, trigger
    assert edition_of(other) == beside
