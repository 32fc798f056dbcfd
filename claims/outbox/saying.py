"""How claims, and what is about them, are told: as readers see them in the API."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings

from claims import document

if TYPE_CHECKING:
    from claims.models import Assessment, Claim, Claimant, Correction, Review
    from sources.models import Passage

Told = dict[str, Any]  # JSON, member by member as in the API


def told_of_claim(claim: Claim, review: Review | None) -> Told:
    """Tell the claim, and the review that stands from that moment on."""
    return {
        "id": str(claim.pk),
        "statement": claim.statement,
        "original_wording": claim.original_wording,
        "form": str(claim.form),
        "claimant": told_of_claimant(claim.claimant),
        "role_at_time": claim.role_at_time,
        "said_at": moment(claim.said_at),
        "said_at_precision": str(claim.said_at_precision),
        "language": claim.language,
        "topics": list(claim.topics),
        "review": None if review is None else told_of_review(review),
        "page": settings.SITE_URL + claim.get_absolute_url(),
    }


def told_of_claimant(claimant: Claimant) -> Told:
    return {
        "id": str(claimant.pk),
        "name": claimant.name,
        "kind": str(claimant.kind),
    }


def told_of_review(review: Review) -> Told:
    return {
        "id": str(review.pk),
        "version": review.version,
        "verdict": str(review.verdict),
        "rating_value": review.rating_value,
        "summary": review.summary,
        "published_at": moment(review.published_at),
    }


def told_of_correction(correction: Correction) -> Told:
    return {
        "id": str(correction.pk),
        "kind": str(correction.kind),
        "note": correction.note,
        "at": moment(correction.at),
    }


def told_of_assessment(assessment: Assessment) -> Told:
    return {
        "id": str(assessment.pk),
        "assessor": told_of_claimant(assessment.assessor),
        "stance": str(assessment.stance),
        "statement": assessment.statement,
        "said_at": moment(assessment.said_at),
        "said_at_precision": str(assessment.said_at_precision),
        "rating_text": assessment.rating_text,
        "url": assessment.url,
    }


def told_of_passage(passage: Passage) -> Told:
    source = passage.source
    return {
        "exact": passage.exact,
        "source": {
            "url": source.canonical_url,
            "title": source.title,
            "publisher": source.publisher,
        },
    }


def claim_review(claim: Claim, review: Review, *, at: datetime) -> Told:
    return document.claim_review(claim, review, at=at)


def moment(at: datetime | None) -> str | None:
    """Spell a moment as the API does."""
    return None if at is None else at.astimezone(UTC).isoformat().replace("+00:00", "Z")
