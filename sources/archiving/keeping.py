"""What a check saw, kept under the hash of its body."""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime
from typing import Any

from sources import packing
from sources.errors import BodyDamaged
from sources.models import Snapshot, Source
from sources.net import Fetched
from sources.readable import Page, text_digest

logger = logging.getLogger(__name__)


def digest(body: bytes) -> str:
    """Return the name under which a body is kept."""
    return hashlib.sha256(body).hexdigest()


def keep(
    source: Source,
    *,
    fetched: Fetched,
    page: Page,
    now: datetime,
    memento_url: str = "",
    made_at: datetime | None = None,
) -> Snapshot:
    """
    Return the snapshot of this body, new if the source never had it.

    `memento_url` names the archive's copy that the body was read from, `made_at` the
    moment at which the archive fetched it from the page.
    """
    sha256 = digest(fetched.body)
    if known := source.snapshots.filter(sha256=sha256).first():
        return known
    snapshot, _ = Snapshot.objects.get_or_create(
        source=source,
        sha256=sha256,
        defaults={
            "fetched_at": made_at or now,
            "final_url": fetched.final_url,
            "media_type": page.media_type[:100],
            "charset": page.charset[:40],
            "memento_url": memento_url,
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
                "answer": _answer(fetched),
                "copied_at": now.isoformat() if memento_url else None,
            },
            **_packed(source, fetched.body),
        },
    )
    return snapshot


def _answer(fetched: Fetched) -> dict[str, Any]:
    """Return how the page was answered; what the site wanted us to remember is left."""
    headers = {k: v for k, v in fetched.headers.items() if k != "set-cookie"}
    return {"status": fetched.status, "address": fetched.address, "headers": headers}


def _packed(source: Source, body: bytes) -> dict[str, Any]:
    """Return the body made small, against an earlier version where that pays."""
    earlier = _newest_whole(source)
    packed = _packed_against(earlier, body) if earlier is not None else None
    # What comes to less than half of what would pay beside the earlier version pays
    # beside this one too; to pack it whole for a comparison is most of the work.
    surely = bytes(earlier.body_zstd) if earlier is not None else b""
    if packed is not None and packing.pays(packed * 2, surely):
        return {"body_zstd": packed, "dictionary": earlier}
    whole = packing.pack(body)
    if packed is not None and packing.pays(packed, whole):
        return {"body_zstd": packed, "dictionary": earlier}
    return {"body_zstd": whole, "dictionary": None}


def _packed_against(earlier: Snapshot, body: bytes) -> bytes | None:
    try:
        return packing.pack_against(body, earlier.body)
    except BodyDamaged:
        logger.exception("kept body is damaged", extra={"snapshot": earlier.pk})
        return None


def _newest_whole(source: Source) -> Snapshot | None:
    """Return the version that the next one is packed against: one that needs none."""
    whole = source.snapshots.filter(dictionary=None).defer("text", "metadata")
    return whole.order_by("-fetched_at", "-pk").first()
