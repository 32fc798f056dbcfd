"""A reviewed claim as schema.org ClaimReview, and what would be wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from claims.vocabulary import ClaimantKind

if TYPE_CHECKING:
    from datetime import datetime

    from claims.models import Claim, Claimant, Review

BEST_RATING = 5
WORST_RATING = 1


def claim_review(claim: Claim, review: Review, *, at: datetime) -> dict[str, Any]:
    """
    Return the JSON-LD of a review, as it reads when published at `at`.

    Follows schema.org/ClaimReview and Google's list of required properties.
    """
    said_in = [
        {"@type": "CreativeWork", "url": citation.passage.source.canonical_url}
        for citation in claim.citations.filter(role="said_here")
        .select_related("passage__source")
        .order_by("created_at", "pk")
    ]
    item: dict[str, Any] = {
        "@type": "Claim",
        "author": _author(claim.claimant),
        "text": claim.original_wording or claim.statement,
    }
    if claim.said_at:
        item["datePublished"] = claim.said_at.date().isoformat()
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
    """Return what keeps a ClaimReview from being valid, as sentences for people."""
    found = [
        _("The ClaimReview has no %(property)s.") % {"property": name}
        for name in ("url", "claimReviewed", "datePublished", "author")
        if not document.get(name)
    ]
    rating = document.get("reviewRating", {})
    if not rating.get("alternateName"):
        found.append(_("The ClaimReview has no verdict."))
    value = rating.get("ratingValue")
    if value is not None and not (
        rating["worstRating"] <= value <= rating["bestRating"]
    ):
        found.append(_("The rating lies outside its own scale."))
    if not document.get("itemReviewed", {}).get("author", {}).get("name"):
        found.append(_("The claim has no claimant."))
    if not str(document.get("url", "")).startswith(settings.SITE_URL + "/"):
        found.append(_("The ClaimReview's address is not on this site."))
    return found
