"""Answers kept between the worker that fetches and the one that reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import zstandard
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest

from sources.errors import Hop
from sources.leasing import Lease
from sources.models import Capture, Source
from sources.net import Fetched

_LEVEL = 1  # it is read within seconds and thrown away


@dataclass(frozen=True, slots=True, kw_only=True)
class Caught:
    """An answer that has to be read."""

    source_id: UUID
    token: UUID
    started_at: datetime
    fetched: Fetched


@transaction.atomic
def keep(caught: Iterable[Caught], *, now: datetime, lasts: timedelta) -> list[Lease]:
    """
    Keep answers until somebody has read them; return the leases under which to.

    The leases begin anew, and the attempt to fetch is over. What is no longer leased
    under its token is not kept.
    """
    by_token: dict[UUID, dict[UUID, Caught]] = {}
    for each in caught:
        by_token.setdefault(each.token, {})[each.source_id] = each
    leases = []
    for token, all_of_it in by_token.items():
        held = Source.objects.filter(pk__in=all_of_it, lease_token=token)
        ids = tuple(
            held.select_for_update().order_by("pk").values_list("pk", flat=True)
        )
        held.update(lease_until=now + lasts, attempts=Greatest(F("attempts") - 1, 0))
        Capture.objects.bulk_create(
            [_row(all_of_it[pk], now=now) for pk in ids],
            update_conflicts=True,
            unique_fields=["source"],
            update_fields=["lease_token", "fetched_at", "answer", "body_zstd"],
        )
        if ids:
            leases.append(Lease(token=token, source_ids=ids, fetched=True))
    return leases


def opened(capture: Capture) -> Caught:
    """Return the answer that was kept."""
    answer: dict[str, Any] = capture.answer  # as `_row` wrote it
    return Caught(
        source_id=capture.source_id,
        token=capture.lease_token,
        started_at=datetime.fromisoformat(answer["started_at"]),
        fetched=Fetched(
            status=answer["status"],
            final_url=answer["final_url"],
            address=answer["address"],
            hops=tuple(Hop(**hop) for hop in answer["hops"]),
            headers=answer["headers"],
            body=zstandard.decompress(bytes(capture.body_zstd)),
            duration_ms=answer["duration_ms"],
            wire_bytes=answer["wire_bytes"],
            truncated=answer["truncated"],
        ),
    )


def _row(caught: Caught, *, now: datetime) -> Capture:
    fetched = caught.fetched
    return Capture(
        source_id=caught.source_id,
        lease_token=caught.token,
        fetched_at=now,
        answer={
            "started_at": caught.started_at.isoformat(),
            "status": fetched.status,
            "final_url": fetched.final_url,
            "address": fetched.address,
            "hops": [
                {"url": hop.url, "status": hop.status, "address": hop.address}
                for hop in fetched.hops
            ],
            "headers": dict(fetched.headers),
            "duration_ms": fetched.duration_ms,
            "wire_bytes": fetched.wire_bytes,
            "truncated": fetched.truncated,
        },
        body_zstd=zstandard.compress(fetched.body, level=_LEVEL),
    )
