"""What is only ever written and never changed: moves and corrections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin

from claims.models import Correction, Move
from sources.admin.naming import link_to
from sources.admin.panel import Panel, TabularRows

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


class Moves(TabularRows):
    """How a claim came to where it stands, newest first."""

    model = Move
    fields = readonly_fields = (
        "at",
        "from_status",
        "to_status",
        "by",
        "reason",
        "note",
    )
    classes = ("collapse",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Move]:
        moves: QuerySet[Move] = super().get_queryset(request)
        return moves.select_related("by").order_by("-at", "-pk")


class _Record(Panel):
    list_select_related = ("claim", "by")
    ordering = ("-pk",)  # keys grow with time, and have an index

    @admin.display(description="Claim")
    def of_claim(self, row: Any) -> str:
        return link_to(row.claim, row.claim.statement[:80])


@admin.register(Move)
class MovePanel(_Record):
    """Every change of a claim's status."""

    list_display = ("at", "of_claim", "from_status", "to_status", "by", "reason")
    list_display_links = ("at",)
    list_filter = ("to_status", "reason")
    search_fields = ("claim__statement", "note")
    fields = ("of_claim", "from_status", "to_status", "by", "at", "reason", "note")
    readonly_fields = fields


@admin.register(Correction)
class CorrectionPanel(_Record):
    """The public notes that went with changed and withdrawn reviews."""

    date_hierarchy = "at"

    list_display = ("at", "of_claim", "kind", "note", "by")
    list_display_links = ("at",)
    list_filter = ("kind",)
    search_fields = ("claim__statement", "note")
    fields = ("of_claim", "kind", "note", "before", "after", "by", "at")
    readonly_fields = fields

    @admin.display(description="Replaced")
    def before(self, correction: Correction) -> str:
        return link_to(correction.review_from)

    @admin.display(description="By")
    def after(self, correction: Correction) -> str:
        return link_to(correction.review_to)
