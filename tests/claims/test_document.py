"""A reviewed claim as ClaimReview."""

import pytest

from claims import claimreview, document
from claims.models import Review
from claims.vocabulary import ClaimantKind, ClaimStatus, Verdict
from tests.factories import NOON, a_citation, a_claim, a_claimant
from tests.public.standing import a_corrected_claim

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


ARABIC = {"statement": "قال إن الجسر سليم", "language": "ar"}
KNOWN = {
    "claimant": None,
    "original_wording": "The bridge “stands”.",
    "said_at": NOON,
    "role_at_time": "mayor",
}


@pytest.mark.parametrize(
    "claim",
    [
        pytest.param(lambda: a_claim(ClaimStatus.PUBLISHED), id="nothing known"),
        pytest.param(lambda: a_claim(ClaimStatus.PUBLISHED, **KNOWN), id="all known"),
        pytest.param(lambda: a_claim(ClaimStatus.PUBLISHED, **ARABIC), id="Arabic"),
        pytest.param(lambda: a_claim(ClaimStatus.RECHECK), id="in doubt"),
        pytest.param(a_corrected_claim, id="corrected"),
        pytest.param(lambda: a_claim(ClaimStatus.RETRACTED), id="withdrawn"),
    ],
)
def test_every_verdict_on_every_kind_of_claimant_is_valid(claim, settings):
    claim = claim()
    review = claim.reviews.newest_first().first()

    for verdict in Verdict:
        for kind in ClaimantKind:
            review.verdict, claim.claimant.kind = verdict, kind
            claim.claimant.same_as = ["https://www.wikidata.org/wiki/Q1"]
            found = claimreview.problems_of_page(
                [document.claim_review(claim, review, at=NOON)],
                page_url=settings.SITE_URL + claim.get_absolute_url(),
            )

            lacking = {each.where for each in found}
            assert all(each.is_advice for each in found), (verdict, kind, found)
            assert ("reviewRating.ratingValue" in lacking) == (verdict == "unproven")
            assert ("itemReviewed.datePublished" in lacking) == (claim.said_at is None)
            assert len(lacking) == (verdict == "unproven") + (claim.said_at is None)


@pytest.mark.parametrize(
    ("precision", "told"),
    [
        ("minute", "2026-03-14"),
        ("day", "2026-03-14"),
        ("month", "2026-03"),
        ("year", "2026"),
    ],
)
def test_a_date_is_told_as_exactly_as_it_is_known(precision, told):
    claim = a_claim(ClaimStatus.PUBLISHED, said_at=NOON, said_at_precision=precision)
    found = document.claim_review(claim, claim.reviews.current().get(), at=NOON)

    assert found["itemReviewed"]["datePublished"] == told
    assert document.faults(found) == []


def test_many_documents_are_prepared_at_once(django_assert_num_queries):
    claims = [
        a_claim(
            ClaimStatus.PUBLISHED, claimant=a_claimant(same_as=["https://b.example"])
        )
        for _ in range(3)
    ]
    a_citation(claims[0], exact="damage")
    told = {
        claim.pk: document.claim_review(claim, claim.reviews.get(), at=NOON)
        for claim in claims
    }

    reviews = list(Review.objects.shown().select_related("claim__claimant"))
    with django_assert_num_queries(1):
        document.prepare(reviews)
        found = {
            review.claim_id: document.claim_review(review.claim, review, at=NOON)
            for review in reviews
        }

    assert found == told
    assert len(found[claims[0].pk]["itemReviewed"]["appearance"]) == 2
