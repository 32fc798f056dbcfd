"""What a claim says as a point among points, so that other words find it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from pgvector.django import HalfVectorField, HnswIndex

from claims.models.assessment import Assessment
from claims.models.claim import Claim

if TYPE_CHECKING:
    from django.db.models.expressions import Combinable

# Those whose vectors are indexed; another model takes an index of its own.
BUILT_IN = "all-MiniLM-L6-v2-onnx-int8"
BUILT_IN_DIMENSIONS = 384


def _as_built_in() -> Combinable:
    field = HalfVectorField(dimensions=BUILT_IN_DIMENSIONS)
    return OpClass(Cast("vector", field), name="halfvec_ip_ops")


class ImprintQuerySet(models.QuerySet["Imprint"]):
    def due(self) -> Self:
        """Imprints of words that no model has seen, those that wait longest first."""
        return self.filter(vector=None).order_by("pk")


class Imprint(models.Model):
    """
    One vector: of a claim's statement, or of what a published fact-check says of it.

    The row comes with the words, by a trigger and without a vector; a worker makes the
    vector. Words that change take it away again and count up `edition`, so that
    a worker that has the old ones writes nothing.
    """

    id = models.BigAutoField(primary_key=True)
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="imprints")
    assessment = models.OneToOneField(
        Assessment, on_delete=models.CASCADE, null=True, related_name="imprint"
    )
    edition = models.PositiveIntegerField(default=1)

    # As made by a model; halves of floats are as good, and half as large
    vector = HalfVectorField(null=True)
    model = models.CharField(max_length=100, default="", blank=True)
    dimension = models.PositiveSmallIntegerField(null=True)

    objects = ImprintQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="imprint_one_for_each_statement",
                fields=["claim"],
                condition=Q(assessment=None),
            ),
            models.CheckConstraint(
                name="imprint_vector_is_whole_or_empty",
                condition=Q(vector=None, model="", dimension=None)
                | Q(vector__isnull=False, dimension__isnull=False) & ~Q(model=""),
            ),
        ]
        indexes = [
            models.Index(name="imprint_due", fields=["id"], condition=Q(vector=None)),
            HnswIndex(
                _as_built_in(), name="imprint_nearest", condition=Q(model=BUILT_IN)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.model or 'no vector'}"
