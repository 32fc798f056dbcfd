"""What readers are told of a published claim, printed once and sent often."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from claims.models.claim import Claim

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID


class DocumentQuerySet(models.QuerySet["Document"]):
    def of(self, claims: Iterable[UUID]) -> Self:
        """Documents of these claims."""
        return self.filter(claim__in=list(claims))

    def public(self) -> Self:
        """Documents of claims that readers may see."""
        return self.filter(public_since__lte=Now())

    def stale(self) -> Self:
        """Documents that would say something else if they were printed now."""
        return self.filter(~Q(edition=F("printed")) | Q(changes_at__lte=Now()))


class Document(models.Model):
    """
    A claim as readers are shown it by the API: the bytes that are sent.

    The row comes with the first publication, by a trigger and unprinted. Whatever it
    shows counts up `edition` in the same transaction; it is printed when it is read,
    or by a worker before that. What was printed of an older edition is never sent.
    """

    claim = models.OneToOneField(Claim, on_delete=models.CASCADE, primary_key=True)

    # Where it stands in lists, and since when readers find it there
    created_at = models.DateTimeField(editable=False)
    public_since = models.DateTimeField(null=True, editable=False)

    # Whether what was printed still holds
    edition = models.PositiveIntegerField(default=1, editable=False)
    printed = models.PositiveIntegerField(default=0, editable=False)  # of that edition
    changes_at = models.DateTimeField(null=True, editable=False)  # by the clock alone
    by_press = models.CharField(max_length=32, editable=False)

    # What is sent
    etag = models.CharField(max_length=100, editable=False)
    body = models.BinaryField(editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="document_is_printed_whole",
                condition=Q(printed=0, by_press="", etag="", body=b"")
                | Q(printed__gt=0) & ~Q(by_press="") & ~Q(etag="") & ~Q(body=b""),
            ),
        ]
        indexes = [
            models.Index(
                name="document_newest",
                fields=["-created_at", "-claim"],
                condition=Q(public_since__isnull=False),
            ),
            models.Index(
                name="document_stale",
                fields=["claim"],
                condition=~Q(edition=F("printed")),
            ),
            models.Index(
                name="document_by_clock",
                fields=["changes_at"],
                condition=Q(changes_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} edition {self.edition}"
