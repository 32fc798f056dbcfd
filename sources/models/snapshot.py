"""What a check saw."""

from __future__ import annotations

import hashlib
from typing import Self

import pgtrigger
from django.db import models
from django.db.models.functions import Coalesce
from uuid_utils.compat import uuid7

from sources import packing
from sources.errors import BodyDamaged
from sources.models.source import Source
from sources.saying import gettext_noop as _


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    def seen_on_the_page(self) -> Self:
        """Snapshots that a look saw, rather than an archive's copies."""
        looked_at = models.Max("checks__started_at")
        return self.annotate(looked_at=looked_at).filter(
            models.Q(memento_url="") | models.Q(looked_at__isnull=False)
        )

    def last_seen_first(self) -> Self:
        """
        Snapshots by when a look saw them last.

        That is not when they were kept: a page that is changed back shows again what
        was kept of it before.
        """
        looked_at = models.Max("checks__started_at")
        return self.annotate(
            last_seen_at=Coalesce(looked_at, models.F("fetched_at"))
        ).order_by("-last_seen_at", "-fetched_at", "-pk")


class Snapshot(models.Model):
    """What a check saw, kept under the hash of its body; append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="snapshots"
    )

    # What was seen
    sha256 = models.CharField(max_length=64)
    fetched_at = models.DateTimeField()
    final_url = models.CharField(max_length=2_048)
    media_type = models.CharField(max_length=100, blank=True)
    charset = models.CharField(max_length=40, blank=True)
    memento_url = models.CharField(max_length=2_048, blank=True)  # of an archive's copy
    body_zstd = models.BinaryField()
    # The earlier version whose body this one is packed against; that one is whole
    dictionary = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="packed_against",
        null=True,
        blank=True,
    )
    body_bytes = models.PositiveIntegerField()  # before compression

    # What a reader sees
    text = models.TextField(blank=True)
    text_sha256 = models.CharField(max_length=64, blank=True)
    title = models.CharField(max_length=500, blank=True)
    metadata = models.JSONField(default=dict, blank=True)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="snapshot_once_for_each_body", fields=["source", "sha256"]
            ),
            models.CheckConstraint(
                name="snapshot_is_not_its_own_dictionary",
                condition=models.Q(dictionary=None)
                | ~models.Q(dictionary=models.F("pk")),
            ),
        ]
        indexes = [
            models.Index(name="snapshot_newest", fields=["source", "-fetched_at"]),
        ]
        triggers = [
            pgtrigger.Protect(
                name="append_only", operation=pgtrigger.Update | pgtrigger.Delete
            ),
            # One step to whatever is needed to read a body, and never another page's.
            pgtrigger.Trigger(
                name="snapshot_dictionary_is_whole",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__dictionary__isnull=False),
                func="""
                IF NEW.dictionary_id <> NEW.id AND NOT EXISTS (
                    SELECT FROM sources_snapshot s
                    WHERE s.id = NEW.dictionary_id AND s.source_id = NEW.source_id
                    AND s.dictionary_id IS NULL
                ) THEN
                    RAISE EXCEPTION USING ERRCODE = 'check_violation',
                    CONSTRAINT = 'snapshot_dictionary_is_whole',
                    MESSAGE = 'snapshot_dictionary_is_whole: packed against no whole body of its own page';
                END IF;
                RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.sha256[:12]}"

    @property
    def body(self) -> bytes:
        """
        The page as it came, decompressed; asks the database for its dictionary.

        Raises BodyDamaged where the bytes are not those that were kept.
        """
        body = packing.unpack(
            bytes(self.body_zstd),
            size=self.body_bytes,
            earlier=self.dictionary.body if self.dictionary else None,
        )
        if hashlib.sha256(body).hexdigest() != self.sha256:
            raise BodyDamaged(_("The kept copy is not the body it was named after."))
        return body
