"""The heaps that claims lie in at the desk."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from claims.models import Candidate, Claim
from claims.vocabulary import AT_THE_DESK, ClaimStatus

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from claims.models.claim import ClaimQuerySet


class Tab(StrEnum):
    """The heaps that claims lie in."""

    MINE = "mine"
    UNCLAIMED = "unclaimed"
    SECOND = "second"
    RECHECK = "recheck"
    ARBITRATION = "arbitration"
    SNOOZED = "snoozed"
    ALL = "all"


LABELS = {
    Tab.MINE: _("Mine"),
    Tab.UNCLAIMED: _("Unclaimed"),
    Tab.SECOND: _("Second review"),
    Tab.RECHECK: _("Recheck"),
    Tab.ARBITRATION: _("Arbitration"),
    Tab.SNOOZED: _("Snoozed"),
    Tab.ALL: _("All claims"),
}
OPEN_TO_ALL = (ClaimStatus.NEW, ClaimStatus.IN_REVIEW, ClaimStatus.CORRECTING)


def heap(tab: Tab, user: User, *, now: datetime) -> ClaimQuerySet:
    """Claims on that heap; what this person has put off is not among them."""
    claims = Claim.objects.all()
    if tab is Tab.ALL:
        return claims
    if tab is Tab.SNOOZED:
        return claims.asleep_for(user, now=now).filter(status__in=AT_THE_DESK)
    return _waiting(tab, user).awake_for(user, now=now)


def _waiting(tab: Tab, user: User) -> ClaimQuerySet:
    claims = Claim.objects.all()
    if tab is Tab.MINE:
        return claims.taken_by(user).filter(status__in=AT_THE_DESK)
    if tab is Tab.UNCLAIMED:
        return claims.unclaimed().filter(status__in=OPEN_TO_ALL)
    if tab is Tab.SECOND:
        return claims.awaiting_second_pair_of_eyes_of(user)
    if tab is Tab.RECHECK:
        return claims.standing(ClaimStatus.RECHECK)
    return claims.standing(ClaimStatus.ARBITRATION)


def counts(user: User, *, now: datetime) -> dict[str, int]:
    """Return how many lie on each heap; the last counts candidates."""
    found: dict[str, int] = (
        Claim.objects.filter(status__in=AT_THE_DESK)
        .awake_for(user, now=now)
        .order_by()
        .aggregate(
            mine=Count("pk", filter=Q(assigned_to=user)),
            unclaimed=Count("pk", filter=Q(assigned_to=None, status__in=OPEN_TO_ALL)),
            recheck=Count("pk", filter=Q(status=ClaimStatus.RECHECK)),
            arbitration=Count("pk", filter=Q(status=ClaimStatus.ARBITRATION)),
        )
    )
    found["second"] = heap(Tab.SECOND, user, now=now).count()
    found["snoozed"] = heap(Tab.SNOOZED, user, now=now).count()
    found["inbox"] = Candidate.objects.open().count()
    return found
