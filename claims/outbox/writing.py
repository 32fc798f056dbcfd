"""Writing down what readers will be told, in the transaction of the change itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Min
from django.db.models.functions import Now

from claims.models import Event
from claims.outbox.saying import (
    Told,
    claim_review,
    told_of_assessment,
    told_of_claim,
    told_of_correction,
)
from claims.vocabulary import AssessmentState, ClaimStatus, EventType

if TYPE_CHECKING:
    from datetime import datetime

    from claims.models import Assessment, Claim, Correction, Review


def published(claim: Claim, review: Review, *, correction: Correction | None) -> None:
    """Write down that a review goes out, at the moment when it does."""
    at = review.published_at
    if at is None:
        raise ValueError(f"review {review.pk} does not go out")
    data: Told = {
        "claim": told_of_claim(claim, review),
        "claim_review": claim_review(claim, review, at=at),
    }
    kind = EventType.CLAIM_PUBLISHED
    if correction is not None:
        kind = EventType.CLAIM_CORRECTED
        data["correction"] = told_of_correction(correction)
    write(claim, kind, cause=str(review.pk), at=at, data=data)


def retracted(claim: Claim, correction: Correction, *, at: datetime) -> None:
    """Write down that a review is withdrawn; what was about to go out does not."""
    Event.objects.filter(claim=claim, number=None, at__gt=Now()).delete()
    data = {
        "claim": told_of_claim(claim, None),
        "correction": told_of_correction(correction),
    }
    write(claim, EventType.CLAIM_RETRACTED, cause=str(correction.pk), at=at, data=data)


def assessment_confirmed(assessment: Assessment, *, at: datetime) -> None:
    """Write down that somebody is heard about a claim, if readers see that claim."""
    claim = assessment.claim
    seen_at = seen_from(claim)
    if seen_at is None or assessment.state != AssessmentState.CONFIRMED:
        return
    data = {
        "claim": told_of_claim(claim, claim.reviews.shown().first()),
        "assessment": told_of_assessment(assessment),
    }
    write(
        claim,
        EventType.ASSESSMENT_CONFIRMED,
        cause=f"{assessment.pk} {assessment.version}",
        at=max(at, seen_at),
        data=data,
    )


def forget_what_is_to_come(claim: Claim, *, at: datetime) -> None:
    """
    Strike what readers would have been told later: they will not see it.

    The database refuses it for what they have seen by its clock.
    """
    Event.objects.filter(claim=claim, number=None, at__gt=at).delete()


def seen_from(claim: Claim) -> datetime | None:
    """Return since when, or from when on, readers see a verdict on a claim."""
    if claim.status == ClaimStatus.RETRACTED:
        return None
    first: datetime | None = claim.reviews.aggregate(at=Min("published_at"))["at"]
    return first


def write(
    claim: Claim, kind: EventType, *, cause: str, at: datetime, data: Told
) -> None:
    """Put an event down; the same one twice is once."""
    Event.objects.bulk_create(
        [Event(claim=claim, type=kind, cause=cause, at=at, data=data)],
        ignore_conflicts=True,
    )
