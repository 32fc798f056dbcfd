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
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.sha256[:12]}"

    @property
    def body(self) -> bytes:
        """The page as it came, decompressed."""
        if self.dictionary is None:
            return zstandard.decompress(bytes(self.body_zstd))
        words = zstandard.ZstdCompressionDict(self.dictionary.body)
        return zstandard.ZstdDecompressor(dict_data=words).decompress(
            bytes(self.body_zstd)
        )
