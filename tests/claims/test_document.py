"""A reviewed claim as ClaimReview."""

import pytest

from claims import document
from claims.vocabulary import ClaimStatus
from tests.factories import NOON, a_claim

pytestmark = pytest.mark.django_db


@pytest.fixture
def published():
    claim = a_claim(ClaimStatus.PUBLISHED)
    return document.claim_review(claim, claim.reviews.current().get(), at=NOON)


def test_a_published_claim_makes_a_valid_claim_review(published):
    assert document.faults(published) == []
    assert published["datePublished"] == "2026-03-14"
    assert published["reviewRating"] == {
        "@type": "Rating",
        "alternateName": "False",
        "ratingValue": 1,
        "bestRating": 5,
        "worstRating": 1,
    }
    assert published["itemReviewed"]["firstAppearance"]["url"].startswith("https://")


def test_what_is_unproven_carries_words_and_no_number():
    claim = a_claim(ClaimStatus.PUBLISHED, verdict="unproven")
    found = document.claim_review(claim, claim.reviews.current().get(), at=NOON)

    assert found["reviewRating"] == {"@type": "Rating", "alternateName": "Unproven"}
    assert document.faults(found) == []


@pytest.mark.parametrize(
    "change",
    [
        {"claimReviewed": ""},
        {"datePublished": None},
        {"url": "https://elsewhere.example/c/1"},
        {"itemReviewed": {}},
        {"reviewRating": {}},
        {
            "reviewRating": {
                "alternateName": "x",
                "ratingValue": 9,
                "bestRating": 5,
                "worstRating": 1,
            }
        },
    ],
)
def test_a_document_that_lacks_something_says_what(published, change):
    assert len(document.faults(published | change)) == 1
