"""Who works on a claim, and whether anybody does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
from django.db import transaction
from django.utils.translation import gettext as _

from claims.access import Role, require
from claims.errors import MoveRefused
from claims.models import Claim
from claims.vocabulary import AT_THE_DESK, ClaimStatus
from claims.workflow.moving import locked, move, withdraw
from claims.workflow.rules import (
    current,
    in_the_making,
    require_a_third_person,
    require_not_the_writer,
    require_reason,
    require_unaware,
)

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import User


@transaction.atomic
def take(claim: Claim, *, by: User, at: datetime) -> Claim:
    """Begin to work on a claim; a new one goes into review. Raises MoveRefused."""
    require(by, Role.REVIEWER)
    claim = locked(claim)
    _require_free_for(claim, by)
    claim.assigned_to = by
    claim.save(update_fields=["assigned_to"])
    if claim.status == ClaimStatus.NEW:
        return move(claim, ClaimStatus.IN_REVIEW, by=by, at=at)
    return claim


def _require_free_for(claim: Claim, person: User) -> None:
    if claim.status not in AT_THE_DESK:
        raise MoveRefused(_("Nothing waits here that somebody could work on."))
    if claim.status == ClaimStatus.SECOND_REVIEW:
        require_not_the_writer(in_the_making(claim), person)
        require_unaware(in_the_making(claim), person)
    if claim.status == ClaimStatus.ARBITRATION:
        require_a_third_person(in_the_making(claim), person)


@transaction.atomic
def assign(claim: Claim, *, to: User, by: User, at: datetime, reason: str) -> Claim:
    """Give a claim to another reviewer. Raises MoveRefused, NotYours."""
    require(by, Role.EDITOR)
    require(to, Role.REVIEWER)
    claim = locked(claim)
    _require_free_for(claim, to)
    claim.assigned_to = to
    # There is no move to note the reason with, where the claim only changes hands.
    with pghistory.context(reason=reason):
        claim.save(update_fields=["assigned_to"])
    if claim.status == ClaimStatus.NEW:
        return move(claim, ClaimStatus.IN_REVIEW, by=by, at=at, note=reason)
    return claim


@transaction.atomic
def release(claim: Claim, *, by: User) -> Claim:
    """Put a claim back for anybody to take; its status stays. Raises MoveRefused."""
    require(by, Role.REVIEWER)
    claim = locked(claim)
    if claim.assigned_to_id is None:
        raise MoveRefused(_("Nobody has this claim: it is free already."))
    if claim.assigned_to_id != by.pk:
        require(by, Role.EDITOR)
    claim.assigned_to = None
    claim.save(update_fields=["assigned_to"])
    return claim


@transaction.atomic
def reset(claim: Claim, *, by: User, at: datetime, reason: str) -> Claim:
    """Send a claim that was never published back to the start, for anybody."""
    require(by, Role.EDITOR)
    claim = locked(claim)
    require_reason(reason)
    if current(claim) is not None:
        raise MoveRefused(_("A claim that was published cannot be reset; correct it."))
    withdraw(claim)
    claim.assigned_to = None
    claim.save(update_fields=["assigned_to"])
    return move(claim, ClaimStatus.NEW, by=by, at=at, note=reason)


@transaction.atomic
def dismiss(claim: Claim, *, by: User, at: datetime, reason: str) -> Claim:
    """Set a claim aside that is not worth checking. It can be reset."""
    require(by, Role.REVIEWER)
    require_reason(reason)
    return move(locked(claim), ClaimStatus.DISMISSED, by=by, at=at, note=reason)
