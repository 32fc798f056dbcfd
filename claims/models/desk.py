"""What the desk keeps while people work: who has a claim open, and their drafts."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from uuid_utils.compat import uuid7

from claims.models.claim import Claim

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class LeaseQuerySet(models.QuerySet["Lease"]):
    def live(self, now: datetime) -> Self:
        """Leases whose holder was here a moment ago."""
        return self.filter(until__gt=now)


class Lease(models.Model):
    """Somebody who has a claim open. It informs; the version decides."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="leases")
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    since = models.DateTimeField()
    until = models.DateTimeField()

    objects = LeaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="lease_one_for_each_person", fields=["claim", "holder"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} until {self.until:%H:%M:%S}"


class DraftQuerySet(models.QuerySet["Draft"]):
    def of(self, author: User, claim: Claim | None) -> Self:
        """Drafts of this person on this claim; without one, those of no claim."""
        return self.filter(author=author, claim=claim)


class Draft(models.Model):
    """What somebody has typed into one form of the desk and not submitted yet."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    # Whose it is, and where it was typed
    claim = models.ForeignKey(
        Claim,
        on_delete=models.CASCADE,
        related_name="drafts",
        null=True,  # a form that is about no claim
        blank=True,
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    form = models.CharField(max_length=60)
    page = models.CharField(max_length=40, blank=True)  # of the browser that wrote last

    # What was typed. `earlier` is what another page wrote and this one replaced.
    fields = models.JSONField(default=dict)  # form field name → what was typed
    earlier = models.JSONField(default=dict)
    edition = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="draft_one_for_each_form",
                fields=["author", "claim", "form"],
                nulls_distinct=False,
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
