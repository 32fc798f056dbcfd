"""
Who looks at which source, and until when.

The rows are the only truth: a message to a worker may be lost, doubled or late. A
lease that nobody ends lapses, and the source is due again.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F
from django.db.models.functions import Greatest
from uuid_utils.compat import uuid7

from sources.models import Source

logger = logging.getLogger(__name__)

_LOOKED_THROUGH = 20  # due rows for each place in a batch, to find other hosts


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """Some sources, given to one worker under one token."""

    token: UUID
    source_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How leases are given."""

    batch: int  # sources in one lease at most
    per_host: int  # sources of one host leased at one time
    lasts: timedelta
    max_attempts: int  # begun and never ended, before a source is parked


@transaction.atomic
def lease_due(*, now: datetime, terms: Terms) -> list[Lease]:
    """
    Lease sources that are due, the most urgent first, a few of each host.

    A source whose worker broke before is leased alone, so that it breaks nobody
    else's work; after too many attempts it is parked. Any number of callers at one
    time get different sources.
    """
    _park(now=now, terms=terms)
    chosen = _chosen(now=now, terms=terms)
    free = Source.objects.due(now).filter(pk__in=chosen)
    locked = list(
        free.select_for_update(skip_locked=True, of=("self",)).values_list(
            "pk", "attempts"
        )
    )
    fresh = [pk for pk, attempts in locked if not attempts]
    tried = [pk for pk, attempts in locked if attempts]
    leases = [_leased(ids, now=now, terms=terms) for ids in ([fresh] if fresh else [])]
    return leases + [_leased([pk], now=now, terms=terms) for pk in tried]


def begin(lease: Lease, *, now: datetime, lasts: timedelta) -> list[Source]:
    """
    Return what is left of a lease to be worked on, and count the attempt.

    Nothing is left of one that lapsed and was given to somebody else.
    """
    held = Source.objects.filter(pk__in=lease.source_ids, lease_token=lease.token)
    held.update(lease_until=now + lasts, attempts=F("attempts") + 1)
    return list(held.prefetch_related("passages").order_by("due_at", "pk"))


def give_back(lease: Lease, *, now: datetime) -> None:
    """End a lease whose work was interrupted; its sources are due again."""
    Source.objects.filter(pk__in=lease.source_ids, lease_token=lease.token).update(
        lease_token=None,
        lease_until=None,
        attempts=Greatest(F("attempts") - 1, 0),
        due_at=now,
    )


def _park(*, now: datetime, terms: Terms) -> None:
    broken = Source.objects.due(now).filter(attempts__gte=terms.max_attempts)
    ids = list(
        broken.select_for_update(skip_locked=True).values_list("pk", flat=True)[
            : terms.batch
        ]
    )
    if ids:
        Source.objects.filter(pk__in=ids).update(
            parked_at=now, lease_token=None, lease_until=None
        )
        logger.error("sources were given up", extra={"sources": [str(i) for i in ids]})


def _chosen(*, now: datetime, terms: Terms) -> list[UUID]:
    leased = Source.objects.leased(now).values_list("host").annotate(Count("pk"))
    taken: Counter[str] = Counter(dict(leased.order_by()))
    full = [host for host, number in taken.items() if number >= terms.per_host]
    waiting = (
        Source.objects.due(now)
        .exclude(host__in=full)
        .most_urgent_first()
        .values_list("pk", "host")[: terms.batch * _LOOKED_THROUGH]
    )
    return _few_of_each(waiting, taken, terms)


def _few_of_each(
    waiting: Iterable[tuple[UUID, str]], taken: Counter[str], terms: Terms
) -> list[UUID]:
    chosen: list[UUID] = []
    for pk, host in waiting:
        if taken[host] < terms.per_host:
            taken[host] += 1
            chosen.append(pk)
        if len(chosen) == terms.batch:
            break
    return chosen


def _leased(ids: list[UUID], *, now: datetime, terms: Terms) -> Lease:
    token = uuid7()
    Source.objects.filter(pk__in=ids).update(
        lease_token=token, lease_until=now + terms.lasts
    )
    return Lease(token=token, source_ids=tuple(ids))
