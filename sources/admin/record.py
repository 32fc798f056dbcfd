"""What workers wrote down: checks, snapshots, passages and sightings. To read only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sources.admin.naming import chip, link_to, said
from sources.admin.panel import Panel, TabularRows
from sources.discretion import passages_open_to, sources_open_to
from sources.models import Check, Passage, Sighting, Snapshot
from sources.vocabulary import PassageState
from sources.wording import moment as spelled

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


@admin.display(description=_("Source"))
def of_source(row: Check | Snapshot | Passage) -> str:
    return link_to(row.source, row.source.name[:80])


@admin.display(description=_("Stand there"), ordering="state")
def standing(row: Passage | Sighting) -> str:
    return chip("passage", row.state, str(PassageState(row.state).label))


@admin.display(description=pgettext_lazy("column", "memento URL"))
def copied_at(row: Snapshot | Sighting) -> str:
    """Return a link to the copy in an archive that it was read from, if it was."""
    if not row.memento_url:
        return "–"
    return format_html(
        '<a href="{0}" rel="noreferrer noopener">{0}</a>', row.memento_url
    )


def seen_at(snapshot: Snapshot | None) -> str:
    """Return a link to a snapshot by when it was taken: nobody knows it by its hash."""
    return link_to(snapshot, "" if snapshot is None else spelled(snapshot.fetched_at))


@admin.register(Check)
class CheckPanel(Panel):
    """Looks at sources, newest first."""

    list_display = (
        "started_at",
        of_source,
        "outcome",
        "http_status",
        "duration_ms",
        "told",
    )
    list_filter = ("outcome",)
    search_fields = ("source__canonical_url", "detail")
    list_select_related = ("source",)
    ordering = ("-pk",)  # keys grow with time, and have an index
    fields = (
        of_source,
        ("started_at", "duration_ms"),
        ("outcome", "http_status", "bytes"),
        "told",
        "way",
        "saw",
        "lease_token",
    )
    readonly_fields = (of_source, "told", "way", "saw")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Check]:
        checks: QuerySet[Check] = super().get_queryset(request)
        return checks.filter(source__in=sources_open_to(request.user))

    @admin.display(description=_("What it found"))
    def told(self, check: Check) -> str:
        return check.said

    @admin.display(description=_("By way of"))
    def way(self, check: Check) -> str:
        return format_html_join(
            "",
            '<div>{} <span class="onward" aria-hidden="true">→</span> <bdi>{}</bdi></div>',
            ((h.get("status"), h.get("url")) for h in check.hops),
        )

    @admin.display(description=_("Snapshot"))
    def saw(self, check: Check) -> str:
        return seen_at(check.snapshot)


@admin.register(Snapshot)
class SnapshotPanel(Panel):
    """What checks saw: the text a reader sees."""

    list_display = ("fetched_at", of_source, "title", "media_type", "body_bytes")
    search_fields = ("source__canonical_url", "title", "sha256")
    list_select_related = ("source",)
    ordering = ("-pk",)
    fields = (
        of_source,
        ("fetched_at", "final_url"),
        copied_at,
        ("media_type", "charset", "body_bytes"),
        "sha256",
        "title",
        "words",
    )
    readonly_fields = (of_source, copied_at, "words")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Snapshot]:
        snapshots: QuerySet[Snapshot] = super().get_queryset(request)
        one = request.resolver_match and "object_id" in request.resolver_match.kwargs
        # The body is for workers; the text for the page of one snapshot.
        return snapshots.filter(source__in=sources_open_to(request.user)).defer(
            "body_zstd", *(() if one else ("text", "metadata"))
        )

    @admin.display(description=_("Text"))
    def words(self, snapshot: Snapshot) -> str:
        return format_html('<div class="said text">{}</div>', snapshot.text)


class Sightings(TabularRows):
    """How it came that the words stand where they do."""

    model = Sighting
    fields = readonly_fields = ("at", standing, "found", "difference", copied_at)
    ordering = ("-at", "-pk")

    @admin.display(description=_("Difference"))
    def difference(self, sighting: Sighting) -> str:
        return marked(sighting.diff)


@admin.register(Passage)
class PassagePanel(Panel):
    """Words that are watched on a page."""

    list_display = ("words", of_source, standing, "state_since", "misses")
    list_filter = ("state",)
    search_fields = ("exact", "source__canonical_url")
    list_select_related = ("source",)
    ordering = ("-pk",)
    fields = (
        of_source,
        "whole",
        (standing, "state_since", "misses"),
        "snapshot_link",
        ("start", "end", "added_at"),
    )
    readonly_fields = (of_source, "whole", standing, "snapshot_link")
    inlines = (Sightings,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Passage]:
        passages: QuerySet[Passage] = super().get_queryset(request)
        return passages.filter(pk__in=passages_open_to(request.user).values("pk"))

    @admin.display(description=_("Words"), ordering="exact")
    def words(self, passage: Passage) -> str:
        return said(passage.exact)

    @admin.display(description=_("Words"))
    def whole(self, passage: Passage) -> str:
        return format_html(
            '<span class="said"><span class="soft">{}</span> <mark>{}</mark> '
            '<span class="soft">{}</span></span>',
            passage.prefix,
            passage.exact,
            passage.suffix,
        )

    @admin.display(description=_("Seen in"))
    def snapshot_link(self, passage: Passage) -> str:
        return seen_at(passage.snapshot)


@admin.register(Sighting)
class SightingPanel(Panel):
    """Each change of where watched words stand."""

    list_display = ("at", "words", standing, "difference")
    list_filter = ("state",)
    search_fields = ("passage__exact", "passage__source__canonical_url")
    list_select_related = ("passage",)
    ordering = ("-at", "-pk")
    fields = ("of_passage", "at", standing, "found", "difference", copied_at)
    readonly_fields = ("of_passage", standing, "difference", copied_at)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Sighting]:
        sightings: QuerySet[Sighting] = super().get_queryset(request)
        open_to_them = passages_open_to(request.user).values("pk")
        return sightings.filter(passage__in=open_to_them)

    @admin.display(description=_("Words"))
    def words(self, sighting: Sighting) -> str:
        return said(sighting.passage.exact)

    @admin.display(description=_("Words"))
    def of_passage(self, sighting: Sighting) -> str:
        return link_to(sighting.passage, sighting.passage.exact[:200])

    @admin.display(description=_("Difference"))
    def difference(self, sighting: Sighting) -> str:
        return marked(sighting.diff)


def marked(diff: list[Any]) -> str:
    """Return a difference of words with what went struck and what came marked."""
    tags = {"-": "del", "+": "ins"}
    pieces = [(each[0], each[1], each[1].rstrip()) for each in diff if len(each) > 1]
    return format_html_join(
        "",
        "<{0}>{1}</{0}>{2}",
        (
            (
                tags.get(operation, "span"),
                words,
                " " if operation == "-" or words != text else "",
            )
            for operation, text, words in pieces
        ),
    )
