"""What a check saw."""

from __future__ import annotations

import pgtrigger
import zstandard
from django.db import models
from uuid_utils.compat import uuid7

from sources.models.source import Source


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
    body_zstd = models.BinaryField()
    body_bytes = models.PositiveIntegerField()  # before compression

    # What a reader sees
    text = models.TextField(blank=True)
    text_sha256 = models.CharField(max_length=64, blank=True)
    title = models.CharField(max_length=500, blank=True)
    metadata = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="snapshot_once_for_each_body", fields=["source", "sha256"]
            ),
        ]
        indexes = [
            models.Index(name="snapshot_newest", fields=["source", "-fetched_at"]),
        ]
        triggers = [
            pgtrigger.Protect(
                name="append_only", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.sha256[:12]}"

    @property
    def body(self) -> bytes:
        """The page as it came, decompressed."""
        return zstandard.decompress(bytes(self.body_zstd))
