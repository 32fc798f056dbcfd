"""The API of what the desk found, and of what it corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from claims.api.seeing import DeskResource
from claims.api.shapes.reviews import CorrectionOut, ReviewOut
from claims.api.views import queries
from claims.api.views.rows import with_deliberation
from claims.models import Correction
from sources.api.resource import Operation

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from rest_framework.request import Request
    from rest_framework.response import Response


class ReviewViewSet(DeskResource):
    """Verdicts, each version of them."""

    operations = {
        "list": Operation(
            summary="List reviews",
            gives=ReviewOut,
            asks=queries.ReviewQuery,
            sorts={"created_at": "created_at"},
            sort="-created_at",
        ),
        "retrieve": Operation(summary="Read a review", gives=ReviewOut),
    }

    def get_queryset(self) -> QuerySet[Any]:
        return with_deliberation(self.visible_reviews())

    def list(self, request: Request) -> Response:
        """
        Without a token, what was ever published.

        While a review is blind, its findings are hidden from all but its writer.
        """
        return self.listed(queries.reviews(self.get_queryset(), self.asked))

    def retrieve(self, request: Request, pk: str) -> Response:
        return self.given(self.get_object())


class CorrectionViewSet(DeskResource):
    """Public notes that go with changed and withdrawn reviews."""

    operations = {
        "list": Operation(
            summary="List corrections",
            gives=CorrectionOut,
            asks=queries.CorrectionQuery,
            sorts={"at": "at"},
            sort="-at",
        ),
        "retrieve": Operation(summary="Read a correction", gives=CorrectionOut),
    }

    def get_queryset(self) -> QuerySet[Any]:
        seen = Correction.objects.all() if self.desk else Correction.objects.public()
        return seen.select_related("by")

    def list(self, request: Request) -> Response:
        corrections = self.get_queryset()
        if "claim" in self.asked:
            corrections = corrections.filter(claim=self.asked["claim"])
        if "kind" in self.asked:
            corrections = corrections.filter(kind__in=self.asked["kind"])
        return self.listed(corrections)

    def retrieve(self, request: Request, pk: str) -> Response:
        return self.given(self.get_object())
