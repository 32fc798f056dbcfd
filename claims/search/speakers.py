"""Who is heard in public, and by whom they are contradicted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from claims.models import Assessment, Claim, Claimant, Review

if TYPE_CHECKING:
    from claims.models.assessment import AssessmentQuerySet
    from claims.models.claimant import ClaimantQuerySet

CLAIMS_AT_MOST = 300


def heard() -> AssessmentQuerySet:
    """Assessments that readers may see: confirmed, and of a claim that is public."""
    # As `Claim.objects.public()` has it, without a look at the claim.
    return Assessment.objects.confirmed().filter(
        Exists(Review.objects.published().filter(claim=OuterRef("claim")))
    )


def heard_about(claimant: Claimant) -> AssessmentQuerySet:
    """
    Assessments by others, of a claimant's newest public claims, that readers may see.

    Of whom there are thousands of claims, the early ones are left out.
    """
    # The keys rise with time.
    newest = Claim.objects.public().filter(claimant=claimant).order_by("-pk")
    return (
        Assessment.objects.confirmed()
        .filter(claim__in=newest.values("pk")[:CLAIMS_AT_MOST])
        .exclude(assessor=claimant)
    )


def speaking_in_public() -> ClaimantQuerySet:
    """
    Claimants that readers may see.

    Those with a public claim, those heard about one, and those whom either belongs
    to: a page for anybody else would tell what the desk is working on.
    """
    speaks = Exists(Claim.objects.public().filter(claimant=OuterRef("pk")))
    answers = Exists(heard().filter(assessor=OuterRef("pk")))
    through = Claimant.objects.filter(affiliation=OuterRef("pk")).filter(
        Q(Exists(Claim.objects.public().filter(claimant=OuterRef("pk"))))
        | Q(Exists(heard().filter(assessor=OuterRef("pk"))))
    )
    return Claimant.objects.filter(speaks | answers | Exists(through))
