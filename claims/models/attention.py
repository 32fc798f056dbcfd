"""Whether a second verdict was a reading: how long somebody looked, and a third look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from uuid_utils.compat import uuid7

from claims.models.review import Review
from claims.models.triggers import AUDIT_IS_A_THIRD_PERSONS, AUDIT_STANDS
from claims.vocabulary import Verdict
from sources.plain import plain

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class Opening(models.Model):
    """When a person opened a review that waits for a second verdict."""

    review = models.ForeignKey(
        Review, on_delete=models.CASCADE, related_name="openings"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="opening_one_for_each_person", fields=["review", "person"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.opened_at:%H:%M:%S}"


class AuditQuerySet(models.QuerySet["Audit"]):
    def of_published(self) -> Self:
        """Audits of reviews that readers have seen; one that was undone is none."""
        return self.filter(review__published_at__lte=Now())

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def read(self) -> Self:
        """Audits that an editor has done."""
        return self.exclude(read_at=None)

    def open_to(self, person: User) -> Self:
        """Audits that this person can do: of what others judged."""
        history = apps.get_model("claims", "ReviewEvent")._default_manager
        judged = history.filter(pgh_obj=OuterRef("review")).filter(
            Q(written_by=person) | Q(second_reviewer=person) | Q(arbiter=person)
        )
        return self.exclude(Exists(judged))

    def oldest_first(self) -> Self:
        return self.order_by("drawn_at", "pk")


class Audit(models.Model):
    """A review on which two people agreed, drawn by lot to be read by a third."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    review = models.OneToOneField(
        Review, on_delete=models.PROTECT, related_name="audit"
    )
    drawn_at = models.DateTimeField()

    # What the third person found, without being shown the verdict
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    verdict = models.CharField(max_length=20, choices=Verdict, blank=True)
    note = models.CharField(max_length=2_000, blank=True, validators=[plain])
    read_at = models.DateTimeField(null=True, blank=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="audit_is_whole_or_empty",
                condition=Q(read_by=None, verdict="", note="", read_at=None)
                | (
                    Q(read_by__isnull=False, read_at__isnull=False)
                    & Q(verdict__in=Verdict.values)
                ),
            ),
        ]
        indexes = [models.Index(name="audit_waits", fields=["read_at", "drawn_at"])]
        triggers = [AUDIT_IS_A_THIRD_PERSONS, AUDIT_STANDS]

    def __str__(self) -> str:
        return f"{self.pk} of {self.review_id}"
