"""Claims: who said what, what others say about it, and where it stands written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext_lazy

from claims import editing
from claims.admin import columns, dismissing, filters
from claims.admin.assessment import Assessments, save_assessments
from claims.admin.citation import Cite, Cited, save_citations
from claims.admin.record import Moves
from claims.admin.refusals import each, told_on
from claims.admin.review import Reviews
from claims.models import Assessment, Citation, Claim
from claims.models.triggers import PUBLISHED_WORDS
from claims.vocabulary import ClaimStatus
from claims.workflow import take
from sources.admin.overtaken import VersionedForm
from sources.admin.panel import Panel, become, moment, person

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse


@admin.register(Claim)
class ClaimPanel(Panel):
    """Claims. Where one stands is shown here and changed at the desk."""

    form = VersionedForm
    list_display = (
        columns.statement,
        "who",
        "status",
        columns.standing_verdict,
        columns.tally,
        "due_at",
        "assigned_to",
    )
    list_filter = (
        "status",
        filters.ByVerdict,
        filters.ByDue,
        filters.ByReviewer,
        filters.ByContradiction,
        "form",
    )
    search_fields = ("statement",)
    search_help_text = gettext_lazy(
        "Words of the statement, or the name of who said it"
    )
    list_select_related = ("claimant", "assigned_to")
    date_hierarchy = "created_at"
    ordering = ("-created_at", "-pk")
    autocomplete_fields = ("claimant", "canonical")
    fieldsets = (
        (
            gettext_lazy("What was said"),
            {
                "fields": (
                    "statement",
                    "original_wording",
                    ("form", "language"),
                    "topics",
                )
            },
        ),
        (
            gettext_lazy("Who said it, when"),
            {
                "fields": (
                    "claimant",
                    "role_at_time",
                    ("said_at", "said_at_precision"),
                    "canonical",
                )
            },
        ),
        (
            gettext_lazy("Where it stands"),
            {
                "fields": (
                    ("status", columns.standing_verdict, columns.tally),
                    ("assigned_to", "moved_at"),
                    "due_at",
                    ("version", "created_by", "created_at", "updated_at"),
                )
            },
        ),
    )
    readonly_fields = (
        "status",
        columns.standing_verdict,
        columns.tally,
        "assigned_to",
        "moved_at",
        "version",
        "created_by",
        "created_at",
        "updated_at",
    )
    inlines = (Assessments, Cited, Cite, Reviews, Moves)
    actions = ("assign_to_me", "dismiss")
    adds = changes = deletes = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim]:
        claims: Any = super().get_queryset(request)
        annotated: QuerySet[Claim] = claims.with_assessment_counts().annotate(
            standing_verdict=columns.STANDING_VERDICT
        )
        return annotated.defer("search")

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[QuerySet[Claim], bool]:
        return filters.matching(queryset, search_term), False

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if obj is not None else fieldsets[:2]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What readers have seen with a verdict about it is shown, not changed."""
        fixed = PUBLISHED_WORDS if obj is not None and obj.was_published else ()
        return (*self.readonly_fields, *fixed)

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return self.inlines if obj is not None else (Assessments, Cite)

    @admin.display(description=gettext_lazy("Claimant"), ordering="claimant__name")
    def who(self, claim: Claim) -> str:
        return claim.claimant.name

    def view_on_site(self, claim: Claim) -> str:
        """Where readers see it, or the desk while they do not."""
        if claim.is_public:
            return claim.get_absolute_url()
        return reverse("desk:claim", args=[claim.pk])

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was worked on stays; a claim that nobody touched can be taken out."""
        fresh = obj is None or obj.status == ClaimStatus.NEW
        return super().has_delete_permission(request) and fresh

    def save_model(
        self, request: HttpRequest, obj: Claim, form: Any, change: bool
    ) -> None:
        typed = form.cleaned_data
        with told_on(form):
            if change and form.touched:
                editing.change_claim(
                    obj,
                    version=typed["opened_version"],
                    by=person(request),
                    at=moment(request),
                    **{name: typed[name] for name in form.touched},
                )
            elif not change:
                fields = {
                    name: typed[name] for name in form._meta.fields if name in typed
                }
                made = editing.create_claim(
                    by=person(request), at=moment(request), **fields
                )
                become(obj, made)

    def save_rows(self, request: HttpRequest, row: Any, formset: Any) -> None:
        if formset.model is Assessment:
            save_assessments(request, formset)
        elif formset.model is Citation:
            save_citations(request, row, formset)

    @admin.action(description=gettext_lazy("Assign to me"))
    def assign_to_me(self, request: HttpRequest, claims: QuerySet[Claim]) -> None:
        each(
            request,
            claims,
            lambda claim: take(claim, by=person(request), at=moment(request)),
            done=ngettext_lazy("%(n)s assigned to you.", "%(n)s assigned to you.", "n"),
        )

    @admin.action(description=gettext_lazy("Dismiss, with a reason"))
    def dismiss(
        self, request: HttpRequest, claims: QuerySet[Claim]
    ) -> HttpResponse | None:
        return dismissing.dismiss(self, request, claims)
