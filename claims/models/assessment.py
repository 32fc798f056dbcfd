"""What somebody else says about a claim."""

from __future__ import annotations

from typing import Self

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from claims.models.claim import STATEMENT_MAX_CHARACTERS, Claim
from claims.models.claimant import Claimant
from claims.models.documented import ASSESSMENT_CHANGES_A_DOCUMENT
from claims.models.imprinted import (
    CHECK_IS_TO_BE_IMPRINTED,
    CHECK_REWORDED_IS_IMPRINTED_ANEW,
)
from claims.models.sites import PublisherSite
from claims.models.triggers import (
    ASSESSMENT_STAYS_WITH_ITS_CLAIM,
    version_counts,
)
from claims.vocabulary import CONTRADICTING, AssessmentState, Precision, Stance
from sources.plain import plain

EDITORIAL = (
    "assessor",
    "stance",
    "statement",
    "said_at",
    "said_at_precision",
    "based_on",
    "rating_text",
    "url",
    "state",
)


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def confirmed(self) -> Self:
        """Assessments that a person stands behind."""
        return self.filter(state=AssessmentState.CONFIRMED)

    def suggested(self) -> Self:
        """Assessments that the machine proposes and nobody decided."""
        return self.filter(state=AssessmentState.SUGGESTED)

    def contradicting(self) -> Self:
        """Assessments that contradict the claim or explain it away."""
        return self.filter(stance__in=CONTRADICTING)

    def oldest_first(self) -> Self:
        return self.order_by(F("said_at").asc(nulls_last=True), "pk")


@pghistory.track(exclude=["search", "created_at"])
class Assessment(models.Model):
    """What somebody else says about a claim, in their own words."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    # What it is about
    claim = models.ForeignKey(
        Claim, on_delete=models.PROTECT, related_name="assessments"
    )
    based_on = models.ForeignKey(
        Claim,
        on_delete=models.PROTECT,
        related_name="bears_on",
        null=True,
        blank=True,
    )

    # Who says what
    assessor = models.ForeignKey(
        Claimant, on_delete=models.PROTECT, related_name="assessments"
    )
    stance = models.CharField(max_length=20, choices=Stance)
    statement = models.CharField(
        max_length=STATEMENT_MAX_CHARACTERS, validators=[plain]
    )
    said_at = models.DateTimeField(null=True, blank=True)
    said_at_precision = models.CharField(
        max_length=10, choices=Precision, default=Precision.DAY
    )

    # When it is a published fact-check
    rating_text = models.CharField(max_length=200, blank=True, validators=[plain])
    url = models.URLField(max_length=2_048, blank=True, validators=[plain])

    # Whether a person stands behind it
    state = models.CharField(
        max_length=20, choices=AssessmentState, default=AssessmentState.CONFIRMED
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)

    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)

    search = models.GeneratedField(
        expression=SearchVector("statement", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="assessment_says_something",
                condition=~Q(statement__regex=r"^\s*$"),
            ),
            models.CheckConstraint(
                name="assessment_stance_is_known",
                condition=Q(stance__in=Stance.values),
            ),
            models.CheckConstraint(
                name="assessment_decision_is_whole_or_empty",
                condition=Q(
                    state=AssessmentState.SUGGESTED, decided_by=None, decided_at=None
                )
                | Q(
                    state__in=[AssessmentState.CONFIRMED, AssessmentState.REJECTED],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="assessment_rests_on_another_claim",
                condition=Q(based_on=None) | ~Q(based_on=F("claim")),
            ),
        ]
        indexes = [
            models.Index(
                name="assessment_of_claim", fields=["claim", "state", "stance"]
            ),
            models.Index(name="assessment_newest", fields=["-created_at", "-id"]),
            models.Index(
                PublisherSite("url"), name="assessment_site", condition=~Q(url="")
            ),
            GinIndex(
                name="assessment_words_of_checks",
                fields=["search"],
                condition=Q(url__gt=""),
            ),
        ]
        triggers = [
            version_counts(*EDITORIAL),
            ASSESSMENT_STAYS_WITH_ITS_CLAIM,
            CHECK_IS_TO_BE_IMPRINTED,
            CHECK_REWORDED_IS_IMPRINTED_ANEW,
            ASSESSMENT_CHANGES_A_DOCUMENT,
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.stance}: {self.statement[:60]}"

    @property
    def contradicts(self) -> bool:
        return self.stance in CONTRADICTING
