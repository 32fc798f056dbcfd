"""Who is heard in public, and by whom they are contradicted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from claims.models import Assessment, Claim, Claimant

if TYPE_CHECKING:
    from claims.models.assessment import AssessmentQuerySet
    from claims.models.claimant import ClaimantQuerySet


def heard() -> AssessmentQuerySet:
    """Assessments that readers may see: confirmed, and of a claim that is public."""
    return Assessment.objects.confirmed().filter(
        Exists(Claim.objects.public().filter(pk=OuterRef("claim")))
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
