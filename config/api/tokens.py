"""Programs sign in with a token."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed

from claims.models import AccessToken

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import User
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
    return AccessToken.objects.valid(now).spelled(secret).select_related("user").first()


def _was_used(token: AccessToken, now: datetime) -> None:
    stale = now - LAST_USED_IS_WRITTEN_EVERY
    if token.last_used_at is None or token.last_used_at < stale:
        AccessToken.objects.filter(pk=token.pk).update(last_used_at=now)
