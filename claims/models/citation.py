"""The link from a claim, an assessment or a review to a passage."""

from __future__ import annotations

from typing import Self

import pghistory
from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from claims.models.assessment import Assessment
from claims.models.claim import Claim
from claims.models.review import Review
from claims.models.triggers import PUBLIC_CITATION_STAYS
from claims.vocabulary import AssessmentState, CitationRole
from sources.models import Passage


class CitationQuerySet(models.QuerySet["Citation"]):
    def bearing_on(self, claim: Claim) -> Self:
        """Citations of the claim, of its assessments and of its reviews."""
        # Each by an index of its own: an OR across three tables would use none.
        every = Citation.objects.order_by().values("pk")
        of_claim = every.filter(claim=claim)
        of_voices = every.filter(assessment__claim=claim)
        of_reviews = every.filter(review__claim=claim)
        return self.filter(pk__in=of_claim.union(of_voices, of_reviews))

    def grounding(self, claim: Claim) -> Self:
        """
        Those of them that a verdict on the claim may rest on.

        Not of an assessment that nobody stands behind: suggested, or set aside.
        """
        heard = Q(assessment=None) | Q(assessment__state=AssessmentState.CONFIRMED)
        return self.bearing_on(claim).filter(heard)

    def with_their_pages(self) -> Self:
        return self.select_related("passage__source", "passage__snapshot")


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    # The history of a claim tells what it once rested on.
    pghistory.DeleteEvent(),
    exclude=["created_at"],
)
class Citation(models.Model):
    """A link that says «here it was said», or «here is the evidence»."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    # What cites: exactly one of the three
    claim = models.ForeignKey(
        Claim,
        on_delete=models.PROTECT,
        related_name="citations",
        null=True,
        blank=True,
    )
    assessment = models.ForeignKey(
        Assessment,
        on_delete=models.PROTECT,
        related_name="citations",
        null=True,
        blank=True,
    )
    review = models.ForeignKey(
        Review,
        on_delete=models.PROTECT,
        related_name="citations",
        null=True,
        blank=True,
    )

    # What is cited, and what for
    passage = models.ForeignKey(
        Passage, on_delete=models.PROTECT, related_name="citations"
    )
    role = models.CharField(
        max_length=20, choices=CitationRole, default=CitationRole.SAID_HERE
    )
    created_at = models.DateTimeField(editable=False)

    objects = CitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="citation_belongs_to_exactly_one",
                condition=Q(claim__isnull=False, assessment=None, review=None)
                | Q(claim=None, assessment__isnull=False, review=None)
                | Q(claim=None, assessment=None, review__isnull=False),
            ),
            models.UniqueConstraint(
                name="citation_once_for_each_passage",
                fields=["claim", "assessment", "review", "passage", "role"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="citation_role_is_known",
                condition=Q(role__in=CitationRole.values),
            ),
        ]
        triggers = [PUBLIC_CITATION_STAYS]

    def __str__(self) -> str:
        return f"{self.pk} {self.role}"
