"""The queue: what waits, for whom, since when and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django import forms
from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, OuterRef, Q, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from claims.access import may_review
from claims.desk.doors import DeskRequest, at_desk
from claims.desk.forms.fields import Words
from claims.desk.steps import AT_THE_DESK
from claims.desk.waiting import Why, due_in_words, why
from claims.models import Candidate, Claim, Lease, Move
from claims.models.claim import ClaimQuerySet
from claims.vocabulary import ClaimStatus

if TYPE_CHECKING:
    from django.contrib.auth.models import User

PAGE = 50


class Tab(StrEnum):
    """The heaps that claims lie in."""

    MINE = "mine"
    UNCLAIMED = "unclaimed"
    SECOND = "second"
    RECHECK = "recheck"
    ARBITRATION = "arbitration"
    ALL = "all"


LABELS = {
    Tab.MINE: "Mine",
    Tab.UNCLAIMED: "Unclaimed",
    Tab.SECOND: "Second review",
    Tab.RECHECK: "Recheck",
    Tab.ARBITRATION: "Arbitration",
    Tab.ALL: "All claims",
}
OPEN_TO_ALL = (ClaimStatus.NEW, ClaimStatus.IN_REVIEW, ClaimStatus.CORRECTING)
DUE = [("", "Any time"), ("late", "Late"), ("day", "Within a day"), ("week", "A week")]
WITHIN = {"late": timedelta(0), "day": timedelta(days=1), "week": timedelta(days=7)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One claim in the queue, ready to be shown."""

    claim: Claim
    due: str
    late: bool  # or within two hours
    why: Why
    here: str  # who else has it open


class FilterForm(forms.Form):
    """What narrows the queue down."""

    q = Words(
        label="Words",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "data-key": "/"}),
    )
    due = forms.ChoiceField(label="Due", choices=DUE, required=False)
    language = forms.ChoiceField(label="Language", required=False)
    topic = forms.ChoiceField(label="Topic", required=False)

    def offer(self, *, languages: list[str], topics: list[str]) -> None:
        """Let people choose among what is there."""
        for name, values in (("language", languages), ("topic", topics)):
            self.fields[name] = forms.ChoiceField(
                label=name.title(),
                choices=[("", "Any"), *((value, value) for value in values)],
                required=False,
            )


@at_desk
def queue(request: DeskRequest) -> HttpResponse:
    """Show one heap of claims, the most urgent first."""
    now = timezone.now()
    tab = _tab(request)
    form = _filters(request)
    heap = _heap(tab, request.user)
    if form.is_valid():
        heap = _narrowed(heap, form, now=now)
    rows, following = _page(
        heap, request.GET.get("after", ""), now=now, user=request.user
    )
    counts = _counts(request.user)
    return render(
        request,
        "claims/desk/queue.html",
        {
            "tab": tab.value,
            "tabs": [(t.value, LABELS[t], counts.get(t)) for t in Tab],
            "waiting_candidates": counts["inbox"],
            "counts": {str(key): count for key, count in counts.items()},
            "late": sum(row.late for row in rows),
            "rows": rows,
            "form": form,
            "filtered": any(form.data.get(name) for name in form.fields),
            "next_page": _address(request, after=following) if following else "",
            "first_page": _address(request, after="")
            if request.GET.get("after")
            else "",
            "may_review": may_review(request.user),
        },
        status=200 if form.is_valid() else 422,
    )


def _tab(request: DeskRequest) -> Tab:
    asked = request.GET.get("tab", "")
    return Tab(asked) if asked in set(Tab) else Tab.MINE


def _heap(tab: Tab, user: User) -> ClaimQuerySet:
    claims = Claim.objects.all()
    if tab is Tab.MINE:
        return claims.taken_by(user).filter(status__in=AT_THE_DESK)
    if tab is Tab.UNCLAIMED:
        return claims.unclaimed().filter(status__in=OPEN_TO_ALL)
    if tab is Tab.SECOND:
        return claims.awaiting_second_pair_of_eyes_of(user)
    if tab is Tab.RECHECK:
        return claims.standing(ClaimStatus.RECHECK)
    if tab is Tab.ARBITRATION:
        return claims.standing(ClaimStatus.ARBITRATION)
    return claims


def _counts(user: User) -> dict[str, int]:
    """Return how many lie on each heap; the last counts candidates."""
    found: dict[str, int] = (
        Claim.objects.filter(status__in=AT_THE_DESK)
        .order_by()
        .aggregate(
            mine=Count("pk", filter=Q(assigned_to=user)),
            unclaimed=Count("pk", filter=Q(assigned_to=None, status__in=OPEN_TO_ALL)),
            recheck=Count("pk", filter=Q(status=ClaimStatus.RECHECK)),
            arbitration=Count("pk", filter=Q(status=ClaimStatus.ARBITRATION)),
        )
    )
    found["second"] = _heap(Tab.SECOND, user).count()
    found["inbox"] = Candidate.objects.open().count()
    return found


# --- Filters ------------------------------------------------------------------


def _filters(request: DeskRequest) -> FilterForm:
    form = FilterForm(request.GET, auto_id="filter_%s")
    words = Claim.objects.filter(status__in=AT_THE_DESK).order_by()
    topics = words.values_list("topics", flat=True).exclude(topics=[]).distinct()
    form.offer(
        languages=sorted(words.values_list("language", flat=True).distinct()),
        topics=sorted({topic for each in topics for topic in each}),
    )
    return form


def _narrowed(heap: ClaimQuerySet, form: FilterForm, *, now: datetime) -> ClaimQuerySet:
    asked = form.cleaned_data
    if asked["q"]:
        heap = heap.filter(
            Q(search=SearchQuery(asked["q"], search_type="websearch", config="english"))
            | Q(claimant__name__icontains=asked["q"])
        )
    if asked["due"]:
        heap = heap.filter(due_at__lte=now + WITHIN[asked["due"]])
    if asked["language"]:
        heap = heap.filter(language=asked["language"])
    if asked["topic"]:
        heap = heap.filter(topics__contains=[asked["topic"]])
    return heap


# --- Pages --------------------------------------------------------------------


def _page(
    heap: ClaimQuerySet, after: str, *, now: datetime, user: User
) -> tuple[list[Row], str]:
    """Return the rows of one page, and where the next one begins."""
    found = list(
        _following(heap, after)
        .most_urgent_first()
        .values_list("pk", "due_at")[: PAGE + 1]
    )
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
            last_by=Subquery(newest.values("by__username")[:1]),
            holder=Subquery(
                Lease.objects.live(now)
                .exclude(holder=user)
                .filter(claim=OuterRef("pk"))
                .values("holder__username")[:1]
            ),
        )
    )
    by_key = {claim.pk: claim for claim in claims}
    rows = [_row(by_key[pk], now=now) for pk in shown if pk in by_key]
    if not more:
        return rows, ""
    last_key, last_due = found[PAGE - 1]
    return rows, f"{last_due.isoformat() if last_due else ''}_{last_key}"


def _following(heap: ClaimQuerySet, after: str) -> ClaimQuerySet:
    due, _, key = after.partition("_")
    try:
        last = Claim._meta.pk.to_python(key) if key else None
        moment = datetime.fromisoformat(due) if due else None
    except (ValueError, forms.ValidationError):
        return heap
    if last is None or (moment is not None and moment.tzinfo is None):
        return heap
    if moment is None:
        return heap.filter(due_at=None, pk__gt=last)
    return heap.filter(
        Q(due_at__gt=moment) | Q(due_at=moment, pk__gt=last) | Q(due_at=None)
    )


def _row(claim: Claim, *, now: datetime) -> Row:
    due, late = due_in_words(claim.due_at, now=now)
    at_work = claim.status in AT_THE_DESK
    return Row(
        claim=claim,
        due=due if at_work else "",
        late=late and at_work,
        why=why(claim),
        here=getattr(claim, "holder", None) or "",
    )


def _address(request: DeskRequest, *, after: str) -> str:
    query = {key: value for key, value in request.GET.items() if key != "after"}
    if after:
        query["after"] = after
    return f"{reverse('desk:queue')}?{urlencode(query)}"
