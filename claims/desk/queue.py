"""The queue: what waits, for whom, since when and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Exists, OuterRef, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.access import may_review
from claims.desk.doors import DeskRequest, at_desk
from claims.desk.forms.fields import number
from claims.desk.forms.views import SaveForm
from claims.desk.heaps import LABELS, Tab, counts, heap
from claims.desk.live import if_changed
from claims.desk.narrowing import filters, narrowed
from claims.desk.waiting import Why, due_in_words, until_in_words, why
from claims.models import Claim, Lease, Move, SavedView, Snooze
from claims.models.claim import ClaimQuerySet
from claims.models.people import called, called_in_rows
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
    takes: bool  # whether they could take it
    gone: str = ""  # why it is in this heap no more, since the page was opened


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """What has happened to a page of the queue since it was opened."""

    fresh: int  # claims that would stand on it now
    gone: int  # claims on it that lie in another heap by now

    @property
    def standing(self) -> str:
        """The same in few letters, to be compared with later."""
        return f"{self.fresh}.{self.gone}"

    def news(self, before: str) -> str:
        """Return in a sentence or two what happened since it stood like that."""
        fresh, _dot, gone = before.partition(".")
        more, less = self.fresh - (number(fresh) or 0), self.gone - (number(gone) or 0)
        told = []
        if more > 0:
            says = ngettext("One more claim waits.", "%(n)s more claims wait.", more)
            told.append(says % {"n": more})
        if less > 0:
            says = ngettext(
                "One claim on this page is in other hands now.",
                "%(n)s claims on this page are in other hands now.",
                less,
            )
            told.append(says % {"n": less})
        return " ".join(told)


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
    lying = narrowed(heap(tab, request.user, now=now), form, now=now)
    found, following = _page(lying, request.GET.get("after", ""))
    waiting = counts(request.user, now=now)
    if request.htmx and "rows" in request.GET:
        return _since(request, lying, found, tab=tab, waiting=waiting, now=now)
    rows = rows_of(found, now=now, user=request.user)
    return render(
        request,
        "claims/desk/queue.html",
        {
            **_heaps(tab, waiting),
            "view": view,
            "views": views,
            "save_form": _save_form(form.chosen, tab, view),
            "late": sum(row.late for row in rows),
            "rows": rows,
            "form": form,
            "filtered": bool(form.chosen),
            "next_page": _address(request, after=following) if following else "",
            "first_page": _address(request, after="")
            if request.GET.get("after")
            else "",
            "here": request.get_full_path(),
            "keys": ",".join(map(str, found)),
            **_controls(rows, request.user),
        },
        status=200 if form.is_valid() else 422,
    )


def _heaps(tab: Tab, waiting: Mapping[str, int]) -> dict[str, Any]:
    return {
        "tab": tab.value,
        "tabs": [(t.value, LABELS[t], waiting.get(t)) for t in Tab],
        "waiting_candidates": waiting["inbox"],
        "counts": {str(key): count for key, count in waiting.items()},
    }


def _since(
    request: DeskRequest,
    lying: ClaimQuerySet,
    found: Sequence[UUID],
    *,
    tab: Tab,
    waiting: Mapping[str, int],
    now: datetime,
) -> HttpResponse:
    """
    Show what became of the rows that a page shows, and how many are new.

    None moves or goes: somebody may be about to press a key on one.
    """
    known = _keys(request.GET["rows"])
    still = set(lying.filter(pk__in=known).values_list("pk", flat=True))
    rows = [
        row if row.claim.pk in still else replace(row, gone=_gone(row, request.user))
        for row in rows_of(known, now=now, user=request.user)
    ]
    arrived = Arrived(
        fresh=len(set(found) - set(known)), gone=sum(bool(row.gone) for row in rows)
    )
    context = {
        **_heaps(tab, waiting),
        "view": request.GET.get("view", ""),
        "rows": rows,
        "arrived": arrived,
        "news": arrived.news(request.GET.get("told", "")),
        "here": _address(request, after=request.GET.get("after", "")),
        "keys": ",".join(map(str, known)),
        **_controls(rows, request.user),
    }
    return if_changed(
        request, render(request, "claims/desk/_queue_since.html", context)
    )


def _controls(rows: Sequence[Row], user: User) -> dict[str, bool]:
    reviews = may_review(user)
    return {
        "may_review": reviews,
        "may_choose": reviews and any(row.takes for row in rows),
    }


def _keys(asked: str) -> list[UUID]:
    try:
        return [UUID(key) for key in asked.split(",")[:PAGE] if key]
    except ValueError:
        return []


def _gone(row: Row, user: User) -> str:
    holder = row.claim.assigned_to
    if holder is None:
        return str(row.claim.get_status_display())
    if holder == user:
        return _("yours now")
    return _("%(name)s has it now") % {"name": called(holder)}


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


def _page(heap: ClaimQuerySet, after: str) -> tuple[list[UUID], str]:
    """Return what stands on one page, and where the next one begins."""
    found: list[tuple[UUID, datetime | None]] = []
    for part in _following(heap, after):
        wanted = PAGE + 1 - len(found)
        if wanted:
            keys = part.most_urgent_first().values_list("pk", "due_at")
            found += keys[:wanted]
    shown = [pk for pk, _ in found[:PAGE]]
    if len(found) <= PAGE:
        return shown, ""
    last_key, last_due = found[PAGE - 1]
    return shown, f"{last_due.isoformat() if last_due else ''}_{last_key}"


def rows_of(keys: Sequence[UUID], *, now: datetime, user: User) -> list[Row]:
    """Return these claims in this order, with all that the queue shows of them."""
    newest = Move.objects.filter(claim=OuterRef("pk")).newest_first()
    claims = (
        Claim.objects.filter(pk__in=keys)
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
            free=Exists(Claim.objects.free_for(user).filter(pk=OuterRef("pk"))),
        )
    )
    by_key = {claim.pk: claim for claim in claims}
    broke = causes.unanswered(
        [claim.pk for claim in claims if claim.status == ClaimStatus.RECHECK]
    )
    return [_row(by_key[pk], broke.get(pk, ()), now=now) for pk in keys if pk in by_key]


def _following(heap: ClaimQuerySet, after: str) -> list[ClaimQuerySet]:
    """Return what comes after a place in the heap: those with a due time, then those without."""
    due, _, key = after.partition("_")
    try:
        last = Claim._meta.pk.to_python(key) if key else None
        moment = datetime.fromisoformat(due) if due else None
        # At the ends of the calendar some hours of other zones are no moment.
        moment = moment.astimezone(UTC) if moment and moment.tzinfo else moment
    except (ValueError, OverflowError, forms.ValidationError):
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
        takes=bool(getattr(claim, "free", False)),
    )


def _address(request: DeskRequest, *, after: str) -> str:
    dropped = {"after", "rows", "told"}
    query = {key: value for key, value in request.GET.items() if key not in dropped}
    if after:
        query["after"] = after
    return f"{reverse('desk:queue')}?{urlencode(query)}"
