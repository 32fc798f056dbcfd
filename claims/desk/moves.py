"""The moves of a claim that need at most a reason: take, release, dismiss …"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from claims import workflow
from claims.desk import recording
from claims.desk.breakage import require_known
from claims.desk.doors import UNPROCESSABLE, DeskRequest, at_desk, status_of
from claims.desk.forms.reviews import ReasonForm
from claims.desk.keeping import arrived
from claims.desk.sheet import claim_or_404
from claims.desk.workspace import assign_form, back_to, show
from claims.errors import ClaimError
from claims.models import Claim
from claims.models.people import called
from claims.vocabulary import ClaimStatus

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.contrib.auth.models import User
    from django.forms import Form
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """One move: how it is done, and what is said afterwards."""

    do: Callable[[Claim, User, datetime, str], object]
    done: str | _StrPromise
    needs_reason: bool = True
    answers: bool = False  # all that broke under the claim, as far as it was shown


VERBS = {
    "take": Verb(
        do=lambda claim, by, at, _: workflow.take(claim, by=by, at=at),
        done=gettext_lazy("The claim is yours."),
        needs_reason=False,
    ),
    "release": Verb(
        do=lambda claim, by, _at, _: workflow.release(claim, by=by),
        done=gettext_lazy("Released: anybody can take it now."),
        needs_reason=False,
    ),
    "correct": Verb(
        do=lambda claim, by, at, _: workflow.start_correction(claim, by=by, at=at),
        done=gettext_lazy(
            "The correction is begun. What is published stands until it is through."
        ),
        needs_reason=False,
    ),
    "dismiss": Verb(
        do=lambda claim, by, at, why: workflow.dismiss(claim, by=by, at=at, reason=why),
        done=gettext_lazy("Dismissed. An editor can bring it back."),
    ),
    "reset": Verb(
        do=lambda claim, by, at, why: workflow.reset(claim, by=by, at=at, reason=why),
        done=gettext_lazy("Back at the start, for anybody to take."),
    ),
    "return": Verb(
        do=lambda claim, by, at, why: workflow.send_back(
            claim, by=by, at=at, reason=why
        ),
        done=gettext_lazy("Returned to its writer, with your reason."),
    ),
    "reaffirm": Verb(
        do=lambda claim, by, at, why: workflow.reaffirm(claim, by=by, at=at, note=why),
        done=gettext_lazy("Reaffirmed: what is published stands."),
        answers=True,
    ),
    "abandon": Verb(
        do=lambda claim, by, at, why: workflow.abandon_correction(
            claim, by=by, at=at, note=why
        ),
        done=gettext_lazy("The correction was left; what is published stands."),
    ),
    "undo": Verb(
        do=lambda claim, by, at, _: recording.undo(claim, by=by, at=at),
        done=gettext_lazy(
            "Undone: readers saw nothing of it. What you gave is in the form again."
        ),
        needs_reason=False,
    ),
}


@require_POST
@at_desk
def move(request: DeskRequest, pk: UUID, verb: str) -> HttpResponse:
    """Make one of the moves, and say what came of it."""
    claim = claim_or_404(pk, user=request.user)
    asked = VERBS[verb]
    form = ReasonForm(request.POST, auto_id=f"{verb}_%s")
    bound: dict[str, Form] = {verb: form} if asked.needs_reason else {}
    if bound and not form.is_valid():
        faults = " ".join(str(fault) for fault in form.errors["reason"])
        return show(request, claim, bound=bound, refusal=faults, status=UNPROCESSABLE)
    reason = form.cleaned_data["reason"] if bound else ""
    try:
        if asked.answers:
            require_known(claim, request.POST.get("known", ""))
        asked.do(claim, request.user, timezone.now(), reason)
    except ClaimError as exc:
        return show(
            request, claim, bound=bound, refusal=str(exc), status=status_of(exc)
        )
    if bound:
        arrived(request, claim, form=verb)
    messages.success(request, asked.done)
    return back_to(claim)


@require_POST
@at_desk
def assign(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Give a claim to another reviewer."""
    claim = claim_or_404(pk, user=request.user)
    form = assign_form(request.POST)
    if not form.is_valid():
        return show(request, claim, bound={"assign": form}, status=UNPROCESSABLE)
    try:
        workflow.assign(
            claim,
            to=form.person(),
            by=request.user,
            at=timezone.now(),
            reason=form.cleaned_data["reason"],
        )
    except ClaimError as exc:
        return show(
            request,
            claim,
            bound={"assign": form},
            refusal=str(exc),
            status=status_of(exc),
        )
    arrived(request, claim, form="assign")
    messages.success(request, _("Given to %(name)s.") % {"name": called(form.person())})
    return back_to(claim)


@require_POST
@at_desk
def take_next(request: DeskRequest) -> HttpResponse:
    """Take the most urgent claim that nobody has."""
    free = Claim.objects.unclaimed().awake_for(request.user, now=timezone.now())
    claim = (
        free.standing(ClaimStatus.NEW).most_urgent_first().first()
        or free.standing(ClaimStatus.IN_REVIEW).most_urgent_first().first()
    )
    if claim is None:
        messages.info(request, _("Nothing waits: every claim has somebody."))
        return redirect("desk:queue")
    try:
        workflow.take(claim, by=request.user, at=timezone.now())
    except ClaimError as exc:
        messages.error(request, str(exc))
        return redirect("desk:queue")
    return back_to(claim)
