"""What the API takes and gives about webhooks, and about what they are told."""

from __future__ import annotations

import json
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from claims.models import Attempt, Delivery, Event, Webhook
from claims.vocabulary import DeliveryStatus, EventType, OffReason
from claims.webhooks.posting import TEST_TYPE, message
from sources.api.shapes import In, Key, Link, Moment, One, Out, Words, longest


class Switch(serializers.BooleanField):
    """`true` or `false`."""

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=str(data)[:100])
        return data


class WebhookIn(In):
    """An address, and what it is told of."""

    example = {
        "url": "https://partner.example/hooks/fact-checks",
        "name": "partner's front page",
        "types": ["claim.published", "claim.corrected", "claim.retracted"],
    }
    url = Link(max_length=longest(Webhook, "url"))
    name = Words(required=False, allow_blank=True, max_length=longest(Webhook, "name"))
    types = serializers.ListField(
        child=One(choices=EventType.choices),
        required=False,
        max_length=len(EventType),
        help_text="What it is told of; an empty list: everything.",
    )


class WebhookChangeIn(WebhookIn):
    """What can be changed about a webhook."""

    example = None  # type: ignore[assignment]  # none for a change
    active = Switch(
        required=False, help_text="Switched on again, it is sent what waited."
    )


class WebhookOut(Out):
    """A webhook. Its secrets are not shown again."""

    types = serializers.ListField(child=serializers.ChoiceField(EventType.choices))
    off_reason = serializers.ChoiceField(
        choices=OffReason.choices,
        allow_blank=True,
        help_text="Why nothing is sent to it any more.",
    )
    former_until = serializers.DateTimeField(
        allow_null=True,
        help_text="Until when messages are signed with the former secret as well.",
    )

    class Meta:
        model = Webhook
        fields = [
            "id",
            "url",
            "name",
            "types",
            "active",
            "off_reason",
            "off_at",
            "former_until",
            "version",
            "created_at",
        ]


class NewWebhookOut(WebhookOut):
    """A webhook with a new secret, which is never shown again."""

    secret = serializers.CharField(
        help_text="Verify messages with it, as Standard Webhooks has it."
    )

    class Meta(WebhookOut.Meta):
        fields = [*WebhookOut.Meta.fields, "secret"]


class AttemptOut(Out):
    """One try: what was answered, or why nothing was."""

    http_status = serializers.IntegerField(allow_null=True)
    answer = serializers.CharField(
        allow_blank=True, help_text="The body of the answer, cut."
    )

    class Meta:
        model = Attempt
        fields = ["id", "at", "duration_ms", "http_status", "answer", "problem"]


class DeliveryOut(Out):
    """One message on its way to a webhook."""

    message_id = serializers.CharField(
        help_text="The `webhook-id`: the same however often it is sent."
    )
    type = serializers.CharField(
        help_text="The type of the event; of a test, `webhook.test`."
    )
    status = serializers.ChoiceField(choices=DeliveryStatus.choices)
    next_at = serializers.DateTimeField(
        allow_null=True, help_text="When it is sent next."
    )

    class Meta:
        model = Delivery
        fields = [
            "id",
            "event",
            "message_id",
            "type",
            "status",
            "attempts",
            "created_at",
            "next_at",
            "done_at",
        ]

    def to_representation(self, instance: Delivery) -> dict[str, Any]:
        told = instance.event
        instance.type = TEST_TYPE if told is None else told.type  # type: ignore[attr-defined]
        shown: dict[str, Any] = super().to_representation(instance)
        return shown


class DeliveryLogOut(DeliveryOut):
    """A message, what it says, and each try to deliver it."""

    log = AttemptOut(many=True)
    body = serializers.DictField(help_text="What is sent.")

    class Meta(DeliveryOut.Meta):
        fields = [*DeliveryOut.Meta.fields, "body", "log"]

    def to_representation(self, instance: Delivery) -> dict[str, Any]:
        instance.body = json.loads(message(instance))  # type: ignore[attr-defined]
        return super().to_representation(instance)


class ReplayIn(In):
    """Which events to send once more: those named, or those from a moment on."""

    example = {"since": "2026-03-14T00:00:00Z"}
    events = serializers.ListField(
        child=Key(), required=False, min_length=1, max_length=100
    )
    since = Moment(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(attrs) != 1:
            raise ValidationError(
                _("Name either events, or a moment to begin from."), code="one_of"
            )
        return attrs


class ReplayOut(serializers.Serializer[Any]):
    """How many events are sent once more."""

    events = serializers.IntegerField(min_value=0)


class EventOut(Out):
    """Something that readers were told of."""

    type = serializers.ChoiceField(choices=EventType.choices)
    at = serializers.DateTimeField(help_text="From when on readers see it.")
    data = serializers.DictField(  # type: ignore[assignment]  # a field of that name
        help_text="The claim as readers saw it from then on, and what it is about."
    )

    class Meta:
        model = Event
        fields = ["id", "type", "at", "claim", "data"]
