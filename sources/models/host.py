"""A site as a whole, what it says to automatic visitors, and what it shows for nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from sources.saying import Sentence
from sources.vocabulary import RobotsStanding
from sources.wording import Worded, worded


class HostQuerySet(models.QuerySet["Host"]):
    def paused(self, now: datetime) -> Self:
        """Hosts that are left alone at this moment."""
        return self.filter(paused_until__gt=now)


class Host(models.Model):
    """A site as a whole: how fast it answers, and when it wants to be left alone."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=255, unique=True)

    # How it answers
    latency_ms = models.PositiveIntegerField(null=True, blank=True)  # the last time
    answered_at = models.DateTimeField(null=True, blank=True)

    # When it wants to be left alone
    paused_until = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    # For people: a sentence as it is written in the code, and the facts that belong there
    pause_reason = models.CharField(max_length=300, blank=True)
    pause_facts = models.JSONField(
        default=dict, blank=True, db_default=models.Value({}, models.JSONField())
    )

    objects = HostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="host_pause_is_whole_or_empty",
                condition=Q(paused_until=None, paused_at=None, pause_reason="")
                | (
                    Q(paused_until__isnull=False, paused_at__isnull=False)
                    & ~Q(pause_reason="")
                ),
            ),
        ]
        indexes = [
            models.Index(
                name="host_paused",
                fields=["paused_until"],
                condition=Q(paused_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.name}"

    @property
    def pause_said(self) -> Worded:
        """Why it is left alone, in the language of whoever reads it now."""
        return worded(Sentence(self.pause_reason, self.pause_facts))


class Robots(models.Model):
    """What one origin says to automatic visitors (RFC 9309), kept for a day."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    origin = models.CharField(max_length=300, unique=True)  # "https://example.org:8443"
    standing = models.CharField(max_length=20, choices=RobotsStanding)
    http_status = models.PositiveSmallIntegerField(null=True, blank=True)
    standing_since = models.DateTimeField()
    text = models.TextField(blank=True)  # at most 500 KiB of it
    fetched_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "robots"
        constraints = [
            models.CheckConstraint(
                name="robots_standing_is_known",
                condition=Q(standing__in=RobotsStanding.values),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.origin}"


class LostPage(models.Model):
    """What a site shows in one of its folders for a page that never was there."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    origin = models.CharField(max_length=300)
    folder = models.CharField(max_length=500)  # "/politics/"
    seen_at = models.DateTimeField()
    http_status = models.PositiveSmallIntegerField(null=True, blank=True)
    final_url = models.CharField(max_length=2_048, blank=True)
    title = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="lost_page_once_for_each_folder", fields=["origin", "folder"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.origin}{self.folder}"
