"""What others say about a claim, and the pages it is tied to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from claims import access, editing
from claims.desk import recording
from claims.desk.doors import UNPROCESSABLE, DeskRequest, at_desk, status_of
from claims.desk.forms.claims import AssessmentForm, CitationForm
from claims.desk.forms.inbox import SearchForm
from claims.desk.keeping import arrived
from claims.desk.sheet import claim_or_404
from claims.desk.workspace import back_to, show
from claims.errors import ClaimError
from claims.models import Assessment, Claimant

if TYPE_CHECKING:
    from uuid import UUID

OFFERED = 12


@require_POST
@at_desk
def assess(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Add what somebody else says about a claim."""
    claim = claim_or_404(pk, user=request.user)
    form = AssessmentForm(request.POST, auto_id="assessment_%s")
    refusal, status = "", UNPROCESSABLE
    if form.is_valid():
        try:
            recording.assess(claim, form, by=request.user, at=timezone.now())
        except ClaimError as exc:
            refusal, status = str(exc), status_of(exc)
        except ValidationError as exc:
            form.add_error(None, exc.messages)
        else:
            arrived(request, claim, form="assessment")
            messages.success(request, _("The assessment was added."))
            return back_to(claim, part="assessments")
    return show(
        request, claim, bound={"assessment": form}, refusal=refusal, status=status
    )


@require_POST
@at_desk
def cite(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Tie words on a page to a claim."""
    claim = claim_or_404(pk, user=request.user)
    form = CitationForm(request.POST, auto_id="citation_%s")
    refusal, status = "", UNPROCESSABLE
    if form.is_valid():
        try:
            editing.cite(claim, by=request.user, at=timezone.now(), **form.cleaned_data)
        except ClaimError as exc:
            refusal, status = str(exc), status_of(exc)
        else:
            arrived(request, claim, form="citation")
            messages.success(request, _("Cited. A worker looks for the words soon."))
            return back_to(claim, part="sources")
    return show(
        request, claim, bound={"citation": form}, refusal=refusal, status=status
    )


@require_POST
@at_desk
def decide(request: DeskRequest, pk: UUID, verb: str) -> HttpResponse:
    """Stand behind a suggested assessment, or set it aside."""
    assessment = get_object_or_404(
        Assessment.objects.select_related("claim__claimant", "claim__assigned_to"),
        pk=pk,
    )
    claim = assessment.claim
    if not access.may_see(request.user, claim):
        raise Http404
    operation = {"confirm": editing.confirm, "reject": editing.reject}[verb]
    try:
        operation(assessment, by=request.user, at=timezone.now())
    except ClaimError as exc:
        return show(request, claim, refusal=str(exc), status=status_of(exc))
    messages.success(
        request,
        _("Confirmed.") if verb == "confirm" else _("Set aside; it stays on record."),
    )
    return back_to(claim, part="assessments")


@require_safe
@at_desk
def claimants(request: DeskRequest) -> HttpResponse:
    """Offer claimants whose names are like what is being typed."""
    typed = request.GET.get("claimant") or request.GET.get("assessor") or ""
    form = SearchForm({"q": typed})
    words = form.cleaned_data["q"] if form.is_valid() else ""
    found = Claimant.objects.none()
    if len(words) > 1:
        found = Claimant.objects.filter(name__icontains=words).by_name()[:OFFERED]
    return render(
        request,
        "claims/desk/_claimants.html",
        {"claimants": found},
    )
