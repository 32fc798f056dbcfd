"""What owners do with their webhooks."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from claims.access import Role, require
from claims.errors import Overtaken, WebhookRefused
from claims.models import Delivery, Event, Webhook
from claims.models.webhook import new_secret
from claims.vocabulary import DeliveryStatus, EventType, OffReason
from sources.reaching import refuse_closed

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

MOST_WEBHOOKS = 20  # of one person
MOST_REPLAYED = 1_000  # events at one time
BOTH_LIVE = timedelta(hours=24)  # so long a secret that was replaced still signs


@transaction.atomic
def add(
    url: str, *, by: User, at: datetime, name: str = "", types: Collection[str] = ()
) -> Webhook:
    """
    Have an address told of events. Its secret is shown this once.

    Raises AddressRefused for one that the door does not lead to, WebhookRefused.
    """
    require(by, Role.READER)
    refuse_closed(url)
    User.objects.select_for_update().get(pk=by.pk)
    if Webhook.objects.of(by).count() >= MOST_WEBHOOKS:
        raise WebhookRefused(
            _("You have %(most)s webhooks. Remove one first.") % {"most": MOST_WEBHOOKS}
        )
    webhook = Webhook(
        owner=by,
        url=url,
        name=name,
        types=_known(types),
        secret=new_secret(),
        created_at=at,
    )
    webhook.full_clean()
    webhook.save(force_insert=True)
    return webhook


@transaction.atomic
def change(
    webhook: Webhook, *, version: int, by: User, at: datetime, **fields: Any
) -> Webhook:
    """
    Change a webhook that was read at `version`, or switch it on or off.

    Switched on again, it is sent what waited. Raises Overtaken, AddressRefused.
    """
    webhook = _own(webhook, by)
    if webhook.version != version:
        raise Overtaken(
            _("This webhook was changed after you read it."), current=webhook.version
        )
    if "url" in fields:
        refuse_closed(fields["url"])
    if "types" in fields:
        fields["types"] = _known(fields["types"])
    active = fields.pop("active", webhook.active)
    if active != webhook.active:
        fields |= {
            "active": active,
            "off_reason": "" if active else OffReason.OWNER,
            "off_at": None if active else at,
        }
    for name, value in fields.items():
        setattr(webhook, name, value)
    webhook.full_clean()
    webhook.save(update_fields=list(fields))
    webhook.refresh_from_db()
    return webhook


@transaction.atomic
def rotate(webhook: Webhook, *, by: User, at: datetime) -> Webhook:
    """Make a new secret; the former one goes on signing for a day."""
    webhook = _own(webhook, by)
    webhook.former_secret, webhook.secret = webhook.secret, new_secret()
    webhook.former_until = at + BOTH_LIVE
    webhook.save(update_fields=["secret", "former_secret", "former_until"])
    webhook.refresh_from_db()
    return webhook


@transaction.atomic
def remove(webhook: Webhook, *, by: User, at: datetime) -> None:
    """Send nothing to it ever again; what was sent stays on record."""
    webhook = _own(webhook, by)
    Delivery.objects.waiting().filter(webhook=webhook).update(
        status=DeliveryStatus.FAILED,
        next_at=None,
        done_at=at,
        lease_token=None,
        lease_until=None,
    )
    Webhook.objects.filter(pk=webhook.pk).update(
        active=False, off_reason=OffReason.REMOVED, off_at=at, removed_at=at
    )


@transaction.atomic
def send_test(webhook: Webhook, *, by: User, at: datetime) -> Delivery:
    """Have a message sent that is about nothing. Raises WebhookRefused."""
    _require_on(webhook := _own(webhook, by))
    waiting = Delivery.objects.waiting().filter(webhook=webhook, event=None)
    if waiting.exists():
        raise WebhookRefused(_("A test is on its way to this webhook already."))
    return Delivery.objects.create(
        webhook=webhook, created_at=at, began_at=at, next_at=at
    )


@transaction.atomic
def replay(
    webhook: Webhook,
    *,
    by: User,
    at: datetime,
    events: Collection[UUID] = (),
    since: datetime | None = None,
) -> int:
    """
    Send events once more: those named, or those of its types from a moment on.

    Each goes out under the id that it had. Returns how many. Raises WebhookRefused.
    """
    _require_on(webhook := _own(webhook, by))
    if bool(events) == (since is not None):
        raise WebhookRefused(_("Name either events, or a moment to begin from."))
    told = Event.objects.told()
    if since is None:
        told = told.filter(pk__in=events)
    else:
        told = told.filter(at__gte=since)
        if webhook.types:
            told = told.filter(type__in=webhook.types)
    found = list(told.in_order()[: MOST_REPLAYED + 1])
    _require_all(found, events)
    Delivery.objects.bulk_create(
        [
            Delivery(
                webhook=webhook, event=event, created_at=at, began_at=at, next_at=at
            )
            for event in found
        ],
        ignore_conflicts=True,
    )
    # What is on its way stays on its way.
    Delivery.objects.filter(webhook=webhook, event__in=found).exclude(
        status=DeliveryStatus.WAITING, attempts=0
    ).filter(lease_token=None).update(
        status=DeliveryStatus.WAITING,
        attempts=0,
        began_at=at,
        next_at=at,
        done_at=None,
    )
    return len(found)


def _own(webhook: Webhook, by: User) -> Webhook:
    return Webhook.objects.of(by).select_for_update(of=("self",)).get(pk=webhook.pk)


def _require_on(webhook: Webhook) -> None:
    if not webhook.active:
        raise WebhookRefused(_("This webhook is switched off. Switch it on first."))


def _require_all(found: list[Event], named: Collection[UUID]) -> None:
    if len(found) > MOST_REPLAYED:
        raise WebhookRefused(
            _("These are more than %(most)s events. Begin later.")
            % {"most": MOST_REPLAYED}
        )
    if len(found) < len(set(named)):
        raise WebhookRefused(_("One of these events is not known."))


def _known(types: Collection[str]) -> list[str]:
    known = [each for each in EventType.values if each in types]
    if len(known) != len(set(types)):
        raise ValidationError(
            {
                "types": _("Choose from %(types)s.")
                % {"types": ", ".join(EventType.values)}
            }
        )
    return known
