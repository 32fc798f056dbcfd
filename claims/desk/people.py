"""The people of the desk: what each has to do, and how far they agree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from claims import workflow
from claims.access import may_edit, may_review
from claims.desk import accord
from claims.desk.doors import UNPROCESSABLE, DeskRequest, at_desk
from claims.desk.waiting import due_in_words
from claims.desk.workspace import assign_form, reviewers
from claims.errors import ClaimError
from claims.models import Audit, Claim
from claims.models.people import called
from claims.search import twice
from claims.search.workload import Load, open_claims, workload
from claims.vocabulary import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from claims.desk.forms.reviews import AssignForm

SHOWN, MOST_AUDITS = 50, 8
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
WITHIN = {
    "month": timedelta(days=30),
    "quarter": timedelta(days=90),
    "year": timedelta(days=365),
    "all": None,
}
PERIODS = [
    ("month", gettext_lazy("The last 30 days")),
    ("quarter", gettext_lazy("The last 90 days")),
    ("year", gettext_lazy("The last 12 months")),
    ("all", gettext_lazy("Everything")),
]


class PeriodForm(forms.Form):
    """Which days are told of."""

    period = forms.ChoiceField(
        label=gettext_lazy("Period"), choices=PERIODS, required=False
    )

    def since(self, now: datetime) -> datetime | None:
        """Return when the period begins; None for everything."""
        asked = self.cleaned_data.get("period") if self.is_valid() else ""
        within = WITHIN[asked or "quarter"]
        return now - within if within is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What one person has to do and did, ready to be shown."""

    load: Load
    name: str
    writing: str
    looking: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One claim that somebody has, ready to be shown."""

    claim: Claim
    due: str
    late: bool


@require_safe
@at_desk
def people(request: DeskRequest) -> HttpResponse:
    """Show who has how much to do, and how far the verdicts agree."""
    if not may_review(request.user):
        raise PermissionDenied(_("This page is for reviewers."))
    now = timezone.now()
    form = _period(request)
    since = form.since(now)
    seconded = twice.seconded(since=since)
    loads = workload(reviewers(), seconded=seconded, since=since, now=now)
    only = None if may_edit(request.user) else request.user.pk
    told = [load for load in loads if only in {None, load.person.pk}]
    rows = twice.judged_twice(seconded)
    again = twice.read_again(since=since)
    names = _names([*rows, *again])
    key = request.GET.get("pair", "")
    pairs = accord.of_pairs(rows, names=names, only=only, chosen=key)
    return render(
        request,
        "claims/desk/people.html",
        {
            "form": form,
            "rows": [_row(load) for load in told if only is not None or not load.idle],
            "idle": [_row(load) for load in told if only is None and load.idle],
            "desk": accord.of_the_desk(rows),
            "pairs": pairs.told,
            "more_pairs": pairs.more,
            "chosen": key,
            "counted_at_most": twice.COUNTED_AT_MOST,
            "period": form["period"].value() or "quarter",
            "verdicts": [verdict.label for verdict in Verdict],
            "again": accord.of_the_desk(
                each for each in again if only in {None, each.first_by}
            ),
            "again_by": _by_second(again, names) if only is None else [],
            **(_audits(request.user) if only is None else {}),
            "everybody": only is None,
        },
        status=200 if form.is_valid() else UNPROCESSABLE,
    )


@require_safe
@at_desk
def person(request: DeskRequest, pk: int) -> HttpResponse:
    """Show what one person has to do; an editor can give it to others."""
    return _show_person(request, _seen_by(request.user, pk))


@require_POST
@at_desk
def give(request: DeskRequest, pk: int) -> HttpResponse:
    """Give claims that one person has to another."""
    who = _seen_by(request.user, pk)
    if not may_edit(request.user):
        raise PermissionDenied(_("Claims are given by editors."))
    form = assign_form(request.POST, but=who)
    keys = request.POST.getlist("claim")[:SHOWN]
    chosen = [held.claim for held in _held(who)[0] if str(held.claim.pk) in keys]
    if not form.is_valid() or not chosen:
        refusal = "" if chosen else _("Choose at least one claim of theirs.")
        return _show_person(
            request, who, form=form, refusal=refusal, status=UNPROCESSABLE
        )
    refused = _given(chosen, form, request=request)
    if given := len(chosen) - len(refused):
        to = called(form.person())
        said = ngettext(
            "%(n)s claim was given to %(to)s.",
            "%(n)s claims were given to %(to)s.",
            given,
        )
        messages.success(request, said % {"n": given, "to": to})
    for claim, why in refused:
        messages.error(request, f"«{claim.statement[:80]}»: {why}")
    return redirect("desk:person", who.pk)


def _names(rows: Iterable[twice.Twice]) -> dict[int, str]:
    """Return what those are called who judged, whether or not they still do."""
    keys = {key for row in rows for key in (row.first_by, row.second_by)}
    return {who.pk: called(who) for who in User.objects.filter(pk__in=keys)}


def _given(
    claims: Iterable[Claim], form: AssignForm, *, request: DeskRequest
) -> list[tuple[Claim, str]]:
    """Give each of the claims, and return those that could not be, with the reason."""
    refused = []
    now = timezone.now()
    for claim in claims:
        try:
            workflow.assign(
                claim,
                to=form.person(),
                by=request.user,
                at=now,
                reason=form.cleaned_data["reason"],
            )
        except ClaimError as exc:
            refused.append((claim, str(exc)))
    return refused


def _show_person(
    request: DeskRequest,
    who: User,
    *,
    form: AssignForm | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    period = _period(request)
    alone = User.objects.filter(pk=who.pk)
    since = period.since(now)
    loads = workload(alone, seconded=twice.seconded(since=since), since=since, now=now)
    held, more = _held(who)
    return render(
        request,
        "claims/desk/person.html",
        {
            "row": _row(next(load for load in loads if load.person.pk == who.pk)),
            "held": held,
            "more": more,
            "form": (form or assign_form(but=who)) if may_edit(request.user) else None,
            "chosen": request.POST.getlist("claim"),
            "refusal": refusal,
            "mine": who.pk == request.user.pk,
        },
        status=status,
    )


def _seen_by(user: User, pk: int) -> User:
    """Return the person, for those who may see what they have to do."""
    if not may_review(user) or (pk != user.pk and not may_edit(user)):
        raise Http404
    return get_object_or_404(User, pk=pk)


def _period(request: DeskRequest) -> PeriodForm:
    return PeriodForm({"period": request.GET.get("period", "quarter")}, auto_id="%s")


def _row(load: Load) -> Row:
    return Row(
        load=load,
        name=called(load.person),
        writing=lasting(load.writing),
        looking=lasting(load.looking),
    )


def lasting(time: timedelta | None) -> str:
    """Return how long something took, in one unit; nothing where that is not known."""
    if time is None:
        return ""
    if time < MINUTE:
        return _("%(n)s s") % {"n": round(time.total_seconds())}
    if time < HOUR:
        return _("%(n)s min") % {"n": time // MINUTE}
    if time < 2 * DAY:
        return _("%(n)s h") % {"n": time // HOUR}
    return _("%(n)s d") % {"n": time.days}


def _held(who: User) -> tuple[list[Held], int]:
    """Return the most urgent claims that somebody has, and how many there are beside."""
    now = timezone.now()
    claims = open_claims().taken_by(who)
    shown = claims.select_related("claimant").most_urgent_first()[:SHOWN]
    rows = []
    for claim in shown:
        due, late = due_in_words(claim.due_at, now=now)
        if claim.due_at is not None and claim.due_at >= now:
            due = _("due %(in)s") % {"in": due}
        rows.append(Held(claim=claim, due=due, late=late))
    return rows, claims.count() - len(rows)


def _audits(user: User) -> dict[str, Any]:
    """Return the reviews that wait longest to be read once more, and how many do."""
    waiting = Audit.objects.of_published().unread().open_to(user)
    oldest = waiting.select_related("review__claim__claimant").oldest_first()
    return {"audits": oldest[:MOST_AUDITS], "audits_waiting": waiting.count()}


def _by_second(
    again: Sequence[twice.Twice], names: dict[int, str]
) -> list[tuple[str, int, int]]:
    """Return each second reviewer with how many were read again, and found the same."""
    told: dict[str, tuple[int, int]] = {}
    for each in again:
        read, same = told.get(names[each.first_by], (0, 0))
        same += each.times if each.first == each.second else 0
        told[names[each.first_by]] = (read + each.times, same)
    return sorted((name, read, same) for name, (read, same) in told.items())
