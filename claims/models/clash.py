"""Statements that the machine holds against each other, and what it has yet to compare."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from claims.models.article import Article, Candidate
from claims.models.assessment import Assessment
from claims.models.claim import Claim
from claims.vocabulary import WhyNot

MAX_ATTEMPTS = 4


class ComparisonQuerySet(models.QuerySet["Comparison"]):
    def due(self) -> Self:
        """Comparisons that nobody has made, those that wait longest first."""
        return self.filter(attempts__lt=MAX_ATTEMPTS).order_by("pk")


class Comparison(models.Model):
    """
    A claim, or an article's candidates, that wait to be compared with what others say.

    The row comes with the claim, by a trigger, and with the reading of the article; it
    goes when the comparison was made.
    """

    id = models.BigAutoField(primary_key=True)
    claim = models.OneToOneField(
        Claim, on_delete=models.CASCADE, null=True, related_name="comparison"
    )
    article = models.OneToOneField(
        Article, on_delete=models.CASCADE, null=True, related_name="comparison"
    )
    attempts = models.PositiveSmallIntegerField(default=0, db_default=0)

    objects = ComparisonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="comparison_is_of_claim_or_article",
                condition=Q(claim__isnull=False, article=None)
                | Q(claim=None, article__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.claim_id or self.article_id}"


class ClashQuerySet(models.QuerySet["Clash"]):
    def unjudged(self) -> Self:
        """Clashes on which no plugged-in model was asked for an opinion."""
        return self.filter(judged_at=None)

    def strongest_first(self) -> Self:
        return self.order_by("-strength", "pk")


class Clash(models.Model):
    """
    A statement that seems to contradict another one, with the words that clash.

    Both are claims, or one of them is a candidate; of a pair there is one row for ever,
    so that what was rejected is not suggested again.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    # Which statement
    claim = models.ForeignKey(
        Claim, on_delete=models.CASCADE, null=True, related_name="clashes_with"
    )
    candidate = models.ForeignKey(
        Candidate, on_delete=models.CASCADE, null=True, related_name="clashes_with"
    )
    # Against which
    against = models.ForeignKey(
        Claim, on_delete=models.CASCADE, null=True, related_name="clashes"
    )
    against_candidate = models.ForeignKey(
        Candidate, on_delete=models.CASCADE, null=True, related_name="clashes"
    )

    # [{kind, statement: [start, end], said, claim: [start, end] or null, against}]
    words = models.JSONField(default=list)
    strength = models.FloatField()  # how much an editor should be shown it
    reversal = models.BooleanField(default=False)  # both are by one claimant
    # What it became, where both are claims
    assessment = models.OneToOneField(
        Assessment, on_delete=models.SET_NULL, null=True, related_name="clash"
    )
    created_at = models.DateTimeField(editable=False)

    # A second opinion, where a model is plugged in for it
    judged_at = models.DateTimeField(null=True, editable=False)
    judged_by = models.CharField(max_length=200, blank=True, editable=False)
    judged_why_not = models.CharField(
        max_length=20, choices=WhyNot, blank=True, editable=False
    )

    objects = ClashQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="clash_is_of_two_statements",
                condition=(
                    Q(claim__isnull=False, candidate=None)
                    | Q(claim=None, candidate__isnull=False)
                )
                & (
                    Q(against__isnull=False, against_candidate=None)
                    | Q(against=None, against_candidate__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="clash_is_judged_by_somebody",
                condition=Q(judged_by="", judged_why_not="")
                | Q(judged_at__isnull=False) & ~Q(judged_by=""),
            ),
            models.CheckConstraint(
                name="clash_is_with_another",
                condition=~Q(claim=F("against")) & ~Q(candidate=F("against_candidate")),
            ),
            models.UniqueConstraint(
                name="clash_once_for_each_pair",
                fields=["claim", "candidate", "against", "against_candidate"],
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.strength:.2f}"
