"""The API of webhooks: a person's own."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from claims import webhooks
from claims.access import Role
from claims.api.shapes.webhooks import (
    DeliveryLogOut,
    DeliveryOut,
    NewWebhookOut,
    ReplayIn,
    ReplayOut,
    WebhookChangeIn,
    WebhookIn,
    WebhookOut,
)
from claims.api.views.rows import address
from claims.errors import Overtaken
from claims.models import Delivery, Webhook
from claims.vocabulary import DeliveryStatus, Scope
from sources.api.asking import PageQuery
from sources.api.resource import KEY, Operation, Resource
from sources.api.shapes import One

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from rest_framework.request import Request

MANAGE = (Scope.WEBHOOKS_MANAGE,)
READER = Role.READER.group
BUSY = (HTTPStatus.CONFLICT,)


class DeliveryQuery(PageQuery):
    """Which deliveries."""

    status = One(
        choices=DeliveryStatus.choices, required=False, help_text="What became of it."
    )


class WebhookViewSet(Resource):
    """Addresses that are told of what readers see."""

    overtaken = Overtaken
    operations = {
        "list": Operation(
            summary="List your webhooks",
            gives=WebhookOut,
            asks=PageQuery,
            scopes=MANAGE,
            role=READER,
            sorts={"created_at": "created_at"},
            sort="-created_at",
        ),
        "create": Operation(
            summary="Add a webhook",
            takes=WebhookIn,
            gives=NewWebhookOut,
            status=HTTPStatus.CREATED,
            scopes=MANAGE,
            role=READER,
            refuses=BUSY,
        ),
        "retrieve": Operation(
            summary="Read a webhook", gives=WebhookOut, scopes=MANAGE, role=READER
        ),
        "partial_update": Operation(
            summary="Change a webhook, or switch it on or off",
            takes=WebhookChangeIn,
            gives=WebhookOut,
            scopes=MANAGE,
            role=READER,
        ),
        "destroy": Operation(
            summary="Remove a webhook",
            gives=WebhookOut,
            status=HTTPStatus.NO_CONTENT,
            scopes=MANAGE,
            role=READER,
        ),
        "rotate": Operation(
            summary="Replace the secret of a webhook",
            gives=NewWebhookOut,
            scopes=MANAGE,
            role=READER,
        ),
        "send_test": Operation(
            summary="Send a test to a webhook",
            gives=DeliveryOut,
            status=HTTPStatus.ACCEPTED,
            scopes=MANAGE,
            role=READER,
            refuses=BUSY,
        ),
        "replay": Operation(
            summary="Send events to a webhook once more",
            takes=ReplayIn,
            gives=ReplayOut,
            status=HTTPStatus.ACCEPTED,
            scopes=MANAGE,
            role=READER,
            refuses=BUSY,
        ),
        "deliveries": Operation(
            summary="List what was sent to a webhook",
            gives=DeliveryOut,
            asks=DeliveryQuery,
            scopes=MANAGE,
            role=READER,
            sorts={"created_at": "created_at"},
            sort="-created_at",
        ),
        "delivery": Operation(
            summary="Read what was sent, and what was answered",
            gives=DeliveryLogOut,
            scopes=MANAGE,
            role=READER,
        ),
    }

    def get_queryset(self) -> QuerySet[Any]:
        return Webhook.objects.of(self.caller)

    def list(self, request: Request) -> Response:
        return self.listed(self.get_queryset())

    def create(self, request: Request) -> Response:
        """The secret is shown once. Messages are signed as Standard Webhooks has it."""
        webhook = webhooks.add(by=self.caller, at=self.now, **self.taken())
        return self.given(webhook, at=address("webhook", webhook))

    def retrieve(self, request: Request, pk: str) -> Response:
        return self.given(self.get_object())

    def partial_update(self, request: Request, pk: str) -> Response:
        return self.changed(partial(webhooks.change, by=self.caller, at=self.now))

    def destroy(self, request: Request, pk: str) -> Response:
        """Nothing is sent to it from now on."""
        webhooks.remove(self.get_object(), by=self.caller, at=self.now)
        return Response(status=HTTPStatus.NO_CONTENT)

    @action(detail=True, methods=["post"], url_path="secret")
    def rotate(self, request: Request, pk: str) -> Response:
        """For a day messages are signed with both, so that none is refused meanwhile."""
        webhook = self.get_object()
        self.taken()
        return self.given(webhooks.rotate(webhook, by=self.caller, at=self.now))

    @action(detail=True, methods=["post"], url_path="test")
    def send_test(self, request: Request, pk: str) -> Response:
        """A message of the type `webhook.test` is sent within seconds."""
        webhook = self.get_object()
        self.taken()
        return self.given(webhooks.send_test(webhook, by=self.caller, at=self.now))

    @action(detail=True, methods=["post"])
    def replay(self, request: Request, pk: str) -> Response:
        """Each goes out under the id that it had."""
        webhook = self.get_object()
        number = webhooks.replay(webhook, by=self.caller, at=self.now, **self.taken())
        return Response({"events": number}, status=HTTPStatus.ACCEPTED)

    @action(detail=True)
    def deliveries(self, request: Request, pk: str) -> Response:
        rows = self._sent()
        if status := self.asked.get("status"):
            rows = rows.filter(status=status)
        return self.listed(rows)

    @action(detail=True, url_path=f"deliveries/(?P<delivery>{KEY})")
    def delivery(self, request: Request, pk: str, delivery: str) -> Response:
        return self.given(get_object_or_404(self._sent(), pk=delivery))

    def _sent(self) -> QuerySet[Delivery]:
        sent = Delivery.objects.filter(webhook=self.get_object())
        return sent.select_related("event").prefetch_related("log")
