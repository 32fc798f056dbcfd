"""What every move is made of: the row under lock, its new status, its record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from claims import outbox
from claims.errors import MoveRefused
from claims.models import Claim, Correction, Move, Review
from claims.vocabulary import MOVES, ClaimStatus, RecheckReason
from claims.workflow.rules import cannot, current
from sources.wire import tell_after_commit

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import User


def locked(claim: Claim) -> Claim:
    # Whoever holds a claim is about to change it; of what is refused nobody is told.
    tell_after_commit(f"claim:{claim.pk}", "queue")
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
        raise MoveRefused(
            cannot(
                claim,
                _("A claim that is %(status)s cannot become %(wanted)s."),
                wanted=to.label.lower(),
            )
        )
    return record_move(claim, to, by=by, at=at, reason=reason, note=note)


def record_move(
    claim: Claim,
    to: ClaimStatus,
    *,
    by: User | None,
    at: datetime,
    reason: RecheckReason | str = "",
    note: str = "",
) -> Claim:
    before = claim.status
    if to == ClaimStatus.RETRACTED or not claim.was_published:
        # What readers see stays as it was while the desk looks at it again.
        claim.updated_at = at
    claim.status, claim.moved_at = to, at
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
    # Readers see it when it can no longer be undone, and the one before until then.
    goes_out_at = at + settings.CLAIMS_UNDO_WITHIN
    standing = current(claim)
    if standing is not None:
        standing.valid_to = max(goes_out_at, standing.valid_from or goes_out_at)
        standing.save(update_fields=["valid_to"])
    review.published_at = review.valid_from = goes_out_at
    review.save(update_fields=["published_at", "valid_from"])
    correction = None
    if standing is not None:
        correction = Correction.objects.create(
            claim=claim,
            review_from=standing,
            review_to=review,
            kind=review.correction_kind,
            note=review.correction_note,
            by=review.written_by,
            at=goes_out_at,
        )
    claim = move(claim, ClaimStatus.PUBLISHED, by=by, at=at)
    # Whoever asks what has changed since is told once it can be seen.
    claim.assigned_to, claim.updated_at = None, goes_out_at
    claim.save(update_fields=["assigned_to", "updated_at"])
    outbox.published(claim, review, correction=correction)
    return claim


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
