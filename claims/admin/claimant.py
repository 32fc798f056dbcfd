"""Whoever says things."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from claims import editing
from claims.admin.refusals import told_on
from claims.models import Claimant
from sources.admin.overtaken import VersionedForm
from sources.admin.panel import Panel, become, moment, person

if TYPE_CHECKING:
    from django.http import HttpRequest


@admin.register(Claimant)
class ClaimantPanel(Panel):
    """Claimants, by name; one can be deleted while nothing rests on them."""

    form = VersionedForm
    list_display = ("name", "kind", "role", "belongs_to", "wikidata_id")
    list_filter = ("kind",)
    search_fields = ("name", "aliases", "role", "wikidata_id")
    list_select_related = ("affiliation",)
    ordering = ("name", "pk")
    autocomplete_fields = ("affiliation",)
    fieldsets = (
        (
            _("Who it is"),
            {"fields": (("name", "kind"), "aliases", "role", "affiliation")},
        ),
        (_("Elsewhere"), {"fields": ("wikidata_id", "same_as")}),
        (_("On record"), {"fields": (("version", "created_at"),)}),
    )
    readonly_fields = ("version", "created_at")
    adds = changes = deletes = True

    @admin.display(description=_("Affiliation"), ordering="affiliation__name")
    def belongs_to(self, claimant: Claimant) -> str:
        return claimant.affiliation.name if claimant.affiliation else ""

    def save_model(
        self, request: HttpRequest, obj: Claimant, form: Any, change: bool
    ) -> None:
        typed = form.cleaned_data
        with told_on(form):
            if change and form.touched:
                editing.change_claimant(
                    obj,
                    version=typed["opened_version"],
                    by=person(request),
                    **{name: typed[name] for name in form.touched},
                )
            elif not change:
                made = editing.create_claimant(
                    by=person(request),
                    at=moment(request),
                    **{
                        name: typed[name] for name in form._meta.fields if name in typed
                    },
                )
                become(obj, made)
