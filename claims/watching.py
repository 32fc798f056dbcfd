"""Pages that much rests on just now are looked at more closely."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from claims.models import Citation, Claim
from claims.vocabulary import ClaimStatus
from sources import attaching
from sources.models import Source

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

# What a reviewer reads has to be what stands there, and a page that a verdict has
# just been built on is the one somebody may want to edit.
_UNDER_REVIEW = (
    ClaimStatus.IN_REVIEW,
    ClaimStatus.SECOND_REVIEW,
    ClaimStatus.ARBITRATION,
    ClaimStatus.RECHECK,
    ClaimStatus.CORRECTING,
)
_FRESH = timedelta(days=14)  # after publication
_A_WHILE = timedelta(hours=1)  # until it has to be said again


def sweep(*, now: datetime) -> int:
    """
    Have the pages under claims in review or fresh from it looked at closely.

    Holds for an hour after a page stops being one of them. Returns how many were not
    looked at so closely before.
    """
    cited = Citation.objects.filter(passage__source=OuterRef("pk")).filter(
        _of_a_claim_in(_busy(now))
    )
    slack = Q(closely_until=None) | Q(closely_until__lt=now + _A_WHILE / 2)
    pages = Source.objects.filter(slack, Exists(cited)).only("pk", "same_as")
    return attaching.watch_closely(pages, until=now + _A_WHILE, at=now)


def _busy(now: datetime) -> QuerySet[Claim]:
    fresh = Q(status=ClaimStatus.PUBLISHED, moved_at__gte=now - _FRESH)
    return Claim.objects.filter(Q(status__in=_UNDER_REVIEW) | fresh)


def _of_a_claim_in(claims: QuerySet[Claim]) -> Q:
    ids = claims.values("pk")
    return Q(claim__in=ids) | Q(assessment__claim__in=ids) | Q(review__claim__in=ids)
