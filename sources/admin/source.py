"""Pages that are cited: what they are, where they stand, and what is watched on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.utils.html import format_html, format_html_join
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sources import attaching
from sources.admin.naming import chip, link_to, said
from sources.admin.overtaken import VersionedForm
from sources.admin.panel import Panel, TabularRows, asked_at, become, moment
from sources.admin.refusal import told_on
from sources.discretion import passages_open_to, sources_open_to
from sources.models import Passage, Snapshot, Source
from sources.models.source import URL_MAX_CHARACTERS
from sources.plain import plain
from sources.telling import account, timeline
from sources.telling.runs import Run
from sources.telling.words import span
from sources.vocabulary import PassageState, SourceState
from sources.wording import moment as spelled

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

RUNS_SHOWN, SNAPSHOTS_SHOWN = 20, 20


class SourceForm(VersionedForm):
    """A page by its address, with what an editor knows of it."""

    url = forms.CharField(
        label=_("Address"),
        max_length=URL_MAX_CHARACTERS,
        validators=[plain],
        widget=forms.TextInput(attrs={"class": "vURLField", "inputmode": "url"}),
        help_text=_(
            "The same page twice is one source, however its address is spelled."
        ),
    )


class Passages(TabularRows):
    """The words that are watched on a page."""

    model = Passage
    fields = readonly_fields = ("words", "standing", "state_since", "misses")
    verbose_name_plural = _("Watched words")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Passage]:
        rows: QuerySet[Passage] = super().get_queryset(request)
        open_to_them = passages_open_to(request.user).values("pk")
        return rows.filter(pk__in=open_to_them).order_by("added_at", "pk")

    @admin.display(description=_("Words"))
    def words(self, passage: Passage) -> str:
        return link_to(passage, passage.exact[:300])

    @admin.display(description=_("Stand there"))
    def standing(self, passage: Passage) -> str:
        return chip("passage", passage.state, str(PassageState(passage.state).label))


class Snapshots(TabularRows):
    """The latest versions of a page that were kept, newest first."""

    model = Snapshot
    fields = readonly_fields = ("seen", "title", "media_type", "body_bytes")
    verbose_name_plural = format_lazy(
        _("Versions that were kept (latest {number})"), number=SNAPSHOTS_SHOWN
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Snapshot]:
        rows: QuerySet[Snapshot] = super().get_queryset(request)
        match = request.resolver_match
        source: Any = match.kwargs.get("object_id") if match is not None else None
        if source is None:
            return rows.none()
        newest = Snapshot.objects.filter(source_id=source).order_by(
            "-fetched_at", "-pk"
        )
        return (
            rows.filter(pk__in=newest.values("pk")[:SNAPSHOTS_SHOWN])
            .defer("body_zstd", "text", "metadata")
            .order_by("-fetched_at", "-pk")
        )

    @admin.display(description=_("Seen"))
    def seen(self, snapshot: Snapshot) -> str:
        return link_to(snapshot, spelled(snapshot.fetched_at))


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
    inlines = (Passages, Snapshots)
    actions = ("check_now",)
    adds = changes = True
    fieldsets = (
        (
            _("What it is"),
            {
                "fields": (
                    "title",
                    ("publisher", "author"),
                    ("published_at", "language"),
                )
            },
        ),
        (
            _("Where it stands"),
            {
                "fields": (
                    "given",
                    "final_url",
                    ("standing", "state_since", "failing_since"),
                    "why",
                    ("archived_url", "archived_at"),
                    "other_address",
                )
            },
        ),
        (
            _("When it is looked at"),
            {
                "fields": (
                    "when",
                    ("last_checked_at", "due_at", "usual"),
                    ("closely_until", "failures", "attempts", "parked_at"),
                    ("lease_until", "media_type", "version"),
                )
            },
        ),
        (_("What was found"), {"fields": ("runs",)}),
    )
    readonly_fields = (
        "given",
        "final_url",
        "standing",
        "state_since",
        "failing_since",
        "why",
        "archived_url",
        "archived_at",
        "other_address",
        "when",
        "last_checked_at",
        "due_at",
        "usual",
        "closely_until",
        "runs",
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

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        rows: QuerySet[Source] = super().get_queryset(request)
        return (
            rows.filter(pk__in=sources_open_to(request.user).values("pk"))
            .select_related("same_as")
            .annotate(asked_at=asked_at(request))
        )

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

    @admin.display(description=_("Page"), ordering="title")
    def name(self, source: Source) -> str:
        return said(source.name, characters=100)

    @admin.display(description=_("State"), ordering="state")
    def standing(self, source: Source) -> str:
        return chip("source", source.state, str(SourceState(source.state).label))

    @admin.display(description=_("Given up"), ordering="parked_at", boolean=True)
    def is_parked(self, source: Source) -> bool:
        return source.parked_at is not None

    @admin.display(description=_("Address"))
    def given(self, source: Source) -> str:
        return format_html(
            '<a href="{0}" rel="noreferrer noopener">{0}</a>', source.canonical_url
        )

    @admin.display(description=_("Why"))
    def why(self, source: Any) -> str:
        if not hasattr(source, "asked_at"):  # nobody has saved it yet
            return "–"
        told = account(source, now=source.asked_at)
        return format_html_join(
            "", "<div>{}</div>", ((each,) for each in (*told.why, told.next) if each)
        )

    @admin.display(description=_("Next check"))
    def when(self, source: Any) -> str:
        if not hasattr(source, "asked_at"):  # nobody has saved it yet
            return "–"
        told = account(source, now=source.asked_at)
        paused = told.pause.pause_said if told.pause is not None else ""
        closely = ""
        if told.closely_until is not None:
            closely = _("More closely until %(when)s, for much rests on it.") % {
                "when": spelled(told.closely_until)
            }
        return format_html_join(
            " ", "{}", ((each,) for each in (told.when, closely, paused) if each)
        )

    @admin.display(description=_("As a rule every"))
    def usual(self, source: Source) -> str:
        return span(source.interval)

    @admin.display(description=_("The same page as"))
    def other_address(self, source: Source) -> str:
        return link_to(source.same_as, source.same_as.name if source.same_as else "")

    @admin.display(description=_("Checks"))
    def runs(self, source: Source) -> str:
        rows = timeline(source).runs[:RUNS_SHOWN]
        return (
            format_html_join(
                "",
                '<div class="dotted"><span>{}</span><span>{}</span></div>',
                map(_told, rows),
            )
            or "–"
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
                messages.info(request, _("This page is a source already; here it is."))
            else:
                about = {name: typed[name] for name in form.touched if name != "url"}
                attaching.describe(known, version=known.version, **about)
        become(obj, known)

    @admin.action(description=_("Check now"))
    def check_now(self, request: HttpRequest, sources: QuerySet[Source]) -> None:
        for source in sources:
            attaching.refresh(source, now=moment(request))
        messages.success(
            request,
            ngettext(
                "%(number)d source will be looked at in a moment.",
                "%(number)d sources will be looked at in a moment.",
                len(sources),
            )
            % {"number": len(sources)},
        )


def _told(run: Run) -> tuple[str, str]:
    """Return a run as when and what, the newest look of it linked."""
    if run.number == 1:
        words = f"{run.label} {run.newest.http_status or ''}".strip()
        when = spelled(run.last_at)
    else:
        words = ngettext(
            "%(found)s %(number)d time", "%(found)s %(number)d times", run.number
        ) % {"found": run.label, "number": run.number}
        when = f"{spelled(run.first_at)} – {spelled(run.last_at)}"
    return when, format_html(
        "{}{}{}", link_to(run.newest, words), ": " if run.detail else "", run.detail
    )
