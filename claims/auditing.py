"""
Whether a second verdict was a reading: how long somebody looked, and a third look.

One in forty of the reviews on which two people agreed is drawn to be read once more, by
an editor who took no part and is not shown the verdict. The lot falls on the claim and
the version by a secret: nobody can tell beforehand, and nobody hears of it before both
verdicts are in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from claims.access import Role, require
from claims.errors import MoveRefused, NotYours
from claims.models import Audit, Opening
from claims.vocabulary import ClaimStatus, Verdict

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from django.contrib.auth.models import User

    from claims.models import Claim, Review

ONE_IN = 40


def is_drawn(review: Review) -> bool:
    """Tell whether the lot falls on this review; the same answer every time."""
    lot = salted_hmac(
        "claims.auditing", f"{review.claim_id}:{review.version}", algorithm="sha256"
    )
    return int.from_bytes(lot.digest()[:8], "big") % ONE_IN == 0


def draw(review: Review, *, at: datetime) -> Audit | None:
    """Set a review aside for a third reading, if the lot falls on it."""
    if not is_drawn(review):
        return None
    return Audit.objects.get_or_create(review=review, defaults={"drawn_at": at})[0]


@transaction.atomic
def read(
    audit: Audit, *, verdict: Verdict | str, by: User, at: datetime, note: str = ""
) -> Audit:
    """
    Record what an editor found who read a drawn review again.

    Raises NotYours for those who judged it, MoveRefused where somebody was faster.
    """
    require(by, Role.EDITOR)
    audit = Audit.objects.select_for_update().get(pk=audit.pk)
    if audit.read_at is not None:
        raise MoveRefused(_("Somebody has read it again already."))
    if not Audit.objects.of_published().open_to(by).filter(pk=audit.pk).exists():
        raise NotYours(_("You judged this claim; a third person reads it again."))
    audit.read_by, audit.read_at = by, at
    audit.verdict, audit.note = Verdict(verdict), note
    audit.full_clean(validate_constraints=False)
    audit.save()
    return audit


# --- How long somebody looked -------------------------------------------------


def opened(claim: Claim, *, by: User, at: datetime) -> None:
    """
    Remember when a person opened a claim that waits for their second verdict.

    Whoever comes back within `CLAIMS_SITTING` goes on reading: a page that is loaded
    again is not a new look.
    """
    review = _waiting(claim)
    if review is None or review.was_written_by(by):
        return
    opening, new = Opening.objects.get_or_create(
        review=review, person=by, defaults={"opened_at": at}
    )
    if not new and opening.opened_at < at - settings.CLAIMS_SITTING:
        opening.opened_at = at
        opening.save(update_fields=["opened_at"])


def in_haste(claim: Claim, *, by: User, now: datetime) -> timedelta | None:
    """
    Return how long this person has looked, where that is less than a claim takes.

    None for whoever looked long enough, or did not open the page at all: programs.
    """
    opening = Opening.objects.filter(review=_waiting(claim), person=by).first()
    if opening is None or now - opening.opened_at >= settings.CLAIMS_HASTE:
        return None
    return now - opening.opened_at


def _waiting(claim: Claim) -> Review | None:
    if claim.status != ClaimStatus.SECOND_REVIEW:
        return None
    return claim.reviews.unpublished().first()
