"""Telling events that are due: a number for each, and a delivery for each webhook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import Max

from claims.models import Delivery, Event, Webhook
from sources.wire import tell_after_commit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

AT_A_TIME = 500
FOLLOWED_AS = "events"  # the name by which open streams hear of it
_TURN = 4_802_611_973  # any number that nothing else locks


@transaction.atomic
def tell(*, now: datetime) -> int:
    """
    Give events that are due their numbers, and hand them to the webhooks.

    One caller after the other, so that numbers become visible in their order: whoever
    reads on from a number misses none. Returns how many were told.
    """
    if not Event.objects.due(now).exists():
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])
    due = list(
        Event.objects.due(now).select_for_update().order_by("at", "pk")[:AT_A_TIME]
    )
    last = Event.objects.aggregate(number=Max("number"))["number"] or 0
    for number, event in enumerate(due, start=last + 1):
        event.number = number
    Event.objects.bulk_update(due, ["number"])
    _hand_out(due, now=now)
    if due:
        tell_after_commit(FOLLOWED_AS)
    return len(due)


def _hand_out(events: Iterable[Event], *, now: datetime) -> None:
    webhooks = list(Webhook.objects.listening())
    Delivery.objects.bulk_create(
        [
            Delivery(
                webhook=webhook,
                event=event,
                created_at=now,
                began_at=now,
                next_at=now,
            )
            for event in events
            for webhook in webhooks
            if not webhook.types or event.type in webhook.types
        ],
        ignore_conflicts=True,
    )
