"""Withdrawing what was published: the page that would remain first, then the move."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from claims import drafting
from claims.access import may_edit
from claims.desk import keeping, recording
from claims.desk.doors import UNPROCESSABLE, DeskRequest, at_desk, status_of
from claims.desk.forms.reviews import ReasonForm
from claims.desk.sheet import claim_or_404, sheet
from claims.desk.workspace import back_to, show
from claims.errors import ClaimError
from claims.models import Correction
from claims.vocabulary import CorrectionKind

if TYPE_CHECKING:
    from uuid import UUID

    from claims.models import Claim

FORM = "retract"


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def retract(request: DeskRequest, pk: UUID) -> HttpResponse:
    """
    Show the page that would remain, with the note that was kept for it.

    A note that is sent is kept, and shown there first; sent from that page, with the
    version whose withdrawal was shown, it goes out.
    """
    claim = claim_or_404(pk, user=request.user)
    if not may_edit(request.user):
        raise PermissionDenied(_("An editor withdraws what was published."))
    if request.method != "POST":
        return _shown(request, claim)
    form = ReasonForm(request.POST, auto_id=f"{FORM}_%s")
    if not form.is_valid():
        faults = " ".join(str(fault) for fault in form.errors["reason"])
        return show(
            request, claim, bound={FORM: form}, refusal=faults, status=UNPROCESSABLE
        )
    try:
        if known := request.POST.get("known", ""):
            return _done(request, claim, form, known=known)
        return _kept(request, claim, form)
    except ClaimError as exc:
        return show(
            request,
            claim,
            bound={FORM: form},
            refusal=str(exc),
            status=status_of(exc),
        )


def _shown(request: DeskRequest, claim: Claim) -> HttpResponse:
    now = timezone.now()
    given = sheet(claim, user=request.user, now=now)
    if given.standing is None or not given.steps.retract:
        messages.error(request, _("Nothing is published here that could be withdrawn."))
        return back_to(claim)
    kept = given.drafts.get(FORM)
    note = kept.fields.get("reason", "").strip() if kept else ""
    if not note:
        messages.info(request, _("Write the note for readers first."))
        return back_to(claim, part=FORM)
    notice = Correction(
        claim=claim,
        review_from=given.standing,
        kind=CorrectionKind.RETRACTION,
        note=note,
        by=request.user,
        at=now,
    )
    context = {"claim": claim, "notice": notice, "drafts": given.drafts}
    return render(request, "claims/desk/retract.html", context)


def _kept(request: DeskRequest, claim: Claim, form: ReasonForm) -> HttpResponse:
    # Sent by hand, it is meant: what another window kept stays readable beside it.
    where = keeping.place(request)
    drafting.keep(
        claim,
        form=FORM,
        fields=form.cleaned_data,
        by=request.user,
        at=timezone.now(),
        place=replace(where, instead=True) if where else None,
    )
    return redirect("desk:retract", claim.pk)


def _done(
    request: DeskRequest, claim: Claim, form: ReasonForm, *, known: str
) -> HttpResponse:
    recording.retract(
        claim,
        known=known,
        note=form.cleaned_data["reason"],
        by=request.user,
        at=timezone.now(),
    )
    keeping.arrived(request, claim, form=FORM)
    messages.success(request, _("Retracted. Its page says so, with your note."))
    return back_to(claim)
