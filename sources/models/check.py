"""One look at a source by a worker."""

from __future__ import annotations

from typing import Self

import pgtrigger
from django.db import models
from uuid_utils.compat import uuid7

from sources.models.snapshot import Snapshot
from sources.models.source import Source
from sources.saying import Sentence
from sources.vocabulary import Outcome
from sources.wording import Worded, worded


class CheckQuerySet(models.QuerySet["Check"]):
    def that_read_the_page(self) -> Self:
        """Checks that found the page, changed or not."""
        found = (Outcome.UNCHANGED, Outcome.CHANGED, Outcome.MOVED)
        return self.filter(outcome__in=found)

    def that_found_what_was_kept(self) -> Self:
        """Checks that say which version stood there: it was read whole, or a 304."""
        heard = models.Q(http_status=304, outcome=Outcome.UNCHANGED)
        return self.filter(heard | models.Q(snapshot__isnull=False))

    def oldest_first(self) -> Self:
        return self.order_by("started_at", "pk")

    def newest_first(self) -> Self:
        return self.order_by("-started_at", "-pk")


class Check(models.Model):
    """One look at a source by a worker; append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    source = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        related_name="checks",
        db_index=False,  # `check_newest` begins with it
    )
    lease_token = models.UUIDField()

    # What happened
    started_at = models.DateTimeField()
    duration_ms = models.PositiveIntegerField()
    outcome = models.CharField(max_length=20, choices=Outcome)
    http_status = models.PositiveSmallIntegerField(null=True, blank=True)
    hops = models.JSONField(default=list, blank=True)  # [{url, status, address}]
    bytes = models.PositiveIntegerField(default=0)  # on the wire
    snapshot = models.ForeignKey(
        Snapshot,
        on_delete=models.PROTECT,
        related_name="checks",
        null=True,
        blank=True,
        db_index=False,  # `check_of_snapshot` holds the few that kept one
    )
    # One sentence for people as it is written in the code, with named places, and the
    # facts that belong there; older ones have them inside.
    detail = models.CharField(max_length=500, blank=True)
    facts = models.JSONField(
        default=dict, blank=True, db_default=models.Value({}, models.JSONField())
    )

    objects = CheckQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="check_once_for_each_lease", fields=["source", "lease_token"]
            ),
            models.CheckConstraint(
                name="check_outcome_is_known",
                condition=models.Q(outcome__in=Outcome.values),
            ),
        ]
        indexes = [
            models.Index(name="check_newest", fields=["source", "-started_at"]),
            models.Index(
                name="check_of_snapshot",
                fields=["snapshot"],
                condition=models.Q(snapshot__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="append_only", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.outcome}"

    @property
    def said(self) -> Worded:
        """The sentence in the language of whoever reads it now."""
        return worded(Sentence(self.detail, self.facts))
