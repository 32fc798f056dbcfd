"""What every move is made of: the row under lock, its new status, its record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.errors import MoveRefused
from claims.models import Claim, Correction, Move, Review
from claims.vocabulary import MOVES, ClaimStatus, RecheckReason
from claims.workflow.rules import cannot, current

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import User


def locked(claim: Claim) -> Claim:
    # The caller's copy may be an hour old; the row is read again under lock.
    return Claim.objects.select_for_update().get(pk=claim.pk)


def move(
    claim: Claim,
    to: ClaimStatus,
    *,
    by: User | None,
    at: datetime,
    reason: RecheckReason | str = "",
    note: str = "",
) -> Claim:
    before = ClaimStatus(claim.status)
    if to not in MOVES[before]:
        raise MoveRefused(cannot(claim, f"become {to.label.lower()}"))
    claim.status, claim.moved_at, claim.updated_at = to, at, at
    claim.save(update_fields=["status", "moved_at", "updated_at"])
    Move(
        claim=claim,
        from_status=before,
        to_status=to,
        by=by,
        at=at,
        reason=reason,
        note=note,
    ).save(force_insert=True)
    return claim


def publish_review(claim: Claim, review: Review, *, by: User, at: datetime) -> Claim:
    standing = current(claim)
    if standing is not None:
        standing.valid_to = at
        standing.save(update_fields=["valid_to"])
    review.published_at = review.valid_from = at
    review.save(update_fields=["published_at", "valid_from"])
    if standing is not None:
        Correction.objects.create(
            claim=claim,
            review_from=standing,
            review_to=review,
            kind=review.correction_kind,
            note=review.correction_note,
            by=review.written_by,
            at=at,
        )
    claim.assigned_to = None
    claim.save(update_fields=["assigned_to"])
    return move(claim, ClaimStatus.PUBLISHED, by=by, at=at)


def withdraw(claim: Claim) -> None:
    # In one statement: the database holds recorded verdicts fast while submitted.
    claim.reviews.unpublished().update(
        submitted_at=None,
        first_verdict="",
        second_reviewer=None,
        second_verdict="",
        second_note="",
        seconded_at=None,
        arbiter=None,
        arbiter_note="",
        arbitrated_at=None,
    )
