"""What the desk keeps while people work: who has a claim open, and their drafts."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from uuid_utils.compat import uuid7

from claims.models.claim import Claim


class LeaseQuerySet(models.QuerySet["Lease"]):
    def live(self, now: datetime) -> Self:
        """Leases whose holder was here a moment ago."""
        return self.filter(until__gt=now)


class Lease(models.Model):
    """Who has a claim open. It informs; the version decides."""

    claim = models.OneToOneField(
        Claim, on_delete=models.CASCADE, related_name="lease", primary_key=True
    )
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    until = models.DateTimeField()

    objects = LeaseQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.pk} until {self.until:%H:%M:%S}"


class Draft(models.Model):
    """What a reviewer has typed on a claim and not submitted yet."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="drafts")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    fields = models.JSONField(default=dict)  # form field name → what was typed
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="draft_one_for_each_reviewer", fields=["claim", "author"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.saved_at:%H:%M:%S}"


class KeyChoice(models.Model):
    """The keys of one person at the desk, where they are not the desk's own."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        primary_key=True,
    )
    are_on = models.BooleanField(default=True)
    keys = models.JSONField(default=dict)  # name of a key → the character, or nothing

    def __str__(self) -> str:
        return f"{self.pk} {'on' if self.are_on else 'off'}"
