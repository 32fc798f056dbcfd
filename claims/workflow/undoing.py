"""Taking a publication back before readers have seen it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims import outbox
from claims.access import Role, require
from claims.errors import MoveRefused, NotYours
from claims.models import Claim, Move, Review
from claims.vocabulary import UNDONE, UNDONE_TO, ClaimStatus
from claims.workflow.moving import locked, record_move
from claims.workflow.rules import current

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import User

TOO_LATE = gettext_lazy(
    "Too late: readers see it already. An editor can retract it; whoever finds an "
    "error in it can start a correction."
)
# What the last person brought in, and what an arbiter may have written anew.
BROUGHT_IN = (
    "verdict",
    "summary",
    "explanation",
    "second_reviewer_id",
    "second_verdict",
    "second_note",
    "seconded_at",
    "arbiter_id",
    "arbiter_note",
    "arbitrated_at",
)


def may_undo(claim: Claim, *, by: User, at: datetime) -> bool:
    """Tell whether this person can still take the publication of a claim back."""
    return undo_until(claim, by=by, at=at) is not None


def undo_until(claim: Claim, *, by: User, at: datetime) -> datetime | None:
    """Return until when this person can undo the publication, or None."""
    settled = claim.moved_at + settings.CLAIMS_UNDO_WITHIN
    if claim.status != ClaimStatus.PUBLISHED or settled <= at:
        return None
    review, done = current(claim), _publication(claim)
    if review is None or review.published_at is None or review.published_at <= at:
        return None
    return review.published_at if done is not None and done.by_id == by.pk else None


def undo(claim: Claim, *, by: User, at: datetime) -> Claim:
    """
    Take a publication back to the step before: second review, or arbitration.

    Only whoever published it, until it goes out to readers (`CLAIMS_UNDO_WITHIN`). What
    was decided stays in the history. Raises NotYours, MoveRefused.
    """
    require(by, Role.REVIEWER)
    try:
        with transaction.atomic():
            return _undone(locked(claim), by=by, at=at)
    except IntegrityError as exc:
        # The database's clock has the last word.
        raise MoveRefused(TOO_LATE) from exc


def _undone(claim: Claim, *, by: User, at: datetime) -> Claim:
    done, review = _publication(claim), current(claim)
    if done is None or review is None or review.published_at is None:
        raise MoveRefused(_("Nothing was published here that could be undone."))
    if done.by_id != by.pk:
        raise NotYours(_("Only the person who published it can undo that."))
    if review.published_at <= at:
        raise MoveRefused(TOO_LATE)
    back = ClaimStatus(done.from_status)
    before = _history("ClaimEvent").filter(pgh_obj_id=claim.pk, status=back)
    stood = before.latest("pgh_id")
    claim = record_move(claim, back, by=by, at=at, note=UNDONE)
    claim.assigned_to_id, claim.updated_at = stood.assigned_to_id, stood.updated_at
    claim.save(update_fields=["assigned_to", "updated_at"])
    _as_before(review, back)
    outbox.forget_what_is_to_come(claim, at=at)
    for correction in claim.corrections.filter(review_to=review):
        before = correction.review_from
        correction.delete()
        before.valid_to = None
        before.save(update_fields=["valid_to"])
    return claim


def _publication(claim: Claim) -> Move | None:
    """Return the move that published the claim, if nothing has happened since."""
    last = claim.moves.newest_first().first()
    published = (
        last is not None
        and last.to_status == ClaimStatus.PUBLISHED
        and last.from_status in UNDONE_TO
    )
    return last if published else None


def _as_before(review: Review, step: ClaimStatus) -> None:
    # From the history, as an arbiter may have written over what was handed in.
    seconded = step == ClaimStatus.ARBITRATION
    before = (
        _history("ReviewEvent")
        .filter(
            pgh_obj_id=review.pk,
            submitted_at=review.submitted_at,
            second_reviewer__isnull=not seconded,
            arbiter=None,
            published_at=None,
        )
        .latest("pgh_id")
    )
    for name in BROUGHT_IN:
        setattr(review, name, getattr(before, name))
    review.published_at = review.valid_from = None
    review.save()


def _history(name: str) -> Any:
    return apps.get_model("claims", name)._default_manager
