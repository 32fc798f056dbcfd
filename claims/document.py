"""A reviewed claim as schema.org ClaimReview, and what would be wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import override

from claims import claimreview
from claims.models import Citation
from claims.vocabulary import CitationRole, ClaimantKind, Precision

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from claims.models import Claim, Claimant, Review

BEST_RATING = 5
WORST_RATING = 1

# What is only recommended, and never left out here.
ALWAYS_TOLD = {"author", "datePublished", "itemReviewed", "itemReviewed.author"}
# A month is told as 2026-03: a day that nobody knows is not made up (ISO 8601).
DATE_CHARACTERS = {
    Precision.MINUTE: 10,
    Precision.DAY: 10,
    Precision.MONTH: 7,
    Precision.YEAR: 4,
}

PREPARED = "said_here"
_SAID_HERE = (
    Citation.objects.filter(role=CitationRole.SAID_HERE)
    .select_related("passage__source")
    .order_by("created_at", "pk")
)


def claim_review(claim: Claim, review: Review, *, at: datetime) -> dict[str, Any]:
    """
    Return the JSON-LD of a review, as it reads when published at `at`.

    Follows schema.org/ClaimReview and Google's list of required properties.
    """
    said_in = [
        {"@type": "CreativeWork", "url": citation.passage.source.canonical_url}
        for citation in _said_here(claim)
    ]
    item: dict[str, Any] = {
        "@type": "Claim",
        "author": _author(claim.claimant),
        "text": claim.original_wording or claim.statement,
    }
    if claim.said_at:
        exactly = DATE_CHARACTERS[Precision(claim.said_at_precision)]
        item["datePublished"] = claim.said_at.date().isoformat()[:exactly]
    if said_in:
        item["firstAppearance"], item["appearance"] = said_in[0], said_in
    # What programs read does not change with the language of whoever asks.
    with override(settings.LANGUAGE_CODE):
        verdict = str(review.get_verdict_display())
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": verdict}
    if review.rating_value is not None:
        rating |= {
            "ratingValue": review.rating_value,
            "bestRating": BEST_RATING,
            "worstRating": WORST_RATING,
        }
    published = review.published_at or at
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": settings.SITE_URL + claim.get_absolute_url(),
        "claimReviewed": claim.statement,
        "datePublished": published.date().isoformat(),
        "inLanguage": claim.language,
        "author": {
            "@type": "Organization",
            "name": settings.SITE_NAME,
            "url": settings.SITE_URL,
        },
        "reviewBody": review.summary,
        "itemReviewed": item,
        "reviewRating": rating,
    }


def prepare(reviews: Iterable[Review]) -> None:
    """Fetch what the ClaimReviews of many reviews hold, in one question for all."""
    prefetch_related_objects(
        list(reviews),
        Prefetch("claim__citations", queryset=_SAID_HERE, to_attr=PREPARED),
    )


def _said_here(claim: Claim) -> Iterable[Citation]:
    prepared: list[Citation] | None = getattr(claim, PREPARED, None)
    if prepared is not None:
        return prepared
    return _SAID_HERE.filter(claim=claim)


def _author(claimant: Claimant) -> dict[str, Any]:
    person = claimant.kind == ClaimantKind.PERSON
    author: dict[str, Any] = {
        "@type": "Person" if person else "Organization",
        "name": claimant.name,
    }
    if claimant.role:
        author["jobTitle" if person else "description"] = claimant.role
    if claimant.same_as:
        author["sameAs"] = claimant.same_as
    return author


def faults(document: dict[str, Any]) -> list[str]:
    """Return what keeps a ClaimReview from being ours, as sentences for people."""
    found = claimreview.problems_of_page([document], page_url=settings.SITE_URL)
    return [
        each.sentence
        for each in found
        if not each.is_advice or each.where in ALWAYS_TOLD
    ]
