"""What one person has put off until later."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from claims.models.claim import Claim


class SnoozeQuerySet(models.QuerySet["Snooze"]):
    def asleep(self, now: datetime) -> Self:
        """
        Snoozes that still hold.

        One ends by itself: when its time comes, when the claim becomes due, and as
        soon as the claim has moved.
        """
        return self.filter(
            Q(claim__due_at=None)
            | Q(claim__due_at__gt=now)
            | Q(claim__due_at__lte=F("set_at")),
            until__gt=now,
            claim__moved_at__lte=F("set_at"),
        )


class Snooze(models.Model):
    """A claim that one person does not want to see for a while; nobody else's affair."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="snoozes")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    set_at = models.DateTimeField()
    until = models.DateTimeField()

    objects = SnoozeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="snooze_one_for_each_person", fields=["claim", "person"]
            ),
            models.CheckConstraint(
                name="snooze_ends_after_it_begins", condition=Q(until__gt=F("set_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} until {self.until:%Y-%m-%d %H:%M}"
