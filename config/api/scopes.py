"""Who may call an operation: the scopes of a token, the role of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from rest_framework.exceptions import NotAuthenticated, NotFound, PermissionDenied
from rest_framework.permissions import SAFE_METHODS, BasePermission

from claims.access import Role, role_of
from claims.models import AccessToken

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rest_framework.request import Request
    from rest_framework.views import APIView

    from sources.api.resource import Operation


class ScopedPermission(BasePermission):
    """
    Lets in whom the operation's scopes and role name.

    A session has every scope. A view that says nothing of its operations is shut.
    """

    def has_permission(self, request: Request, view: APIView) -> bool:
        action: str | None = getattr(view, "action", None)
        operations: Mapping[str, Operation] = getattr(view, "operations", {})
        if action is not None and action in operations:
            self._check(request, operations[action], one=bool(view.kwargs))
            return True
        # OPTIONS, and methods that are answered with 405.
        return bool(operations) and action in {None, "metadata"}

    def _check(self, request: Request, operation: Operation, *, one: bool) -> None:
        if not (operation.scopes or operation.role):
            return
        if not request.user.is_authenticated:
            raise NotAuthenticated
        if missing := _missing(request, operation):
            raise PermissionDenied(
                _("This token lacks the scope %(scope)s.") % {"scope": missing},
                code="scope_missing",
            )
        if operation.role and role_of(request.user) < Role[operation.role.upper()]:
            if one and request.method in SAFE_METHODS:
                # What a person may not see is, for them, not there.
                raise NotFound
            raise PermissionDenied(
                _("This takes a person with the role «%(role)s».")
                % {"role": operation.role},
                code="not_yours",
            )


def _missing(request: Request, operation: Operation) -> str:
    token = request.auth
    if not isinstance(token, AccessToken):
        return ""
    return " ".join(scope for scope in operation.scopes if scope not in token.scopes)
