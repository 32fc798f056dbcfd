"""The API of what others say about a claim."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from claims import editing
from claims.api.shapes.assessments import (
    AssessmentIn,
    AssessmentOfClaimIn,
    AssessmentOut,
)
from claims.api.shapes.citations import CitationIn, CitationOut
from claims.api.shapes.moves import ReasonIn
from claims.api.views import queries
from claims.api.views.rows import (
    ONE_CITATION,
    Citing,
    address,
    with_assessors,
    with_pages,
)
from claims.models import Assessment
from claims.vocabulary import Scope
from sources.api.asking import PageQuery
from sources.api.resource import Operation

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet
    from rest_framework.request import Request

WRITE = (Scope.ASSESSMENTS_WRITE,)
CONTRIBUTOR, REVIEWER = "contributor", "reviewer"


class AssessmentViewSet(Citing):
    """Contradictions, support, qualifications: typed disagreement."""

    operations = {
        "list": Operation(
            summary="List assessments",
            gives=AssessmentOut,
            asks=queries.AssessmentQuery,
            sorts={"created_at": "created_at", "updated_at": "updated_at"},
            sort="-created_at",
        ),
        "create": Operation(
            summary="Record an assessment",
            takes=AssessmentOfClaimIn,
            gives=AssessmentOut,
            status=HTTPStatus.CREATED,
            scopes=WRITE,
            role=CONTRIBUTOR,
        ),
        "retrieve": Operation(summary="Read an assessment", gives=AssessmentOut),
        "partial_update": Operation(
            summary="Change an assessment",
            takes=AssessmentIn,
            gives=AssessmentOut,
            scopes=WRITE,
            role=CONTRIBUTOR,
        ),
        "confirm": Operation(
            summary="Confirm a suggested assessment",
            gives=AssessmentOut,
            scopes=WRITE,
            role=REVIEWER,
            refuses=(HTTPStatus.CONFLICT,),
        ),
        "reject": Operation(
            summary="Reject a suggested assessment",
            gives=AssessmentOut,
            scopes=WRITE,
            role=REVIEWER,
            refuses=(HTTPStatus.CONFLICT,),
        ),
        "take_back": Operation(
            summary="Take back a confirmed assessment",
            takes=ReasonIn,
            gives=AssessmentOut,
            scopes=WRITE,
            role=REVIEWER,
            refuses=(HTTPStatus.CONFLICT,),
        ),
        "reopen": Operation(
            summary="Have an assessment decided once more",
            gives=AssessmentOut,
            scopes=WRITE,
            role=REVIEWER,
            refuses=(HTTPStatus.CONFLICT,),
        ),
        "citations": Operation(
            summary="List the citations of an assessment",
            gives=CitationOut,
            asks=PageQuery,
            sorts={"created_at": "created_at"},
            sort="created_at",
        ),
        "uncite": Operation(
            summary="Take back a citation of an assessment",
            gives=CitationOut,
            status=HTTPStatus.NO_CONTENT,
            scopes=WRITE,
            role=REVIEWER,
        ),
        "cite": Operation(
            summary="Cite a page for an assessment",
            takes=CitationIn,
            gives=CitationOut,
            status=HTTPStatus.CREATED,
            known_is_given=True,
            scopes=WRITE,
            role=CONTRIBUTOR,
        ),
    }

    def get_queryset(self) -> QuerySet[Any]:
        return with_assessors(self.visible_assessments())

    def list(self, request: Request) -> Response:
        """Without a token, confirmed ones of what is published."""
        return self.listed(queries.assessments(self.get_queryset(), self.asked))

    def create(self, request: Request) -> Response:
        """
        A reviewer's assessment is confirmed at once, a contributor's is suggested.

        A confirmed contradiction brings a published claim back to the desk.
        """
        fields = self.taken()
        assessment = editing.add_assessment(
            fields.pop("claim"), by=self.caller, at=self.now, **fields
        )
        return self.given(
            with_assessors(Assessment.objects.filter(pk=assessment.pk)).get(),
            at=address("assessment", assessment),
        )

    def retrieve(self, request: Request, pk: str) -> Response:
        return self.given(self.get_object())

    def partial_update(self, request: Request, pk: str) -> Response:
        return self.changed(
            partial(editing.change_assessment, by=self.caller, at=self.now)
        )

    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: str) -> Response:
        """Stand behind what was suggested."""
        return self._decided(editing.confirm)

    @action(detail=True, methods=["post"])
    def reject(self, request: Request, pk: str) -> Response:
        """Set aside what was suggested. It stays on record."""
        return self._decided(editing.reject)

    @action(detail=True, methods=["post"], url_path="take-back")
    def take_back(self, request: Request, pk: str) -> Response:
        """Set aside what was wrongly recorded. It stays on record, with the reason."""
        return self._decided(editing.take_back)

    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: str) -> Response:
        """Suggest again what was set aside."""
        return self._decided(editing.reopen)

    def _decided(self, decide: Callable[..., Any]) -> Response:
        assessment = self.get_object()
        decide(assessment, by=self.caller, at=self.now, **self.taken())
        return self.given(self.get_object())

    @action(detail=True)
    def citations(self, request: Request, pk: str) -> Response:
        return self.listed(with_pages(self.get_object().citations.all()))

    @citations.mapping.post
    def cite(self, request: Request, pk: str) -> Response:
        """The page becomes a source and a worker looks for the words soon."""
        return self.cited(self.get_object())

    @action(detail=True, methods=["delete"], url_path=ONE_CITATION)
    def uncite(self, request: Request, pk: str, citation: str) -> Response:
        """One that was wrongly recorded. What readers have seen stays: 400."""
        cited = get_object_or_404(self.get_object().citations, pk=citation)
        editing.uncite(cited, by=self.caller)
        return Response(status=HTTPStatus.NO_CONTENT)
