"""What programs sign in with."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from claims.vocabulary import Scope
from sources.plain import plain

if TYPE_CHECKING:
    from django.contrib.auth.models import User

TOKEN_PREFIX = "fct_"  # noqa: S105 — the public mark of our tokens


class AccessTokenQuerySet(models.QuerySet["AccessToken"]):
    def valid(self, now: datetime) -> Self:
        """Tokens that open the door: not expired, not revoked, of a living account."""
        return self.filter(revoked_at=None, user__is_active=True).filter(
            Q(expires_at=None) | Q(expires_at__gt=now)
        )

    def spelled(self, secret: str) -> Self:
        """Tokens whose secret is this one."""
        return self.filter(digest=digest(secret))


def digest(secret: str) -> str:
    """Return what is stored of a token: its SHA-256, for 256 random bits need no salt."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


class AccessToken(models.Model):
    """A program's key to the API. The secret is shown once and not kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="access_tokens"
    )
    name = models.CharField(max_length=100, validators=[plain])
    hint = models.CharField(max_length=12, editable=False)  # its first characters
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scopes = ArrayField(models.CharField(max_length=30, choices=Scope))
    created_at = models.DateTimeField(editable=False)
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = AccessTokenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="token_can_do_something", condition=~Q(scopes=[])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.hint}… {self.name}"

    @classmethod
    def issue(
        cls,
        *,
        user: User,
        name: str,
        scopes: list[str],
        now: datetime,
        expires_at: datetime | None = None,
    ) -> tuple[AccessToken, str]:
        """Make a token. Returns the row and its secret, which is never seen again."""
        secret = TOKEN_PREFIX + secrets.token_urlsafe(32)
        token = cls.objects.create(
            user=user,
            name=name,
            hint=secret[:10],
            digest=digest(secret),
            scopes=scopes,
            created_at=now,
            expires_at=expires_at,
        )
        return token, secret
