"""What a check saw, kept under the hash of its body."""

from __future__ import annotations

import hashlib
from datetime import datetime

import zstandard

from sources.models import Snapshot, Source
from sources.net import Fetched
from sources.readable import Page, text_digest

_LEVEL = 9  # a page of 200 kB takes 8 ms and comes to a fifth (2026-11)


def digest(body: bytes) -> str:
    """Return the name under which a body is kept."""
    return hashlib.sha256(body).hexdigest()


def keep(source: Source, *, fetched: Fetched, page: Page, now: datetime) -> Snapshot:
    """Return the snapshot of this body, new if the source never had it."""
    snapshot, _ = Snapshot.objects.get_or_create(
        source=source,
        sha256=digest(fetched.body),
        defaults={
            "fetched_at": now,
            "final_url": fetched.final_url,
            "media_type": page.media_type[:100],
            "charset": page.charset[:40],
            "body_zstd": zstandard.compress(fetched.body, level=_LEVEL),
            "body_bytes": len(fetched.body),
            "text": page.text,
            "text_sha256": text_digest(page.text),
            "title": page.title,
            "metadata": {
                "author": page.author,
                "publisher": page.publisher,
                "published_at": page.published_at and page.published_at.isoformat(),
                "language": page.language,
                "canonical_url": page.canonical_url,
                "article": list(page.article),
            },
        },
    )
    return snapshot
