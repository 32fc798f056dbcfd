"""Keys for programs: issued once, revoked at any time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from claims.models import AccessToken
from claims.vocabulary import Scope
from sources.plain import plain

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.contrib.auth.models import User


def issue(
    *,
    to: User,
    name: str,
    scopes: Sequence[str],
    at: datetime,
    expires_at: datetime | None = None,
) -> tuple[AccessToken, str]:
    """
    Make a token. Returns the row and its secret, which is never seen again.

    Raises ValidationError for a name, a scope or an end that cannot be.
    """
    plain(name)
    if not name.strip():
        raise ValidationError(
            {"name": _("Give the token a name, to know it by later.")}
        )
    known = [scope for scope in Scope.values if scope in scopes]
    if len(known) != len(set(scopes)) or not known:
        raise ValidationError(
            {
                "scopes": _("Choose from %(scopes)s.")
                % {"scopes": ", ".join(Scope.values)}
            }
        )
    if expires_at is not None and expires_at <= at:
        raise ValidationError({"expires_at": _("A token has to end in the future.")})
    return AccessToken.issue(
        user=to, name=name.strip(), scopes=known, now=at, expires_at=expires_at
    )


def revoke(token: AccessToken, *, at: datetime) -> None:
    """Shut the door that this token opens; twice is once."""
    AccessToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=at)
