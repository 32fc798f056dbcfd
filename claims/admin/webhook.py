"""Webhooks and what was sent to them: for administrators, to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from claims.access import Role, role_of
from claims.models import Attempt, Delivery, Webhook
from sources.admin.naming import link_to
from sources.admin.panel import Panel, TabularRows

if TYPE_CHECKING:
    from django.http import HttpRequest


class _ForAdministrators(Panel):
    def admits(self, request: HttpRequest) -> bool:
        return role_of(request.user) >= Role.ADMIN

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields


@admin.register(Webhook)
class WebhookPanel(_ForAdministrators):
    """Where programs are told of events. Nobody sees a secret here."""

    list_display = ("url", "owner", "active", "off_reason", "off_at", "created_at")
    list_filter = ("active", "off_reason")
    search_fields = ("url", "name", "owner__username")
    list_select_related = ("owner",)
    ordering = ("-created_at", "-pk")
    fields = (
        "url",
        "name",
        "owner",
        "types",
        "active",
        "off_reason",
        "off_at",
        "removed_at",
        "created_at",
    )


class Attempts(TabularRows):
    """Each try, and what was answered."""

    model = Attempt
    fields = ("at", "http_status", "duration_ms", "answer", "problem")
    readonly_fields = fields
    ordering = ("at", "pk")


@admin.register(Delivery)
class DeliveryPanel(_ForAdministrators):
    """What is on its way to webhooks, and what became of it."""

    list_display = ("created_at", "to", "told", "status", "attempts", "next_at")
    list_display_links = ("created_at",)
    list_filter = ("status",)
    search_fields = ("webhook__url",)
    list_select_related = ("webhook", "event")
    ordering = ("-pk",)
    inlines = (Attempts,)
    fields = ("to", "told", "status", "attempts", "created_at", "next_at", "done_at")

    @admin.display(description=_("Webhook"))
    def to(self, delivery: Delivery) -> str:
        return link_to(delivery.webhook, delivery.webhook.url[:80])

    @admin.display(description=_("What it tells"))
    def told(self, delivery: Delivery) -> str:
        if delivery.event is None:
            return str(_("A test"))
        return str(delivery.event.get_type_display())
