"""What a worker does: lease, send, write down what was answered, and so on."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from django.db import transaction

from claims.models import Attempt, Delivery, Webhook
from claims.vocabulary import DeliveryStatus, OffReason
from claims.webhooks.leasing import Lease, give_up, lease
from claims.webhooks.posting import Answer, config, post
from claims.webhooks.schedule import next_try
from sources.net import Door

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

logger = logging.getLogger(__name__)

ROUNDS = 20  # of one task, so that it comes to an end


def deliver(*, clock: Callable[[], datetime]) -> int:
    """Send what is due until nothing is. Returns how many tries that took."""
    give_up(now=clock())
    tries = 0
    for _ in range(ROUNDS):
        leased = lease(now=clock())
        if not leased.deliveries:
            break
        # Outside of any transaction: it takes as long as those who answer like.
        for answer in asyncio.run(_sent(leased, at=clock())):
            settle(answer, token=leased.token, now=clock())
        tries += len(leased.deliveries)
    return tries


async def _sent(leased: Lease, *, at: datetime) -> list[Answer]:
    async with Door(config()) as door:
        return await asyncio.gather(
            *(post(each, door=door, at=at) for each in leased.deliveries)
        )


@transaction.atomic
def settle(answer: Answer, *, token: UUID, now: datetime) -> None:
    """Write down what was answered; what somebody else holds by now is theirs."""
    webhook = Webhook.objects.select_for_update().get(pk=answer.delivery.webhook_id)
    delivery = (
        Delivery.objects.select_for_update()
        .held(token)
        .filter(pk=answer.delivery.pk)
        .first()
    )
    if delivery is None:
        return
    Attempt.objects.create(
        delivery=delivery,
        token=token,
        at=answer.at,
        duration_ms=answer.duration_ms,
        http_status=answer.status,
        answer=answer.body,
        problem=answer.problem,
    )
    delivery.lease_token = delivery.lease_until = None
    delivery.next_at = _again_at(answer, delivery, now=now)
    if delivery.next_at is None:
        delivery.done_at = now
        delivery.status = (
            DeliveryStatus.DELIVERED if answer.is_taken else DeliveryStatus.FAILED
        )
    delivery.save()
    if reason := _reason_to_stop(answer, delivery):
        switch_off(webhook, reason=reason, at=now)


def switch_off(webhook: Webhook, *, reason: OffReason, at: datetime) -> None:
    """Send nothing more; what waits goes on waiting."""
    off = Webhook.objects.filter(pk=webhook.pk, active=True).update(
        active=False, off_reason=reason, off_at=at
    )
    if off:
        logger.warning(
            "webhook switched off", extra={"webhook": webhook.pk, "reason": reason}
        )


def _again_at(answer: Answer, delivery: Delivery, *, now: datetime) -> datetime | None:
    if answer.is_taken or answer.is_gone:
        return None
    return next_try(
        delivery.pk, attempts=delivery.attempts, now=now, pause=answer.pause
    )


def _reason_to_stop(answer: Answer, delivery: Delivery) -> OffReason | None:
    if answer.is_gone:
        return OffReason.GONE
    if delivery.status != DeliveryStatus.FAILED:
        return None
    # Three days, and nothing was taken in all that time.
    taken = Delivery.objects.filter(
        webhook=delivery.webhook_id,
        status=DeliveryStatus.DELIVERED,
        done_at__gte=delivery.began_at,
    )
    return None if taken.exists() else OffReason.FAILING
