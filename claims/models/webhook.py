"""Where programs want to be told of events, and what became of telling them."""

from __future__ import annotations

import base64
import secrets
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from claims.models.event import Event
from claims.models.triggers import append_only, version_counts
from claims.vocabulary import DeliveryStatus, EventType, OffReason
from sources.plain import plain

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import User

SECRET_PREFIX = "whsec_"  # noqa: S105 — the mark of Standard Webhooks
_SECRET_BYTES = 32
URL_MAX_CHARACTERS = 2_048


def new_secret() -> str:
    """Make a secret of 256 random bits, in the spelling of Standard Webhooks."""
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


class WebhookQuerySet(models.QuerySet["Webhook"]):
    def of(self, owner: User) -> Self:
        """Webhooks of this person that were not removed."""
        return self.filter(owner=owner, removed_at=None)

    def listening(self) -> Self:
        """Webhooks that something is sent to."""
        return self.filter(active=True, owner__is_active=True)


class Webhook(models.Model):
    """
    An address that is told of events.

    Its secrets are kept as they are, since each message is signed with them; they are
    shown once, when they are made.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    # Whose it is, and where it leads
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="webhooks"
    )
    name = models.CharField(max_length=100, blank=True, validators=[plain])
    url = models.CharField(max_length=URL_MAX_CHARACTERS, validators=[plain])
    # What it is told of; nothing named: everything
    types = ArrayField(
        models.CharField(max_length=30, choices=EventType), default=list, blank=True
    )

    # What messages are signed with; the former one too, for a while
    secret = models.CharField(max_length=100, editable=False)
    former_secret = models.CharField(max_length=100, blank=True, editable=False)
    former_until = models.DateTimeField(null=True, editable=False)

    # Whether anything is sent
    active = models.BooleanField(default=True)
    off_reason = models.CharField(
        max_length=20, choices=OffReason, blank=True, editable=False
    )
    off_at = models.DateTimeField(null=True, editable=False)
    removed_at = models.DateTimeField(null=True, editable=False)

    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(editable=False)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="webhook_off_has_a_reason",
                condition=Q(active=True, off_reason="", off_at=None)
                | (Q(active=False, off_at__isnull=False) & ~Q(off_reason="")),
            ),
            models.CheckConstraint(
                name="webhook_removed_is_off",
                condition=Q(removed_at=None)
                | Q(active=False, off_reason=OffReason.REMOVED),
            ),
            models.CheckConstraint(
                name="webhook_has_a_secret",
                condition=Q(secret__startswith=SECRET_PREFIX),
            ),
            models.CheckConstraint(
                name="webhook_former_secret_ends",
                condition=Q(former_secret="", former_until=None)
                | (~Q(former_secret="") & Q(former_until__isnull=False)),
            ),
            models.CheckConstraint(
                name="webhook_types_are_known",
                condition=Q(types__contained_by=EventType.values),
            ),
        ]
        indexes = [models.Index(name="webhook_of_owner", fields=["owner", "id"])]
        triggers = [version_counts("name", "url", "types", "active", "secret")]

    def __str__(self) -> str:
        return f"{self.pk} {self.url[:60]}"

    def live_secrets(self, now: datetime) -> tuple[str, ...]:
        """Return what a message is signed with at this moment."""
        former = self.former_until is not None and self.former_until > now
        return (self.secret, self.former_secret) if former else (self.secret,)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def waiting(self) -> Self:
        """Deliveries that are still to be made."""
        return self.filter(status=DeliveryStatus.WAITING)

    def held(self, token: object) -> Self:
        """Deliveries under this lease."""
        return self.filter(lease_token=token)


class Delivery(models.Model):
    """One event on its way to one webhook; one without an event is a test."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    webhook = models.ForeignKey(
        Webhook, on_delete=models.PROTECT, related_name="deliveries"
    )
    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, related_name="deliveries", null=True
    )
    status = models.CharField(
        max_length=20, choices=DeliveryStatus, default=DeliveryStatus.WAITING
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    began_at = models.DateTimeField()  # from when the days are counted
    next_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    # Who is at it
    lease_token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="delivery_once_for_each_event", fields=["webhook", "event"]
            ),
            models.CheckConstraint(
                name="delivery_waits_or_is_done",
                condition=Q(
                    status=DeliveryStatus.WAITING, next_at__isnull=False, done_at=None
                )
                | Q(
                    status__in=[DeliveryStatus.DELIVERED, DeliveryStatus.FAILED],
                    next_at=None,
                    done_at__isnull=False,
                    lease_token=None,
                ),
            ),
            models.CheckConstraint(
                name="delivery_lease_is_whole_or_empty",
                condition=Q(lease_token=None, lease_until=None)
                | Q(lease_token__isnull=False, lease_until__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="delivery_due",
                fields=["webhook", "next_at"],
                condition=Q(status=DeliveryStatus.WAITING),
            ),
            models.Index(name="delivery_newest", fields=["webhook", "-created_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.status}"

    @property
    def message_id(self) -> str:
        """The `webhook-id`: the same however often it is sent."""
        return str(self.event_id or self.pk)


class Attempt(models.Model):
    """One try to deliver, and what was answered; append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="log")
    token = models.UUIDField()  # of the lease it was made under
    at = models.DateTimeField()
    duration_ms = models.PositiveIntegerField()
    http_status = models.PositiveSmallIntegerField(null=True)
    answer = models.TextField(blank=True)  # the body, cut
    problem = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="attempt_once_for_each_lease", fields=["delivery", "token"]
            ),
            models.CheckConstraint(
                name="attempt_was_answered_or_has_a_problem",
                condition=Q(http_status__isnull=False, problem="")
                | (Q(http_status=None, answer="") & ~Q(problem="")),
            ),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.pk} {self.http_status or self.problem}"
