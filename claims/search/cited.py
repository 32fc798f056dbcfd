"""The pages that a claim rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q

from claims.models import Citation
from sources.models import Source

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from claims.models import Claim, Review


def cited_pages(claim: Claim, *, hidden: Review | None = None) -> QuerySet[Source]:
    """
    Return the pages that a claim, its assessments and its reviews cite.

    One that was cited under an old address is looked at under its present one: both
    are in the list. What a hidden review cites is left out.
    """
    citations = Citation.objects.bearing_on(claim)
    if hidden is not None:
        citations = citations.exclude(review=hidden)
    cited = Source.objects.filter(passages__citations__in=citations)
    return (
        Source.objects.filter(
            Q(pk__in=cited.values("pk")) | Q(pk__in=cited.values("same_as"))
        )
        .distinct()
        .order_by("added_at", "pk")
    )


def about(claim: Claim) -> dict[str, str]:
    """Return what a WARC file says of the claim whose pages it holds."""
    return {
        "operator": settings.SITE_NAME,
        "description": f"The pages cited for: {claim.statement}",
        "isPartOf": f"{settings.SITE_URL}/desk/claims/{claim.pk}/",
    }
