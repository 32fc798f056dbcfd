"""The queue: what waits, for whom, since when and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.access import may_review
from claims.desk.doors import DeskRequest, at_desk
from claims.desk.forms.views import SaveForm
from claims.desk.heaps import LABELS, Tab, counts, heap
from claims.desk.narrowing import filters, narrowed
from claims.desk.waiting import Why, due_in_words, until_in_words, why
from claims.models import Claim, Lease, Move, SavedView, Snooze
from claims.models.claim import ClaimQuerySet
from claims.models.people import called_in_rows
from claims.search import causes
from claims.search.keyset import later_than
from claims.vocabulary import AT_THE_DESK, ClaimStatus

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from django.contrib.auth.models import User

    from claims.search.causes import Cause

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One claim in the queue, ready to be shown."""

    claim: Claim
    due: str
    late: bool  # or within two hours
    why: Why
    here: str  # who else has it open
    waits: bool  # somebody still has to do something about it
    put_off: str  # until when, by whoever is looking


@at_desk
def queue(request: DeskRequest) -> HttpResponse:
    """Show one heap of claims, the most urgent first; or a view that was saved."""
    now = timezone.now()
    views = list(
        SavedView.objects.open_to(request.user).select_related("owner").by_name()
    )
    view = _view(request, views)
    asked = view.filters if view else request.GET
    tab = _tab(request, asked)
    form = filters(asked)
    rows, following = _page(
        narrowed(heap(tab, request.user, now=now), form, now=now),
        request.GET.get("after", ""),
        now=now,
        user=request.user,
    )
    waiting = counts(request.user, now=now)
    return render(
        request,
        "claims/desk/queue.html",
        {
            "tab": tab.value,
            "tabs": [(t.value, LABELS[t], waiting.get(t)) for t in Tab],
            "view": view,
            "views": views,
            "save_form": _save_form(form.chosen, tab, view),
            "waiting_candidates": waiting["inbox"],
            "counts": {str(key): count for key, count in waiting.items()},
            "late": sum(row.late for row in rows),
            "rows": rows,
            "form": form,
            "filtered": bool(form.chosen),
            "next_page": _address(request, after=following) if following else "",
            "first_page": _address(request, after="")
            if request.GET.get("after")
            else "",
            "here": request.get_full_path(),
            "may_review": may_review(request.user),
        },
        status=200 if form.is_valid() else 422,
    )


def _view(request: DeskRequest, views: list[SavedView]) -> SavedView | None:
    key = request.GET.get("view", "")
    if not key:
        return None
    found = next((view for view in views if str(view.pk) == key.lower()), None)
    if found is None:
        raise Http404("There is no such view, or nobody shares it with you.")
    return found


def _tab(request: DeskRequest, asked: Mapping[str, Any]) -> Tab:
    named = str(asked.get("tab") or Tab.MINE)
    if named in set(Tab):
        return Tab(named)
    messages.warning(
        request,
        _("There is no queue “%(name)s”; this is yours.") % {"name": named[:40]},
    )
    return Tab.MINE


def _save_form(
    chosen: Mapping[str, str], tab: Tab, view: SavedView | None
) -> SaveForm | None:
    """Return the form that keeps what is chosen; None where there is nothing new."""
    if view is not None or not chosen:
        return None
    return SaveForm(initial={**chosen, "tab": tab.value}, auto_id="save_%s")


# --- Pages --------------------------------------------------------------------


def _page(
    heap: ClaimQuerySet, after: str, *, now: datetime, user: User
) -> tuple[list[Row], str]:
    """Return the rows of one page, and where the next one begins."""
    found: list[tuple[UUID, datetime | None]] = []
    for part in _following(heap, after):
        wanted = PAGE + 1 - len(found)
        if wanted:
            rows_of = part.most_urgent_first().values_list("pk", "due_at")
            found += rows_of[:wanted]
    more = len(found) > PAGE
    shown = [pk for pk, _ in found[:PAGE]]
    newest = Move.objects.filter(claim=OuterRef("pk")).newest_first()
    claims = (
        Claim.objects.filter(pk__in=shown)
        .with_assessment_counts()
        .select_related("claimant", "assigned_to")
        .annotate(
            last_reason=Subquery(newest.values("reason")[:1]),
            last_from=Subquery(newest.values("from_status")[:1]),
            last_note=Subquery(newest.values("note")[:1]),
            last_by=Subquery(
                newest.annotate(called=called_in_rows("by")).values("called")[:1]
            ),
            holder=Subquery(
                Lease.objects.live(now)
                .exclude(holder=user)
                .filter(claim=OuterRef("pk"))
                .annotate(called=called_in_rows("holder"))
                .values("called")[:1]
            ),
            put_off_until=Subquery(
                Snooze.objects.asleep(now)
                .filter(claim=OuterRef("pk"), person=user)
                .values("until")[:1]
            ),
        )
    )
    by_key = {claim.pk: claim for claim in claims}
    broke = causes.unanswered(
        [claim.pk for claim in claims if claim.status == ClaimStatus.RECHECK]
    )
    rows = [
        _row(by_key[pk], broke.get(pk, ()), now=now) for pk in shown if pk in by_key
    ]
    if not more:
        return rows, ""
    last_key, last_due = found[PAGE - 1]
    return rows, f"{last_due.isoformat() if last_due else ''}_{last_key}"


def _following(heap: ClaimQuerySet, after: str) -> list[ClaimQuerySet]:
    """Return what comes after a place in the heap: those with a due time, then those without."""
    due, _, key = after.partition("_")
    try:
        last = Claim._meta.pk.to_python(key) if key else None
        moment = datetime.fromisoformat(due) if due else None
    except (ValueError, forms.ValidationError):
        return [heap]
    if last is None or (moment is not None and moment.tzinfo is None):
        return [heap]
    undated = heap.filter(due_at=None)
    if moment is None:
        return [undated.filter(pk__gt=last)]
    return [heap.filter(later_than(moment, last, by="due_at")), undated]


def _row(claim: Claim, broke: Sequence[Cause], *, now: datetime) -> Row:
    due, late = due_in_words(claim.due_at, now=now)
    at_work = claim.status in AT_THE_DESK
    until: datetime | None = getattr(claim, "put_off_until", None)
    return Row(
        claim=claim,
        due=due if at_work else "",
        late=late and at_work,
        why=why(claim, unanswered=broke),
        here=getattr(claim, "holder", None) or "",
        waits=at_work,
        put_off=until_in_words(until, now=now) if until else "",
    )


def _address(request: DeskRequest, *, after: str) -> str:
    query = {key: value for key, value in request.GET.items() if key != "after"}
    if after:
        query["after"] = after
    return f"{reverse('desk:queue')}?{urlencode(query)}"
