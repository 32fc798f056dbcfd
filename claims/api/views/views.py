"""The API of saved views of the queue: one's own, and those that colleagues share."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from rest_framework.response import Response

from claims import shelving
from claims.api.shapes.queue import ViewIn, ViewOut
from claims.errors import Overtaken
from claims.models import SavedView
from claims.vocabulary import Scope
from sources.api.asking import PageQuery
from sources.api.resource import Operation, Resource

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from rest_framework.request import Request

READ, WRITE = (Scope.CLAIMS_READ,), (Scope.CLAIMS_WRITE,)
DESK = "contributor"


class ViewViewSet(Resource):
    """Filters of the queue under a name."""

    overtaken = Overtaken
    operations = {
        "list": Operation(
            summary="List views of the queue",
            gives=ViewOut,
            asks=PageQuery,
            scopes=READ,
            role=DESK,
            sorts={"created_at": "created_at"},
            sort="-created_at",
        ),
        "create": Operation(
            summary="Keep a view of the queue",
            takes=ViewIn,
            gives=ViewOut,
            status=HTTPStatus.CREATED,
            scopes=WRITE,
            role=DESK,
        ),
        "retrieve": Operation(
            summary="Read a view of the queue", gives=ViewOut, scopes=READ, role=DESK
        ),
        "partial_update": Operation(
            summary="Change a view of the queue",
            takes=ViewIn,
            gives=ViewOut,
            scopes=WRITE,
            role=DESK,
        ),
        "destroy": Operation(
            summary="Remove a view of the queue",
            gives=ViewOut,
            status=HTTPStatus.NO_CONTENT,
            scopes=WRITE,
            role=DESK,
        ),
    }

    def get_queryset(self) -> QuerySet[Any]:
        return SavedView.objects.open_to(self.caller).select_related("owner")

    def list(self, request: Request) -> Response:
        """Your own, and those that colleagues share."""
        return self.listed(self.get_queryset())

    def create(self, request: Request) -> Response:
        """To share it takes a reviewer."""
        fields = {"shared": False, **self.taken()}
        view = shelving.save(by=self.caller, at=self.now, **fields)
        return self.given(view)

    def retrieve(self, request: Request, pk: str) -> Response:
        return self.given(self.get_object())

    def partial_update(self, request: Request, pk: str) -> Response:
        """Only your own."""
        return self.changed(self._change)

    def destroy(self, request: Request, pk: str) -> Response:
        """Only your own. The claims in it stay where they are."""
        shelving.remove(self.get_object(), by=self.caller)
        return Response(status=HTTPStatus.NO_CONTENT)

    def _change(self, view: SavedView, **fields: Any) -> SavedView:
        return shelving.change(view, by=self.caller, **fields)
