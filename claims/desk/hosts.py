"""Sites: what stands on them, how they answer, and when they are left alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.contrib import messages
from django.db.models import Case, Q, Value, When
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from claims.access import Role, may_edit, require
from claims.desk import snapshots
from claims.desk.doors import FORBIDDEN, DeskRequest, at_desk
from claims.errors import NotYours
from sources import hosts as sites
from sources.api.views import nudge
from sources.discretion import sources_open_to
from sources.models import Check, Source
from sources.telling.sites import HEIGHT, WIDTH, Site, site, trouble
from sources.vocabulary import SourceState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from sources.models.source import SourceQuerySet

SHOWN = 50
_BROKEN = [SourceState.FAILING, SourceState.GONE, SourceState.BLOCKED]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """The same trouble with the same page, however often it was met."""

    newest: Check
    number: int


def _told_once(trouble: Iterable[Check]) -> list[Trouble]:
    """Return trouble, the newest first, each kind of a page once."""
    alike: dict[tuple[UUID, str, str], list[Check]] = {}
    for check in trouble:
        met = alike.setdefault((check.source_id, check.outcome, check.said), [])
        met.append(check)
    return [Trouble(newest=met[0], number=len(met)) for met in alike.values()]


NOTHING_KNOWN = gettext_lazy(
    "Nothing is known of this site: no source stands on it. The list of sites has "
    "those that are known."
)


@require_safe
@at_desk
def hosts(request: DeskRequest) -> HttpResponse:
    """Show the sites that need an eye, and lead to any other."""
    now = timezone.now()
    asked = request.GET.get("name", "").strip().lower()[:2_048]
    name = _name_in(asked)
    known = sources_open_to(request.user)
    found = bool(name) and site(name, among=known, now=now) is not None
    if found:
        return redirect("desk:host", name)
    return render(
        request,
        "claims/desk/hosts.html",
        {
            "trouble": trouble(among=known, now=now, number=SHOWN),
            "asked": asked,
            "now": now,
        },
    )


def _name_in(asked: str) -> str:
    """Return the host that was typed, also where a whole address was."""
    try:
        name = urlsplit(asked if "//" in asked else f"//{asked}").hostname or ""
    except ValueError:
        return ""
    return "" if "/" in name else name


@require_safe
@at_desk
def host(request: DeskRequest, name: str) -> HttpResponse:
    """Show everything known of one site."""
    return _page(request, name)


@require_POST
@at_desk
def resume(request: DeskRequest, name: str) -> HttpResponse:
    """End the pause of a site before its time; for editors."""
    try:
        require(request.user, Role.EDITOR)
    except NotYours as exc:
        messages.error(request, str(exc))
        return _page(request, name, status=FORBIDDEN)
    known = sources_open_to(request.user)
    if site(name, among=known, now=timezone.now()) is None:
        raise Http404(NOTHING_KNOWN)
    if sites.resume(name):
        nudge()
        messages.success(
            request, _("The pause is over. What is due is looked at soon.")
        )
    else:
        messages.info(request, _("The site was not paused."))
    return redirect("desk:host", name)


def _page(request: DeskRequest, name: str, *, status: int = 200) -> HttpResponse:
    known = sources_open_to(request.user)
    found = site(name, among=known, now=timezone.now())
    if found is None:
        raise Http404(NOTHING_KNOWN)
    sources, older = _sources(known.filter(host=name), request.GET)
    state = request.GET.get("state", "")
    return render(
        request,
        "claims/desk/host.html",
        {
            "site": found,
            "trouble": _told_once(found.trouble),
            "sources": [(each, _keeps_out(found, each)) for each in sources],
            "state": state if state in SourceState.values else "",
            "older": older,
            "before": request.GET.get("before", ""),
            "may_resume": may_edit(request.user),
            "picture": {"width": WIDTH, "height": HEIGHT},
        },
        status=status,
    )


def _keeps_out(found: Site, source: Source) -> bool:
    return found.disallows(source.canonical_url)


def _sources(
    known: SourceQuerySet, asked: Mapping[str, str]
) -> tuple[list[Source], Source | None]:
    """Return some of a site's sources, broken ones first, and the one to go on from."""
    well = Case(When(state__in=_BROKEN, then=Value(0)), default=Value(1))
    rows = known.annotate(well=well)
    if (state := asked.get("state", "")) in SourceState.values:
        rows = rows.filter(state=state)
    before = snapshots.key(asked.get("before", ""))
    if before and (last := rows.filter(pk=before).first()):
        rank = int(last.state not in _BROKEN)
        # Keys grow with time.
        rows = rows.filter(Q(well=rank, pk__lt=last.pk) | Q(well__gt=rank))
    found = list(rows.order_by("well", "-pk")[: SHOWN + 1])
    return found[:SHOWN], found[SHOWN - 1] if len(found) > SHOWN else None
