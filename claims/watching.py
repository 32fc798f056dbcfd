"""Pages that much rests on are looked at more closely, and published ones made known."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from claims.models import Citation, Claim, Review
from claims.vocabulary import ClaimStatus
from sources import attaching, merging
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


def make_known(*, now: datetime) -> int:
    """
    Let everybody share the pages that were kept apart for reviews now published.

    What can still be undone is left alone. Returns how many pages there were.
    """
    published = Review.objects.filter(published_at__lte=now)
    apart = Source.objects.filter(apart_for__in=published.values("pk"), same_as=None)
    pages = list(apart.order_by("pk"))
    for page in pages:
        merging.make_known(page, now=now)
    return len(pages)


def _busy(now: datetime) -> QuerySet[Claim]:
    fresh = Q(status=ClaimStatus.PUBLISHED, moved_at__gte=now - _FRESH)
    return Claim.objects.filter(Q(status__in=_UNDER_REVIEW) | fresh)


def _of_a_claim_in(claims: QuerySet[Claim]) -> Q:
    ids = claims.values("pk")
    return Q(claim__in=ids) | Q(assessment__claim__in=ids) | Q(review__claim__in=ids)
