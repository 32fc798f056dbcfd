"""Where it stands written: citing pages, and what became of the words there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from claims import access, editing
from claims.admin import columns
from claims.admin.refusals import told_on
from claims.models import Assessment, Citation, Claim
from claims.vocabulary import CitationRole
from sources.admin.naming import link_to, named
from sources.admin.panel import Panel, StackedRows, TabularRows, moment, person
from sources.admin.refusal import TellingForm
from sources.models.passage import EXACT_MAX_CHARACTERS
from sources.models.source import URL_MAX_CHARACTERS
from sources.plain import plain

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


class CiteForm(TellingForm):
    """The words on a page, by its address."""

    url = forms.CharField(
        label=_("Address of the page"),
        max_length=URL_MAX_CHARACTERS,
        validators=[plain],
        widget=forms.TextInput(attrs={"class": "vURLField", "inputmode": "url"}),
    )
    exact = forms.CharField(
        label=_("Exact words on the page"),
        max_length=EXACT_MAX_CHARACTERS,
        validators=[plain],
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField said"}),
        help_text=_("As they stand there; […] where something is left out."),
    )
    role = forms.ChoiceField(choices=CitationRole.choices, label=_("What for"))


class Cite(StackedRows):
    """Cite a page: the words become a passage that workers watch."""

    model = Citation
    form = CiteForm
    fields = ("url", "exact", "role")
    verbose_name = _("page to cite")
    verbose_name_plural = _("Cite a page")
    adds = True

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # those that are there stand in a list of their own


class Cited(TabularRows):
    """The pages that are cited, and where the words stand now."""

    model = Citation
    fields = readonly_fields = (
        columns.quoted,
        "role",
        columns.page,
        columns.standing,
    )
    verbose_name = "citation"
    verbose_name_plural = _("Cited pages")
    can_delete = True
    deletes = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Citation]:
        rows: Any = super().get_queryset(request)
        cited: QuerySet[Citation] = rows.with_their_pages()
        return cited.order_by("created_at", "pk")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        claim = obj.claim if isinstance(obj, Assessment) else obj
        return super().has_delete_permission(request) and not (
            isinstance(claim, Claim) and claim.is_public
        )


def save_citations(
    request: HttpRequest, cited_by: Claim | Assessment, formset: Any
) -> None:
    """Cite the pages that were filled in, and take out those that were ticked."""
    for form in formset.deleted_forms:
        if form.instance.pk and not form.instance._state.adding:  # noqa: SLF001
            with told_on(form):
                editing.uncite(form.instance, by=person(request))
            formset.deleted_objects.append(form.instance)
    for form in formset.extra_forms:
        if form.has_changed():
            with told_on(form):
                formset.new_objects.append(_cite(request, cited_by, form.cleaned_data))


def _cite(
    request: HttpRequest, cited_by: Claim | Assessment, typed: dict[str, Any]
) -> Citation:
    return editing.cite(
        cited_by,
        url=typed["url"],
        exact=typed["exact"],
        role=typed["role"],
        by=person(request),
        at=moment(request),
    )


@admin.register(Citation)
class CitationPanel(Panel):
    """Citations of claims, assessments and published reviews; made on their pages."""

    list_display = (columns.quoted, "role", "cited_by", columns.page, columns.standing)
    list_filter = ("role", "passage__state")
    search_fields = ("passage__exact", "passage__source__canonical_url")
    list_select_related = (
        "passage__source",
        "claim",
        "assessment",
        "review__claim",
    )
    fields = readonly_fields = (
        "cited_by",
        "role",
        columns.quoted,
        columns.page,
        columns.standing,
        "created_at",
    )
    ordering = ("-pk",)  # keys grow with time, and have an index

    def get_queryset(self, request: HttpRequest) -> QuerySet[Citation]:
        """Leave out the evidence of verdicts that are still hidden from this person."""
        citations: QuerySet[Citation] = super().get_queryset(request)
        return citations.filter(access.findings_open_to(request.user, review="review"))

    @admin.display(description=_("Cited by"))
    def cited_by(self, citation: Citation) -> str:
        if citation.claim is not None:
            return link_to(citation.claim, citation.claim.statement[:80])
        if citation.assessment is not None:
            return link_to(citation.assessment, named(citation.assessment))
        return link_to(citation.review)
