"""What programs were answered, for those that ask the same thing once more."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import connection, models
from django.db.models import Q
from uuid_utils.compat import uuid7

from claims.models.token import AccessToken

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import User

KEPT_FOR = timedelta(hours=24)
KEY_MAX_CHARACTERS = 255
_LOCKS = 7_042_026  # the seed of their names, so that no other kind has the same


class KeptAnswerQuerySet(models.QuerySet["KeptAnswer"]):
    def standing(self, now: datetime) -> Self:
        """Answers that are given again."""
        return self.filter(at__gt=now - KEPT_FOR)

    def outlived(self, now: datetime) -> Self:
        """Answers that nobody is given any more."""
        return self.filter(at__lte=now - KEPT_FOR)

    def under(self, key: str, *, of: User, token: AccessToken | None) -> Self:
        """What this program, or this person in a session, was answered under a key."""
        return self.filter(user=of, token=token, key=key)


class KeptAnswer(models.Model):
    """
    What a change was answered with, kept in the transaction of that change.

    Who sends the same request under the same key again is given it once more, and
    nothing is done twice. Refusals are not kept: they changed nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    # Who asked, and what
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    token = models.ForeignKey(
        AccessToken,
        on_delete=models.CASCADE,
        related_name="+",
        null=True,  # in a session
        blank=True,
    )
    key = models.CharField(max_length=KEY_MAX_CHARACTERS)
    asked = models.CharField(max_length=64)  # SHA-256 of the request

    # What was answered. `body` is null where it held a secret.
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    body = models.BinaryField(null=True)
    at = models.DateTimeField()

    objects = KeptAnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="answer_one_for_each_key",
                fields=["user", "token", "key"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="answer_of_a_change",
                condition=Q(status__gte=200, status__lt=300),
            ),
        ]
        indexes = [models.Index(name="answer_by_age", fields=["at"])]

    def __str__(self) -> str:
        return f"{self.pk} {self.status}"


def alone_with(key: str, *, of: User, token: AccessToken | None) -> bool:
    """
    Tell whether nobody else is at this key, until the end of the transaction.

    A process that dies lets go of it, with all that it had not committed.
    """
    name = f"{of.pk} {token.pk if token else ''} {key}"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, %s))",
            [name, _LOCKS],
        )
        row = cursor.fetchone()
    return bool(row and row[0])
