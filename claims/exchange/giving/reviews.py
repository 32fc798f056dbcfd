"""A claim as ClaimReviews: the desk's own, and what other fact-checkers published."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.conf import settings

from claims import document
from claims.document import DATE_CHARACTERS
from claims.vocabulary import CitationRole, ClaimantKind, Precision

if TYPE_CHECKING:
    from datetime import datetime

    from claims.exchange.giving.gathering import Given
    from claims.models import Assessment, Claimant

_TYPES = {
    ClaimantKind.PERSON: "Person",
    ClaimantKind.ORGANISATION: "Organization",
    ClaimantKind.MEDIA: "NewsMediaOrganization",
    ClaimantKind.GOVERNMENT: "GovernmentOrganization",
    ClaimantKind.MILITARY: "Organization",
    ClaimantKind.GROUP: "PerformingGroup",
}


def written(given: Given, *, at: datetime) -> Iterator[dict[str, Any]]:
    """Yield the ClaimReviews of a claim; of one that nobody rated there are none."""
    mark = {"@id": settings.SITE_URL + given.claim.get_absolute_url()}
    if given.review is not None:
        ours = document.claim_review(given.review.claim, given.review, at=at)
        yield {**ours, "itemReviewed": {**mark, **ours["itemReviewed"]}}
    for each in given.assessments:
        if each.url and each.rating_text:
            yield _of_another(given, each, mark)


def _of_another(
    given: Given, assessment: Assessment, mark: dict[str, str]
) -> dict[str, Any]:
    claim = given.claim
    item: dict[str, Any] = {
        **mark,
        "@type": "Claim",
        "author": _who(claim.claimant),
        "text": claim.original_wording or claim.statement,
    }
    if said := _day(claim.said_at, claim.said_at_precision):
        item["datePublished"] = said
    pages = [
        {"@type": "CreativeWork", "url": each.passage.source.canonical_url}
        for each in given.citations
        if each.role == CitationRole.SAID_HERE
    ]
    if pages:
        item["firstAppearance"], item["appearance"] = pages[0], pages
    review: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": assessment.url,
        "claimReviewed": claim.statement,
        "name": assessment.statement,
        "inLanguage": claim.language,
        "author": _who(assessment.assessor),
        "itemReviewed": item,
        "reviewRating": {"@type": "Rating", "alternateName": assessment.rating_text},
    }
    if published := _day(assessment.said_at, assessment.said_at_precision):
        review["datePublished"] = published
    return review


def _who(claimant: Claimant) -> dict[str, Any]:
    author: dict[str, Any] = {
        "@type": _TYPES[ClaimantKind(claimant.kind)],
        "name": claimant.name,
    }
    if claimant.same_as:
        author["sameAs"] = claimant.same_as
    return author


def _day(at: datetime | None, precision: str) -> str:
    if at is None:
        return ""
    return at.date().isoformat()[: DATE_CHARACTERS[Precision(precision)]]
