"""Files that are taken in, and what became of each row of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from uuid_utils.compat import uuid7

from claims.models.claim import Claim
from claims.vocabulary import ExchangeFormat, ImportState, RowOutcome
from sources.plain import plain

AT_WORK = (ImportState.CHECKING, ImportState.RUNNING)


class ImportQuerySet(models.QuerySet["Import"]):
    def due(self, now: datetime) -> Self:
        """Imports that a worker has to go on with, and that none is at."""
        free = Q(lease_until=None) | Q(lease_until__lt=now)
        return self.filter(free, state__in=AT_WORK, kept_here=True)

    def of_file(self, digest: str) -> Self:
        """Imports of this very file."""
        return self.filter(digest=digest)

    def unfinished(self) -> Self:
        """Imports that were begun and not brought to an end."""
        return self.filter(state=ImportState.RUNNING)

    def newest_first(self) -> Self:
        return self.order_by("-added_at", "-pk")


class Import(models.Model):
    """One file that is taken in, and how far that has come."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    # What it is
    name = models.CharField(max_length=200, validators=[plain])
    format = models.CharField(max_length=10, choices=ExchangeFormat)
    encoding = models.CharField(max_length=20, blank=True)
    digest = models.CharField(max_length=64, editable=False)  # SHA-256
    bytes = models.PositiveBigIntegerField(editable=False)
    kept_here = models.BooleanField(default=False)  # its body, in parts

    # On what terms
    unnamed = models.CharField(max_length=200, blank=True, validators=[plain])
    language = models.CharField(max_length=35, default="en", validators=[plain])
    whole = models.BooleanField(default=False)  # all of its rows, or none
    starts = models.BooleanField(default=False)  # by itself, once it is checked

    # How far it has come: rows read in this round, and what became of them
    state = models.CharField(
        max_length=20, choices=ImportState, default=ImportState.CHECKING
    )
    place = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    new = models.PositiveIntegerField(default=0)
    joined = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    passed = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    preview = models.JSONField(default=list)  # the first rows, as they are read
    unread = models.JSONField(default=list)  # columns that nobody reads
    problem = models.JSONField(null=True)  # why it was refused, or stopped

    # Who brought it, who has it
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
    )
    added_at = models.DateTimeField(editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = ImportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="import_state_is_known", condition=Q(state__in=ImportState.values)
            ),
            models.CheckConstraint(
                name="import_format_is_known",
                condition=Q(format__in=ExchangeFormat.values),
            ),
            models.CheckConstraint(
                name="import_rows_are_counted",
                condition=Q(
                    place=F("new")
                    + F("joined")
                    + F("known")
                    + F("passed")
                    + F("refused")
                ),
            ),
            models.CheckConstraint(
                name="import_ends_when_it_is_over",
                condition=Q(finished_at=None)
                | Q(
                    state__in=[
                        ImportState.DONE,
                        ImportState.REFUSED,
                        ImportState.STOPPED,
                    ]
                ),
            ),
        ]
        indexes = [
            models.Index(name="import_newest", fields=["-added_at", "-id"]),
            models.Index(
                name="import_at_work",
                fields=["added_at"],
                condition=Q(state__in=AT_WORK),
            ),
            models.Index(name="import_of_file", fields=["digest"]),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("desk:import", args=[self.pk])

    @property
    def counts(self) -> dict[str, int]:
        """How many rows came to what."""
        return {outcome: getattr(self, outcome) for outcome in RowOutcome.values}

    @property
    def is_at_work(self) -> bool:
        """Whether a worker is at it, or will be."""
        return self.state in AT_WORK

    @property
    def percent(self) -> int | None:
        """How much of it was read in this round; none where nobody knows of how much."""
        return None if not self.total else min(100, 100 * self.place // self.total)


class ImportPart(models.Model):
    """A part of the body of a file, for the workers, until it is over."""

    file = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    body = models.BinaryField()  # zstd

    objects = models.Manager["ImportPart"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="import_part_has_its_place", fields=["file", "number"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk} part {self.number}"


class ImportRowQuerySet(models.QuerySet["ImportRow"]):
    def telling(self) -> Self:
        """Rows that there is something to say about."""
        return self.filter(outcome=RowOutcome.REFUSED)

    def in_order(self) -> Self:
        return self.order_by("number")


class ImportRow(models.Model):
    """What became of one row of a file, written in the transaction of what it made."""

    file = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=RowOutcome)
    claim = models.ForeignKey(
        Claim, on_delete=models.SET_NULL, related_name="imported_by", null=True
    )
    excerpt = models.CharField(max_length=200, blank=True)
    faults: Any = models.JSONField(default=list)

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="import_row_is_done_once", fields=["file", "number"]
            ),
            models.CheckConstraint(
                name="import_row_outcome_is_known",
                condition=Q(outcome__in=RowOutcome.values),
            ),
        ]
        indexes = [
            models.Index(
                name="import_row_refused",
                fields=["file", "number"],
                condition=Q(outcome=RowOutcome.REFUSED),
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk} row {self.number}: {self.outcome}"
