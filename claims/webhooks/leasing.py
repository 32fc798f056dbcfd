"""Giving due deliveries to one worker at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from uuid_utils.compat import uuid7

from claims.models import Delivery
from claims.vocabulary import DeliveryStatus
from claims.webhooks.schedule import MOST_ATTEMPTS

AT_A_TIME = 20
OF_ONE_WEBHOOK = 4  # so that a slow one holds up no other
LASTS = timedelta(minutes=2)  # longer than every try of a round takes

# From each webhook in turn, however much waits for one. What the row of a worker that
# broke says about its try counts: it was one.
_LEASE = f"""
WITH picked AS MATERIALIZED (
    SELECT due.id
    FROM claims_webhook w
    JOIN auth_user u ON u.id = w.owner_id AND u.is_active
    CROSS JOIN LATERAL (
        SELECT d.id, d.next_at FROM claims_delivery d
        WHERE d.webhook_id = w.id AND d.status = '{DeliveryStatus.WAITING}'
        AND d.next_at <= %(now)s AND (d.lease_until IS NULL OR d.lease_until <= %(now)s)
        AND d.attempts < %(most)s
        ORDER BY d.next_at, d.id
        LIMIT %(of_one)s
        FOR UPDATE SKIP LOCKED
    ) due
    WHERE w.active
    LIMIT %(at_a_time)s
)
UPDATE claims_delivery d
SET lease_token = %(token)s, lease_until = %(until)s, attempts = d.attempts + 1
FROM picked WHERE d.id = picked.id
"""  # noqa: S608 — a word of the vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """Deliveries that one worker makes, and nobody else meanwhile."""

    token: UUID
    deliveries: tuple[Delivery, ...]


def lease(*, now: datetime) -> Lease:
    """Lease what is due, a few of each webhook. Any number of callers at one time."""
    token = uuid7()
    with connection.cursor() as cursor:
        cursor.execute(
            _LEASE,
            {
                "now": now,
                "until": now + LASTS,
                "token": token,
                "most": MOST_ATTEMPTS,
                "of_one": OF_ONE_WEBHOOK,
                "at_a_time": AT_A_TIME,
            },
        )
    held = Delivery.objects.held(token).select_related("webhook", "event")
    return Lease(token=token, deliveries=tuple(held.order_by("created_at", "pk")))


def give_up(*, now: datetime) -> int:
    """End deliveries whose last try broke its worker. Returns how many."""
    return (
        Delivery.objects.waiting()
        .filter(attempts__gte=MOST_ATTEMPTS, lease_until__lte=now)
        .update(
            status=DeliveryStatus.FAILED,
            next_at=None,
            done_at=now,
            lease_token=None,
            lease_until=None,
        )
    )
