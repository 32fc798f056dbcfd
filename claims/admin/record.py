"""What is only ever written and never changed: moves and corrections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from claims import access
from claims.admin.review import HIDDEN
from claims.models import Correction, Move
from sources.admin.naming import link_to
from sources.admin.panel import Panel, TabularRows

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User
    from django.db.models import QuerySet
    from django.http import HttpRequest


@dataclass(frozen=True)
class Note:
    """The column of what was noted with a move, for those who may read it."""

    user: User | AnonymousUser
    __name__ = "note"
    short_description = _("Note")

    def __call__(self, move: Move) -> str:
        making = move.claim.reviews.unpublished().first()
        if not access.may_read_note(self.user, move, making=making):
            return format_html('<span class="soft">{}</span>', HIDDEN)
        return move.told


class Moves(TabularRows):
    """How a claim came to where it stands, newest first."""

    model = Move
    classes = ("collapse",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.get_readonly_fields(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        told = ("at", "from_status", "to_status", "by", "reason")
        return (*told, Note(request.user))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Move]:
        moves: QuerySet[Move] = super().get_queryset(request)
        return moves.select_related("by").order_by("-at", "-pk")


class _Record(Panel):
    list_select_related = ("claim", "by")
    ordering = ("-pk",)  # keys grow with time, and have an index

    @admin.display(description=_("Claim"))
    def of_claim(self, row: Any) -> str:
        return link_to(row.claim, row.claim.statement[:80])


@admin.register(Move)
class MovePanel(_Record):
    """Every change of a claim's status."""

    list_display = ("at", "of_claim", "from_status", "to_status", "by", "reason")
    list_display_links = ("at",)
    list_filter = ("to_status", "reason")
    # Not the note: whoever searches for a verdict would find the hidden ones.
    search_fields = ("claim__statement",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.get_readonly_fields(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        told = ("of_claim", "from_status", "to_status", "by", "at", "reason")
        return (*told, Note(request.user))


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

    @admin.display(description=_("Replaced"))
    def before(self, correction: Correction) -> str:
        return link_to(correction.review_from)

    @admin.display(description=_("By"))
    def after(self, correction: Correction) -> str:
        return link_to(correction.review_to)
