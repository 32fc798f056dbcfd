"""Pages that are cited: what they are, where they stand, and what is watched on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.utils.html import format_html

from sources import attaching
from sources.admin.naming import chip, link_to, said
from sources.admin.overtaken import VersionedForm
from sources.admin.panel import Panel, TabularRows, become, moment
from sources.admin.refusal import told_on
from sources.discretion import passages_open_to
from sources.models import Check, Passage, Source
from sources.models.source import URL_MAX_CHARACTERS
from sources.plain import plain
from sources.vocabulary import PassageState, SourceState

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

CHECKS_SHOWN = 20


class SourceForm(VersionedForm):
    """A page by its address, with what an editor knows of it."""

    url = forms.CharField(
        label="Address",
        max_length=URL_MAX_CHARACTERS,
        validators=[plain],
        widget=forms.TextInput(attrs={"class": "vURLField", "inputmode": "url"}),
        help_text="The same page twice is one source, however its address is spelled.",
    )


class Passages(TabularRows):
    """The words that are watched on a page."""

    model = Passage
    fields = readonly_fields = ("words", "standing", "state_since", "misses")
    verbose_name_plural = "Watched words"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Passage]:
        rows: QuerySet[Passage] = super().get_queryset(request)
        open_to_them = passages_open_to(request.user).values("pk")
        return rows.filter(pk__in=open_to_them).order_by("added_at", "pk")

    @admin.display(description="Words")
    def words(self, passage: Passage) -> str:
        return link_to(passage, passage.exact[:300])

    @admin.display(description="Stand there")
    def standing(self, passage: Passage) -> str:
        return chip("passage", passage.state, PassageState(passage.state).label)


class Checks(TabularRows):
    """The latest looks at a page, newest first."""

    model = Check
    fields = readonly_fields = (
        "when",
        "outcome",
        "http_status",
        "duration_ms",
        "detail",
    )
    verbose_name_plural = f"Checks (latest {CHECKS_SHOWN})"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Check]:
        checks: QuerySet[Check] = super().get_queryset(request)
        match = request.resolver_match
        source: Any = match.kwargs.get("object_id") if match is not None else None
        if source is None:
            return checks.none()
        newest = Check.objects.filter(source_id=source).newest_first()[:CHECKS_SHOWN]
        return checks.filter(pk__in=newest.values("pk")).order_by("-started_at", "-pk")

    @admin.display(description="When")
    def when(self, check: Check) -> str:
        return link_to(check, f"{check.started_at:%Y-%m-%d %H:%M:%S}")


@admin.register(Source)
class SourcePanel(Panel):
    """Sources. What workers found out is shown; what editors know can be changed."""

    form = SourceForm
    list_display = (
        "name",
        "host",
        "standing",
        "state_since",
        "last_checked_at",
        "due_at",
        "is_parked",
    )
    list_filter = ("state", ("parked_at", admin.EmptyFieldListFilter))
    search_fields = ("canonical_url", "title", "publisher")
    date_hierarchy = "added_at"
    ordering = ("-added_at", "-pk")
    inlines = (Passages, Checks)
    actions = ("check_now",)
    adds = changes = True
    fieldsets = (
        (
            "What it is",
            {
                "fields": (
                    "title",
                    ("publisher", "author"),
                    ("published_at", "language"),
                )
            },
        ),
        (
            "Where it stands",
            {
                "fields": (
                    "given",
                    "final_url",
                    ("standing", "state_since", "failing_since"),
                    ("archived_url", "archived_at"),
                )
            },
        ),
        (
            "When it is looked at",
            {
                "fields": (
                    ("last_checked_at", "due_at", "interval"),
                    ("failures", "attempts", "parked_at"),
                    ("lease_until", "media_type", "version"),
                )
            },
        ),
    )
    readonly_fields = (
        "given",
        "final_url",
        "standing",
        "state_since",
        "failing_since",
        "archived_url",
        "archived_at",
        "last_checked_at",
        "due_at",
        "interval",
        "failures",
        "attempts",
        "parked_at",
        "lease_until",
        "media_type",
        "version",
    )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        (title, options), *others = super().get_fieldsets(request, obj)
        if obj is None:
            return [(title, {**options, "fields": ("url", *options["fields"])})]
        return [(title, options), *others]

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return self.inlines if obj is not None else ()

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj is not None:
            # Under this address it is cited; another address is another source.
            del form.base_fields["url"]
        return form

    @admin.display(description="Page", ordering="title")
    def name(self, source: Source) -> str:
        return said(source.name, characters=100)

    @admin.display(description="State", ordering="state")
    def standing(self, source: Source) -> str:
        return chip("source", source.state, SourceState(source.state).label)

    @admin.display(description="Given up", ordering="parked_at", boolean=True)
    def is_parked(self, source: Source) -> bool:
        return source.parked_at is not None

    @admin.display(description="Address")
    def given(self, source: Source) -> str:
        return format_html(
            '<a href="{0}" rel="noreferrer noopener">{0}</a>', source.canonical_url
        )

    def view_on_site(self, source: Source) -> str:
        return source.canonical_url

    def save_model(
        self, request: HttpRequest, obj: Source, form: Any, change: bool
    ) -> None:
        typed = form.cleaned_data
        with told_on(form):
            if change:
                if form.touched:
                    attaching.describe(
                        obj,
                        version=typed["opened_version"],
                        **{name: typed[name] for name in form.touched},
                    )
                return
            known = attaching.attach(typed["url"], now=moment(request))
            if known.added_at != moment(request):
                messages.info(request, "This page is a source already; here it is.")
            else:
                about = {name: typed[name] for name in form.touched if name != "url"}
                attaching.describe(known, version=known.version, **about)
        become(obj, known)

    @admin.action(description="Check now")
    def check_now(self, request: HttpRequest, sources: QuerySet[Source]) -> None:
        for source in sources:
            attaching.refresh(source, now=moment(request))
        messages.success(request, f"{len(sources)} will be looked at in a moment.")
