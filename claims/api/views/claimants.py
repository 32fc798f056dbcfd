"""The API of those who say things."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from rest_framework.decorators import action

from claims import editing
from claims.api.shapes.claimants import ClaimantIn, ClaimantOut
from claims.api.shapes.claims import ClaimOut
from claims.api.views import queries
from claims.api.views.rows import ClaimResource, address
from claims.vocabulary import Scope
from sources.api.resource import Operation

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from rest_framework.request import Request
    from rest_framework.response import Response

WRITE = (Scope.CLAIMS_WRITE,)
DESK = "contributor"


class ClaimantViewSet(ClaimResource):
    """Persons, organisations, governments, militaries, media and groups."""

    operations = {
        "list": Operation(
            summary="List claimants",
            gives=ClaimantOut,
            asks=queries.ClaimantQuery,
            sorts={"name": "name", "created_at": "created_at"},
            sort="name",
        ),
        "create": Operation(
            summary="Record a claimant",
            takes=ClaimantIn,
            gives=ClaimantOut,
            status=HTTPStatus.CREATED,
            scopes=WRITE,
            role=DESK,
            refuses=(HTTPStatus.CONFLICT,),
        ),
        "retrieve": Operation(summary="Read a claimant", gives=ClaimantOut),
        "partial_update": Operation(
            summary="Change a claimant",
            takes=ClaimantIn,
            gives=ClaimantOut,
            scopes=WRITE,
            role=DESK,
            refuses=(HTTPStatus.CONFLICT,),
        ),
        "claims_of": Operation(
            summary="List the claims of a claimant",
            gives=ClaimOut,
            asks=queries.ClaimQuery,
            sorts={"created_at": "created_at", "updated_at": "updated_at"},
            sort="-created_at",
        ),
    }

    def get_queryset(self) -> QuerySet[Any]:
        return self.visible_claimants().select_related("affiliation")

    def list(self, request: Request) -> Response:
        """Without a token, those who are heard in what is published."""
        return self.listed(queries.claimants(self.get_queryset(), self.asked))

    def create(self, request: Request) -> Response:
        fields = self.taken()
        claimant = editing.create_claimant(by=self.caller, at=self.now, **fields)
        return self.given(claimant, at=address("claimant", claimant))

    def retrieve(self, request: Request, pk: str) -> Response:
        return self.given(self.get_object())

    def partial_update(self, request: Request, pk: str) -> Response:
        return self.changed(partial(editing.change_claimant, by=self.caller))

    @action(detail=True, url_path="claims", url_name="claims")
    def claims_of(self, request: Request, pk: str) -> Response:
        """Everything they said."""
        claims = super().get_queryset().filter(claimant=self.get_object())
        return self.listed(queries.claims(claims, self.asked, desk=self.desk))
