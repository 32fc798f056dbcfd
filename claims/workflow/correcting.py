"""After publication: doubted, reaffirmed, corrected or retracted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from claims import outbox
from claims.access import Role, require
from claims.errors import MoveRefused
from claims.models import Claim, Correction, Review
from claims.vocabulary import ClaimStatus, CorrectionKind, RecheckReason
from claims.workflow.moving import locked, move
from claims.workflow.rules import (
    cannot,
    current,
    next_version,
    require_quoted,
    require_reason,
)

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import User

CORRECTED_FROM = (ClaimStatus.PUBLISHED, ClaimStatus.RECHECK)


@transaction.atomic
def recheck(
    claim: Claim, *, reason: RecheckReason, at: datetime, note: str = ""
) -> Claim:
    """Bring a published claim back to the desk, due anew; a worker's move, nobody's."""
    claim = locked(claim)
    claim.due_at = at + settings.CLAIMS_DUE_WITHIN
    claim.save(update_fields=["due_at"])
    return move(
        claim,
        ClaimStatus.RECHECK,
        by=None,
        at=at,
        reason=reason,
        note=note,
    )


@transaction.atomic
def reaffirm(claim: Claim, *, by: User, at: datetime, note: str) -> Claim:
    """Say that the published review still stands. Raises NotPublishable."""
    require(by, Role.REVIEWER)
    claim = locked(claim)
    require_reason(note)
    if claim.status != ClaimStatus.RECHECK:
        raise MoveRefused(
            cannot(claim, _("A claim that is %(status)s cannot be reaffirmed."))
        )
    require_quoted(claim)
    claim.assigned_to = None
    claim.save(update_fields=["assigned_to"])
    return move(claim, ClaimStatus.PUBLISHED, by=by, at=at, note=note)


@transaction.atomic
def start_correction(claim: Claim, *, by: User, at: datetime) -> Claim:
    """Begin the next version of a published review; the old one stands meanwhile."""
    require(by, Role.REVIEWER)
    claim = locked(claim)
    standing = current(claim)
    # Not from a second review, which leads to the same state: that is sent back.
    if standing is None or claim.status not in CORRECTED_FROM:
        raise MoveRefused(
            cannot(claim, _("A claim that is %(status)s cannot be corrected."))
        )
    claim.assigned_to = by
    claim.save(update_fields=["assigned_to"])
    claim = move(claim, ClaimStatus.CORRECTING, by=by, at=at)
    if not claim.reviews.unpublished().exists():
        Review.objects.create(
            claim=claim,
            version=next_version(claim),
            verdict=standing.verdict,
            summary=standing.summary,
            explanation=standing.explanation,
            written_by=by,
            created_at=at,
        )
    return claim


@transaction.atomic
def abandon_correction(claim: Claim, *, by: User, at: datetime, note: str) -> Claim:
    """
    Leave the published review as it stands; what was written is kept.

    Raises NotPublishable where nothing is left that the claim rests on.
    """
    require(by, Role.REVIEWER)
    claim = locked(claim)
    if claim.status != ClaimStatus.CORRECTING:
        raise MoveRefused(
            cannot(
                claim,
                _("A claim that is %(status)s cannot have a correction abandoned."),
            )
        )
    require_reason(note)
    require_quoted(claim)
    claim.assigned_to = None
    claim.save(update_fields=["assigned_to"])
    return move(claim, ClaimStatus.PUBLISHED, by=by, at=at, note=note)


@transaction.atomic
def retract(claim: Claim, *, by: User, at: datetime, note: str) -> Claim:
    """Withdraw a published review for good; a tombstone page with the note stays."""
    require(by, Role.EDITOR)
    claim = locked(claim)
    require_reason(note)
    standing = current(claim)
    if standing is None:
        raise MoveRefused(
            cannot(claim, _("A claim that is %(status)s cannot be retracted."))
        )
    claim = move(claim, ClaimStatus.RETRACTED, by=by, at=at, note=note)
    standing.valid_to = max(at, standing.valid_from or at)
    standing.save(update_fields=["valid_to"])
    correction = Correction.objects.create(
        claim=claim,
        review_from=standing,
        kind=CorrectionKind.RETRACTION,
        note=note,
        by=by,
        at=at,
    )
    outbox.retracted(claim, correction, at=standing.valid_to)
    return claim
