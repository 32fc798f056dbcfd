"""What others say about claims."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from claims import editing
from claims.admin import columns
from claims.admin.citation import Cite, Cited, save_citations
from claims.admin.refusals import each, told_on
from claims.models import Assessment, Citation
from sources.admin.naming import link_to
from sources.admin.overtaken import VersionedForm
from sources.admin.panel import Panel, StackedRows, become, moment, person

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

_WHAT = ("assessor", "stance", "statement", ("said_at", "said_at_precision"))
_MORE = ("based_on", ("rating_text", "url"))


class Assessments(StackedRows):
    """What others say about a claim, on its page."""

    model = Assessment
    fk_name = "claim"
    form = VersionedForm
    fields = (*_WHAT, *_MORE, "state")
    readonly_fields = ("state",)
    autocomplete_fields = ("assessor", "based_on")
    show_change_link = True
    classes = ("collapse",)
    adds = changes = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Assessment]:
        rows: QuerySet[Assessment] = super().get_queryset(request)
        return rows.select_related("assessor", "based_on").order_by("created_at", "pk")


def save_assessments(request: HttpRequest, formset: Any) -> None:
    """Write down the assessments that were added on a claim's page, or changed there."""
    for form in formset.initial_forms:
        if not form.has_changed():
            continue
        with told_on(form):
            if not form.on_record:
                raise ValidationError(_("This is no assessment of this claim."))
            if form.touched:
                change_assessment(request, form)
                formset.changed_objects.append((form.instance, form.touched))
    for form in formset.extra_forms:
        if form.has_changed():
            with told_on(form):
                formset.new_objects.append(_add(request, form, formset.instance))


def change_assessment(request: HttpRequest, form: Any) -> None:
    """Save what this person changed, and nothing that they left alone."""
    editing.change_assessment(
        form.instance,
        version=form.cleaned_data["opened_version"],
        by=person(request),
        at=moment(request),
        **{name: form.cleaned_data[name] for name in form.touched},
    )


def _add(request: HttpRequest, form: Any, claim: Any) -> Assessment:
    typed = {name: form.cleaned_data[name] for name in _typed(form)}
    return editing.add_assessment(
        claim,
        by=person(request),
        at=moment(request),
        **typed,
    )


def _typed(form: Any) -> list[str]:
    return [
        name
        for name in form.cleaned_data
        if name in form._meta.fields and name not in {"claim", "opened_version", "id"}
    ]


@admin.register(Assessment)
class AssessmentPanel(Panel):
    """What somebody else says about a claim, with the pages where they say it."""

    form = VersionedForm
    list_display = (
        columns.statement,
        "who",
        columns.stance,
        "about",
        "state",
        "said_at",
    )
    list_filter = ("state", "stance")
    search_fields = ("statement", "assessor__name", "claim__statement")
    list_select_related = ("assessor", "claim")
    date_hierarchy = "created_at"
    ordering = ("-created_at", "-pk")
    autocomplete_fields = ("claim", "assessor", "based_on")
    fieldsets = (
        (None, {"fields": ("claim", *_WHAT)}),
        (gettext_lazy("What it rests on"), {"fields": _MORE}),
        (
            gettext_lazy("Where it stands"),
            {"fields": (("state", "decided_by", "decided_at"), "version")},
        ),
    )
    readonly_fields = ("state", "decided_by", "decided_at", "version")
    inlines = (Cited, Cite)
    actions = ("confirm_suggested", "reject_suggested")
    adds = changes = True

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        # What it is about is settled when it is written down.
        return ("about", *self.readonly_fields) if obj else self.readonly_fields

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        (title, options), *others = super().get_fieldsets(request, obj)
        if obj is not None:
            fields = [
                each if each != "claim" else "about" for each in options["fields"]
            ]
            options = {**options, "fields": fields}
        return [(title, options), *others]

    @admin.display(description=gettext_lazy("About"))
    def about(self, assessment: Assessment) -> str:
        return link_to(assessment.claim, assessment.claim.statement[:120])

    @admin.display(description=gettext_lazy("Assessor"), ordering="assessor__name")
    def who(self, assessment: Assessment) -> str:
        return assessment.assessor.name

    def save_model(
        self, request: HttpRequest, obj: Assessment, form: Any, change: bool
    ) -> None:
        with told_on(form):
            if change and form.touched:
                change_assessment(request, form)
            elif not change:
                become(obj, _add(request, form, form.cleaned_data["claim"]))

    def save_rows(self, request: HttpRequest, row: Any, formset: Any) -> None:
        if formset.model is Citation:
            save_citations(request, row, formset)

    @admin.action(description=gettext_lazy("Confirm suggested assessments"))
    def confirm_suggested(
        self, request: HttpRequest, rows: QuerySet[Assessment]
    ) -> None:
        each(
            request,
            rows,
            lambda row: editing.confirm(row, by=person(request), at=moment(request)),
            done=ngettext_lazy("%(n)s confirmed.", "%(n)s confirmed.", "n"),
        )

    @admin.action(description=gettext_lazy("Reject suggested assessments"))
    def reject_suggested(
        self, request: HttpRequest, rows: QuerySet[Assessment]
    ) -> None:
        each(
            request,
            rows,
            lambda row: editing.reject(row, by=person(request), at=moment(request)),
            done=ngettext_lazy("%(n)s rejected.", "%(n)s rejected.", "n"),
        )
