"""Sites as a whole, and what lies between two steps of a check. To read only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db.models import CharField, Exists, F, Func, OuterRef, Value
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from sources import hosts
from sources.admin.naming import link_to
from sources.admin.panel import Panel, asked_at
from sources.discretion import sources_open_to
from sources.models import Capture, Host, LostPage, Robots, Source
from sources.telling.words import between

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

TEXT_SHOWN = 20_000  # characters of a robots.txt or a lost page
# The host of «https://example.org:8443».
_SITE = Func(
    F("origin"),
    Value(r"^[a-z]+://(\[[^]]*\]|[^/:]*).*$"),
    Value(r"\1"),
    function="REGEXP_REPLACE",
    output_field=CharField(),
)


@admin.register(Host)
class HostPanel(Panel):
    """Sites: how fast they answer, and when they want to be left alone."""

    list_display = (
        "name",
        "paused_until",
        "why",
        "latency",
        "answered_at",
    )
    list_filter = (("paused_until", admin.EmptyFieldListFilter),)
    search_fields = ("name",)
    ordering = ("name",)
    fields = (
        "name",
        ("latency", "answered_at"),
        ("paused_until", "paused_at"),
        "why",
    )
    readonly_fields = ("why", "latency")
    actions = ("end_the_pause",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Host]:
        rows: QuerySet[Host] = super().get_queryset(request)
        known: QuerySet[Host] = _known(rows, request, site=F("name"))
        return known

    @admin.display(description=_("Why it is left alone"))
    def why(self, host: Host) -> str:
        return host.pause_said or "–"

    @admin.display(description=_("Answered within"), ordering="latency_ms")
    def latency(self, host: Host) -> str:
        return "–" if host.latency_ms is None else f"{host.latency_ms} ms"

    @admin.action(description=_("End the pause"))
    def end_the_pause(self, request: HttpRequest, chosen: QuerySet[Host]) -> None:
        names = list(chosen.values_list("name", flat=True))
        ended = sum(hosts.resume(name) for name in names)
        told = messages.success if ended else messages.info
        told(
            request,
            _("Paused until now, and not any more: %(ended)s of %(number)s.")
            % {"ended": ended, "number": len(names)},
        )


@admin.register(Robots)
class RobotsPanel(Panel):
    """What sites say to automatic visitors."""

    list_display = ("origin", "standing", "standing_since", "http_status", "fetched_at")
    list_filter = ("standing",)
    search_fields = ("origin",)
    ordering = ("origin",)
    fields = (
        "origin",
        ("standing", "standing_since"),
        ("http_status", "fetched_at"),
        "rules",
    )
    readonly_fields = ("rules",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Robots]:
        rows: QuerySet[Robots] = _known(
            super().get_queryset(request), request, site=_SITE
        )
        return rows if _of_one(request) else rows.defer("text")

    @admin.display(description=_("Text"))
    def rules(self, robots: Robots) -> str:
        return _text(robots.text)


@admin.register(Capture)
class CapturePanel(Panel):
    """Pages that were fetched and wait to be read."""

    list_display = ("page", "fetched_at", "waits")
    list_display_links = ("fetched_at",)
    search_fields = ("source__canonical_url",)
    list_select_related = ("source",)
    ordering = ("fetched_at", "pk")
    fields = ("page", ("fetched_at", "waits"), "lease_token")
    readonly_fields = ("page", "waits")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Capture]:
        rows: QuerySet[Capture] = super().get_queryset(request)
        return (
            rows.filter(source__in=sources_open_to(request.user))
            .defer("body_zstd", "answer")
            .annotate(asked_at=asked_at(request))
        )

    @admin.display(description=_("Source"), ordering="source")
    def page(self, capture: Capture) -> str:
        return link_to(capture.source, capture.source.name[:80])

    @admin.display(description=_("Waits for"))
    def waits(self, capture: Any) -> str:
        return between(capture.fetched_at, capture.asked_at)


@admin.register(LostPage)
class LostPagePanel(Panel):
    """What sites show for pages that never were there."""

    list_display = ("origin", "folder", "title", "http_status", "seen_at")
    search_fields = ("origin", "folder", "title")
    ordering = ("origin", "folder")
    fields = (
        ("origin", "folder"),
        ("seen_at", "http_status"),
        "final_url",
        "title",
        "words",
    )
    readonly_fields = ("words",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[LostPage]:
        rows: QuerySet[LostPage] = _known(
            super().get_queryset(request), request, site=_SITE
        )
        return rows if _of_one(request) else rows.defer("text")

    @admin.display(description=_("Text"))
    def words(self, lost: LostPage) -> str:
        return _text(lost.text)


def _known(rows: Any, request: HttpRequest, *, site: F | Func[Any]) -> Any:
    """Leave out the sites of which only a review cites pages that is hidden."""
    there = Source.objects.filter(host=OuterRef("its_site"))
    known = sources_open_to(request.user).filter(host=OuterRef("its_site"))
    return rows.alias(its_site=site).filter(~Exists(there) | Exists(known))


def _of_one(request: HttpRequest) -> bool:
    match: Any = request.resolver_match
    return match is not None and "object_id" in match.kwargs


def _text(text: str) -> str:
    if not text:
        return "–"
    more = " …" if len(text) > TEXT_SHOWN else ""
    return format_html('<div class="said text">{}{}</div>', text[:TEXT_SHOWN], more)
