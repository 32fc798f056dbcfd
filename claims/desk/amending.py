"""What is on record about a claim, and putting right what was recorded wrongly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from claims import access, drafting, editing
from claims.access import may_review
from claims.desk import recording
from claims.desk.choice import chosen
from claims.desk.conflict import of_assessment
from claims.desk.doors import (
    CONFLICT,
    UNPROCESSABLE,
    DeskRequest,
    at_desk,
    status_of,
)
from claims.desk.forms.claims import AmendForm, CitationForm
from claims.desk.forms.reviews import ReasonForm
from claims.desk.keeping import arrived, put_back
from claims.desk.sheet import claim_or_404
from claims.errors import ClaimError, Overtaken
from claims.models import Assessment, Citation
from claims.vocabulary import AssessmentState

if TYPE_CHECKING:
    from uuid import UUID

    from django import forms


@require_safe
@at_desk
def record(request: DeskRequest, pk: UUID) -> HttpResponse:
    """List every citation and assessment of a claim, those set aside as well."""
    return _listed(request, pk)


def _listed(
    request: DeskRequest, pk: UUID, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    claim = claim_or_404(pk, user=request.user)
    citations = (
        Citation.objects.bearing_on(claim)
        .filter(access.findings_open_to(request.user, review="review"))
        .select_related("passage__source", "assessment__assessor", "review")
        .order_by("created_at", "pk")
    )
    rows = [(each, editing.may_uncite(each, by=request.user)) for each in citations]
    return render(
        request,
        "claims/desk/record.html",
        {
            "claim": claim,
            "citations": rows,
            "assessments": claim.assessments.select_related(
                "assessor", "decided_by"
            ).oldest_first(),
            "stays": editing.why_citations_stay(claim) if rows else "",
            "may_review": may_review(request.user),
            "refusal": refusal,
        },
        status=status,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def amend(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show an assessment to be put right, and save it that way."""
    assessment = _assessment_or_404(pk, request)
    if request.method != "POST":
        put_back(request, assessment.claim, now=timezone.now())
        return _page(request, assessment, _as_typed(assessment, request))
    form = AmendForm.of(assessment, chosen(request.POST))
    if not form.is_valid():
        return _page(request, assessment, form, status=UNPROCESSABLE)
    try:
        recording.amend(assessment, form, by=request.user, at=timezone.now())
    except Overtaken:
        return _overtaken(request, assessment, form)
    except ClaimError as exc:
        form.add_error(None, str(exc))
        return _page(request, assessment, form, status=status_of(exc))
    except ValidationError as exc:
        form.add_error(None, exc.messages)
        return _page(request, assessment, form, status=UNPROCESSABLE)
    arrived(request, assessment.claim, form=f"amend:{assessment.pk}")
    messages.success(request, _("The assessment was changed."))
    return _back(assessment)


@require_POST
@at_desk
def cite_for(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Tie words on a page to an assessment."""
    assessment = _assessment_or_404(pk, request)
    form = CitationForm(request.POST, auto_id="citation_%s")
    if form.is_valid():
        try:
            editing.cite(
                assessment, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except ClaimError as exc:
            form.add_error(None, str(exc))
            return _page(request, assessment, citation=form, status=status_of(exc))
        arrived(request, assessment.claim, form=f"citation:{assessment.pk}")
        messages.success(request, _("Cited. A worker looks for the words soon."))
        return redirect("desk:amend", assessment.pk)
    return _page(request, assessment, citation=form, status=UNPROCESSABLE)


@require_POST
@at_desk
def take_back(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Set a confirmed assessment aside that was wrongly recorded."""
    assessment = _assessment_or_404(pk, request)
    form = ReasonForm(request.POST, auto_id="take_back_%s")
    if not form.is_valid():
        return _page(request, assessment, reason=form, status=UNPROCESSABLE)
    reason = form.cleaned_data["reason"]
    try:
        editing.take_back(assessment, by=request.user, at=timezone.now(), reason=reason)
    except ClaimError as exc:
        form.add_error(None, str(exc))
        return _page(request, assessment, reason=form, status=status_of(exc))
    arrived(request, assessment.claim, form=f"take_back:{assessment.pk}")
    messages.success(request, _("Taken back. It stays on record, with your reason."))
    return _back(assessment)


@require_POST
@at_desk
def reopen(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Have an assessment that was set aside decided once more."""
    assessment = _assessment_or_404(pk, request)
    try:
        editing.reopen(assessment, by=request.user, at=timezone.now())
    except ClaimError as exc:
        messages.error(request, str(exc))
        return _page(request, assessment, status=status_of(exc))
    messages.success(request, _("It waits to be decided again."))
    return _back(assessment)


@require_POST
@at_desk
def uncite(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Take out a citation that was wrongly recorded."""
    open_to = access.findings_open_to(request.user, review="review")
    citation = get_object_or_404(
        Citation.objects.filter(open_to).select_related("assessment", "review"), pk=pk
    )
    about: Any = citation.assessment or citation.review or citation
    try:
        editing.uncite(citation, by=request.user)
    except ClaimError as exc:
        return _listed(request, about.claim_id, refusal=str(exc), status=status_of(exc))
    messages.success(request, _("Taken back. The history tells what was cited."))
    return redirect(f"{reverse('desk:record', args=[about.claim_id])}#citations")


# --- Answers ------------------------------------------------------------------


def _assessment_or_404(pk: UUID, request: DeskRequest) -> Assessment:
    assessment = get_object_or_404(
        Assessment.objects.select_related("claim__claimant", "assessor"), pk=pk
    )
    if not access.may_see(request.user, assessment.claim):
        raise Http404
    return assessment


def _back(assessment: Assessment) -> HttpResponse:
    return redirect(f"{reverse('desk:claim', args=[assessment.claim_id])}#assessments")


def _overtaken(
    request: DeskRequest, assessment: Assessment, form: AmendForm
) -> HttpResponse:
    """Lay both beside each other, unless they are the same."""
    fresh = _assessment_or_404(assessment.pk, request)
    found = of_assessment(fresh, form)
    if not found.fields:
        arrived(request, fresh.claim, form=found.form)
        messages.info(request, _("It stands as you wrote it: somebody was faster."))
        return _back(fresh)
    context = {"claim": fresh.claim, "conflict": found, "drafts": {}}
    return render(request, "claims/desk/conflict.html", context, status=CONFLICT)


def _as_typed(assessment: Assessment, request: DeskRequest) -> AmendForm:
    """Return the form with what was typed before, at the version it was typed at."""
    form = AmendForm.of(assessment)
    kept = drafting.kept(assessment.claim, by=request.user)
    if draft := kept.get(f"amend:{assessment.pk}"):
        form.initial |= draft.fields
    return form


def _page(
    request: DeskRequest,
    assessment: Assessment,
    form: AmendForm | None = None,
    *,
    reason: forms.Form | None = None,
    citation: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    reviewer = may_review(request.user)
    confirmed = assessment.state == AssessmentState.CONFIRMED
    may_change = reviewer or assessment.state == AssessmentState.SUGGESTED
    kept = drafting.kept(assessment.claim, by=request.user)
    names = {name: f"{name}:{assessment.pk}" for name in ("citation", "take_back")}
    typed = {
        name: kept[form].fields if form in kept else None
        for name, form in names.items()
    }
    citations = assessment.citations.select_related("passage__source", "assessment")
    return render(
        request,
        "claims/desk/amend.html",
        {
            "assessment": assessment,
            "claim": assessment.claim,
            "form": (form or AmendForm.of(assessment)) if may_change else None,
            "draft_name": f"amend:{assessment.pk}",
            "draft_names": names,
            "drafts": kept,
            "citations": [
                (each, editing.may_uncite(each, by=request.user))
                for each in citations.order_by("created_at", "pk")
            ],
            "citation_form": (
                citation
                or CitationForm(initial=typed["citation"], auto_id="citation_%s")
            )
            if editing.may_cite(assessment, by=request.user)
            else None,
            "reason": (
                reason or ReasonForm(initial=typed["take_back"], auto_id="take_back_%s")
            )
            if reviewer and confirmed
            else None,
            "may_reopen": reviewer and assessment.state == AssessmentState.REJECTED,
        },
        status=status,
    )
