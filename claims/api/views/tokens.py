"""The API of tokens: a person's own."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from claims import tokens
from claims.api.shapes.tokens import NewTokenOut, TokenIn, TokenOut
from claims.errors import Overtaken
from claims.models import AccessToken
from sources.api.asking import PageQuery
from sources.api.resource import Operation, Resource

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from rest_framework.request import Request

ANYBODY_SIGNED_IN = "reader"


class TokenViewSet(Resource):
    """Keys for programs."""

    overtaken = Overtaken
    operations = {
        "list": Operation(
            summary="List your tokens",
            gives=TokenOut,
            asks=PageQuery,
            role=ANYBODY_SIGNED_IN,
            sorts={"created_at": "created_at"},
            sort="-created_at",
        ),
        "create": Operation(
            summary="Make a token",
            takes=TokenIn,
            gives=NewTokenOut,
            status=HTTPStatus.CREATED,
            role=ANYBODY_SIGNED_IN,
            secret=True,
        ),
        "retrieve": Operation(
            summary="Read a token", gives=TokenOut, role=ANYBODY_SIGNED_IN
        ),
        "destroy": Operation(
            summary="Revoke a token",
            gives=TokenOut,
            status=HTTPStatus.NO_CONTENT,
            role=ANYBODY_SIGNED_IN,
        ),
    }

    def get_queryset(self) -> QuerySet[Any]:
        own = AccessToken.objects.filter(user=self.caller)
        # A token that leaked must not tell of the others, nor shut them out.
        held = self.request.auth
        return own.filter(pk=held.pk) if isinstance(held, AccessToken) else own

    def list(self, request: Request) -> Response:
        """A session sees all of them, a token itself."""
        return self.listed(self.get_queryset())

    def create(self, request: Request) -> Response:
        """Takes a session: a token cannot make others. The secret is shown once."""
        if request.auth is not None:
            raise PermissionDenied(
                "Sign in with a session: a token cannot make others.",
                code="session_required",
            )
        token, secret = tokens.issue(to=self.caller, at=self.now, **self.taken())
        token.secret = secret  # type: ignore[attr-defined]  # shown once, not kept
        return self.given(token)

    def retrieve(self, request: Request, pk: str) -> Response:
        return self.given(self.get_object())

    def destroy(self, request: Request, pk: str) -> Response:
        """From now on it opens nothing. It stays on your list."""
        tokens.revoke(self.get_object(), at=self.now)
        return Response(status=HTTPStatus.NO_CONTENT)
