"""What was fetched and waits to be read."""

from __future__ import annotations

from django.db import models
from uuid_utils.compat import uuid7

from sources.models.source import Source


class Capture(models.Model):
    """
    An answer that was fetched under a lease and waits to be read.

    It goes when its check is written. Where its lease has lapsed it is leased anew
    under the same token, and the site is not asked again; one that waited for too long
    is worth nothing, and the source is fetched again.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    source = models.OneToOneField(
        Source, on_delete=models.CASCADE, related_name="capture"
    )
    lease_token = models.UUIDField()
    fetched_at = models.DateTimeField()
    answer = models.JSONField()  # {status, final_url, address, hops, headers, …}
    body_zstd = models.BinaryField()

    class Meta:
        indexes = [models.Index(name="capture_oldest", fields=["fetched_at"])]

    def __str__(self) -> str:
        return f"{self.pk} {self.source_id}"
