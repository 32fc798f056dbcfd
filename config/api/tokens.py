"""Programs sign in with a token."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.db import DEFAULT_DB_ALIAS
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed

from claims.access import keep_role
from claims.models import AccessToken
from claims.models.token import digest
from sources.prepared import ask

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import Model
    from rest_framework.request import Request

# A busy program would write a row at every request otherwise.
LAST_USED_IS_WRITTEN_EVERY = timedelta(minutes=1)
SECRET_MAX_CHARACTERS = 200


class TokenAuthentication(BaseAuthentication):
    """Knows a program by its `Authorization: Bearer fct_…`."""

    def authenticate(self, request: Request) -> tuple[User, AccessToken] | None:
        scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        now = timezone.now()
        token = _known(secret.strip(), now)
        # The same words for every reason: who tries secrets learns nothing.
        if token is None:
            raise AuthenticationFailed(
                _(
                    "This token is not valid: it is misspelled, has expired or was "
                    "revoked, or its account was closed."
                ),
                code="invalid_token",
            )
        _was_used(token, now)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


def _known(secret: str, now: datetime) -> AccessToken | None:
    if not 0 < len(secret) <= SECRET_MAX_CHARACTERS:
        return None
    found = ask(_question(), {"digest": digest(secret), "now": now})
    if not found:
        return None
    ((groups, *values),) = found
    split = len(_columns(AccessToken))
    token: AccessToken = _made(AccessToken, values[:split])
    token.user = _made(User, values[split:])
    keep_role(token.user, groups=groups)
    return token


@cache
def _question() -> str:
    """Return the question whose token this is, and in which groups: at every request."""
    columns = [f"t.{name}" for name in _columns(AccessToken)]
    columns += [f"u.{name}" for name in _columns(User)]
    return (
        "SELECT ARRAY(SELECT g.name::text FROM auth_user_groups m"  # noqa: S608 — of this file alone
        " JOIN auth_group g ON g.id = m.group_id WHERE m.user_id = u.id),"
        f" {', '.join(columns)}"
        " FROM claims_accesstoken t JOIN auth_user u ON u.id = t.user_id"
        " WHERE t.digest = %(digest)s AND t.revoked_at IS NULL AND u.is_active"
        " AND (t.expires_at IS NULL OR t.expires_at > %(now)s)"
    )


def _columns(model: type[Model]) -> list[str]:
    return [str(field.column) for field in model._meta.concrete_fields]


def _made(model: type[Model], values: list[Any]) -> Any:
    names = [field.attname for field in model._meta.concrete_fields]
    return model.from_db(DEFAULT_DB_ALIAS, names, values)


def _was_used(token: AccessToken, now: datetime) -> None:
    stale = now - LAST_USED_IS_WRITTEN_EVERY
    if token.last_used_at is None or token.last_used_at < stale:
        AccessToken.objects.filter(pk=token.pk).update(last_used_at=now)
