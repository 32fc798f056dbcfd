"""A cited page: where it stands and why, what was seen of it, and what rests on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from claims import access
from claims.desk import looking, snapshots
from claims.desk.doors import NO_CONTENT, DeskRequest, at_desk
from claims.desk.evidence import told
from claims.models import Citation, Claim
from sources import attaching, quote, telling
from sources.api.views import nudge
from sources.discretion import passages_open_to, sources_open_to
from sources.models import Check, Passage, Sighting, Source
from sources.telling.passages import label, remark
from sources.telling.runs import looks

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import User

PASSAGES, SIGHTINGS, CLAIMS = 50, 12, 50  # shown at most
CHECKS = 50  # on one page of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One change of where words stand, with the words and numbers that changed."""

    sighting: Sighting
    diff: tuple[quote.Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A passage with each change of where it stood, the newest first."""

    passage: Passage
    stance: telling.Stance
    label: str
    remark: str
    seen: tuple[Seen, ...]


@require_safe
@at_desk
def source(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show everything known of one page."""
    now = timezone.now()
    known = sources_open_to(request.user)
    found = get_object_or_404(known.select_related("same_as"), pk=pk)
    look = request.GET.get("look", "")
    claims = _resting_on(found, user=request.user)
    account = telling.account(found, now=now)
    passages = _watched(found, user=request.user, newest=account.newest)
    return render(
        request,
        "claims/desk/source.html",
        {
            "source": found,
            "account": account,
            "aliases": known.filter(same_as=found).order_by("added_at", "pk")[:CLAIMS],
            "timeline": telling.timeline(
                found, before=snapshots.key(request.GET.get("before", ""))
            ),
            "before": request.GET.get("before", ""),
            "shelf": snapshots.shelf(found, request.GET),
            "passages": passages[:PASSAGES],
            "more_passages": len(passages) > PASSAGES,
            "claims": claims[:CLAIMS],
            "more_claims": len(claims) > CLAIMS,
            "progress": _progress(found, look, now=now),
            "may_check": found.same_as_id is None,
            "now": now,
        },
    )


def _progress(source: Source, look: str, *, now: datetime) -> looking.Progress | None:
    if not (look == "none" or snapshots.key(look)):
        return None
    return looking.progress(source, look=look, now=now)


def _watched(source: Source, *, user: User, newest: Check | None) -> list[Watched]:
    stood = Sighting.objects.standing().filter(passage=OuterRef("pk"))
    passages = list(
        passages_open_to(user)
        .filter(source=source)
        .annotate(stood=Exists(stood))
        .select_related("source")
        .order_by("added_at", "pk")[: PASSAGES + 1]
    )
    seen: dict[UUID, list[Seen]] = {passage.pk: [] for passage in passages}
    sightings = (
        Sighting.objects.filter(passage__in=passages)
        .select_related("snapshot")
        .defer("snapshot__text", "snapshot__body_zstd", "snapshot__metadata")
        .newest_first()
    )
    for sighting in sightings[: PASSAGES * SIGHTINGS]:
        so_far = seen[sighting.passage_id]
        if len(so_far) < SIGHTINGS:
            so_far.append(Seen(sighting=sighting, diff=told(sighting.diff)))
    return [
        _told(passage, tuple(seen[passage.pk]), newest=newest) for passage in passages
    ]


def _told(
    passage: Any,  # Any: an annotated column
    seen: tuple[Seen, ...],
    *,
    newest: Check | None,
) -> Watched:
    where = telling.stance(passage, stood=passage.stood)
    return Watched(
        passage=passage,
        stance=where,
        label=label(passage, where),
        remark=remark(passage, where, newest=newest),
        seen=seen,
    )


def _resting_on(source: Source, *, user: User) -> list[Claim]:
    """Return the claims that rest on a page, as far as this person may know it."""
    citations = (
        Citation.objects.filter(passage__source=source)
        .filter(access.findings_open_to(user, review="review"))
        .values_list("claim", "assessment__claim", "review__claim")
    )
    keys: set[UUID] = set()
    for cited_by in citations:
        keys.update(filter(None, cited_by))
    found = Claim.objects.filter(pk__in=keys).select_related("claimant")
    return list(found.newest_first()[: CLAIMS + 1])


@require_safe
@at_desk
def checks(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show looks at a page one by one."""
    found = get_object_or_404(sources_open_to(request.user), pk=pk)
    since = snapshots.key(request.GET.get("from", ""))
    rows = looks(found, since=since, number=CHECKS + 1)
    return render(
        request,
        "claims/desk/checks.html",
        {
            "source": found,
            "checks": rows[:CHECKS],
            "older": rows[CHECKS].pk if len(rows) > CHECKS else None,
            "newest": since is None,
        },
    )


# --- Checking now -------------------------------------------------------------


@require_POST
@at_desk
def check(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Have a page looked at as soon as a worker is free."""
    now = timezone.now()
    known = sources_open_to(request.user)
    found = get_object_or_404(known.select_related("same_as"), pk=pk)
    page = found.same_as or found
    look = looking.newest_look(page)
    attaching.refresh(found, now=now)
    nudge()
    if request.htmx:
        page.refresh_from_db()
        return _shown(request, page, looking.progress(page, look=look, now=now))
    back = request.POST.get("next", "")
    # A word without a slash would be taken for the name of a view.
    if back.startswith("/") and url_has_allowed_host_and_scheme(
        back, allowed_hosts=None
    ):
        messages.info(request, _("A worker looks at it in some seconds."))
        return redirect(back)
    return redirect(f"{reverse('desk:source', args=[page.pk])}?look={look}#progress")


@require_safe
@at_desk
def progress(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Say how far the look has come that somebody asked for; for htmx."""
    found = get_object_or_404(sources_open_to(request.user), pk=pk)
    look = str(snapshots.key(request.GET.get("look", "")) or "none")
    if not request.htmx:
        return redirect(f"{reverse('desk:source', args=[pk])}?look={look}#progress")
    now_at = looking.progress(found, look=look, now=timezone.now())
    if now_at.step == request.GET.get("step"):
        return HttpResponse(status=NO_CONTENT)  # the same again would be read out again
    return _shown(request, found, now_at)


def _shown(
    request: DeskRequest, source: Source, progress: looking.Progress
) -> HttpResponse:
    return render(
        request,
        "claims/desk/_progress.html",
        {
            "source": source,
            "progress": progress,
            "polled": True,
            "news": progress.says if request.GET.get("told") != progress.step else "",
        },
    )
