"""One claim on the desk: what was said, what it rests on, and what is found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from claims import access, auditing, drafting
from claims.desk import recording
from claims.desk.breakage import breakage, unanswered
from claims.desk.conflict import conflict
from claims.desk.doors import (
    CONFLICT,
    NO_CONTENT,
    UNPROCESSABLE,
    DeskRequest,
    at_desk,
    status_of,
)
from claims.desk.forms.claims import AssessmentForm, ChangeForm, CitationForm
from claims.desk.forms.reviews import (
    ArbitrationForm,
    AssignForm,
    CorrectionForm,
    ReasonForm,
    ReviewForm,
    SecondForm,
)
from claims.desk.keeping import put_back, typed
from claims.desk.sheet import Sheet, claim_or_404, resting, sheet
from claims.errors import ClaimError, DraftRefused, Overtaken
from claims.models import Claim

if TYPE_CHECKING:
    from uuid import UUID

    from django import forms
    from django.db.models import QuerySet

FORMS = ("review", "second", "arbitration")


@require_safe
@at_desk
def claim(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show everything about one claim, and what can be done with it."""
    found = claim_or_404(pk, user=request.user)
    now = timezone.now()
    put_back(request, found, now=now)
    if request.method == "GET" and access.may_review(request.user):
        drafting.be_here(found, by=request.user, at=now)
        auditing.opened(found, by=request.user, at=now)
    return show(request, found)


def show(
    request: DeskRequest,
    claim: Claim,
    *,
    bound: dict[str, forms.Form] | None = None,
    refusal: str = "",
    status: int = 200,
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    """Answer with the workspace; `bound` are forms that were sent and refused."""
    given = sheet(claim, user=request.user, now=timezone.now())
    return render(
        request,
        "claims/desk/claim.html",
        {
            "sheet": given,
            "claim": claim,
            "steps": given.steps,
            "broken": breakage(given.evidence),
            "unanswered": unanswered(claim, given.evidence),
            "forms": _forms(given) | (bound or {}),
            "opened": next(iter(bound or {}), request.GET.get("open", "")),
            "refusal": refusal,
            **(extra or {}),
        },
        status=status,
    )


def back_to(claim: Claim, part: str = "") -> HttpResponse:
    """Return to the workspace, where the reader was."""
    address = reverse("desk:claim", args=[claim.pk])
    return redirect(f"{address}#{part}" if part else address)


def _forms(given: Sheet) -> dict[str, forms.Form]:
    """Return the forms that this person can use, filled with what they typed before."""
    shown = given.steps
    found: dict[str, forms.Form] = {"reason": ReasonForm(auto_id="reason_%s")}
    if shown.edit:
        found["change"] = ChangeForm.of(given.claim)
        found["assessment"] = AssessmentForm(auto_id="assessment_%s")
        found["citation"] = CitationForm(auto_id="citation_%s")
    if shown.write:
        kind = CorrectionForm if given.replaces else ReviewForm
        found["review"] = kind(initial=written(given), auto_id="review_%s")
    if shown.second:
        kept = given.draft.get("second")
        found["second"] = SecondForm(initial=kept, auto_id="second_%s")
    if shown.arbitrate:
        kept = given.draft.get("arbitration")
        found["arbitration"] = ArbitrationForm(initial=kept, auto_id="arbitration_%s")
    if shown.assign:
        found["assign"] = assign_form()
    return found


def assign_form(data: Any = None, *, but: User | None = None) -> AssignForm:
    """Return the form that names a reviewer, another than this one."""
    people = reviewers().exclude(pk=but.pk) if but else reviewers()
    return AssignForm(data, reviewers=people, auto_id="assign_%s")


def reviewers() -> QuerySet[User]:
    """Return those who can be given a claim."""
    names = [role.group for role in access.Role if role >= access.Role.REVIEWER]
    return (
        User.objects.filter(is_active=True, groups__name__in=names)
        .distinct()
        .order_by("username")
    )


def written(given: Sheet) -> dict[str, str]:
    """Return what this person has written so far: the draft, or else the review."""
    if kept := given.draft.get("review"):
        return kept
    making = given.making
    if making is None:
        return {}
    return {
        "verdict": making.verdict,
        "summary": making.summary,
        "explanation": making.explanation,
        "correction_kind": making.correction_kind,
        "correction_note": making.correction_note,
    }


# --- The claim itself ---------------------------------------------------------


@require_POST
@at_desk
def change(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Change a claim; when somebody saved first, show both beside each other."""
    found = claim_or_404(pk, user=request.user)
    form = ChangeForm.of(found, request.POST)
    if not form.is_valid():
        return show(request, found, bound={"change": form}, status=UNPROCESSABLE)
    try:
        recording.change(found, form, by=request.user, at=timezone.now())
    except Overtaken as exc:
        return render(
            request,
            "claims/desk/conflict.html",
            {"claim": found, "conflict": conflict(found, form), "refusal": str(exc)},
            status=CONFLICT,
        )
    except ClaimError as exc:
        return show(
            request,
            found,
            bound={"change": form},
            refusal=str(exc),
            status=status_of(exc),
        )
    except ValidationError as exc:
        form.add_error(None, exc.messages)
        return show(request, found, bound={"change": form}, status=UNPROCESSABLE)
    messages.success(request, "The claim was changed.")
    return back_to(found)


# --- While people work --------------------------------------------------------


@require_POST
@at_desk
def draft(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Keep what was typed into one of the forms."""
    found = claim_or_404(pk, user=request.user)
    form = request.POST.get("form", "")
    context: dict[str, Any] = {"claim": found}
    status = 200
    try:
        if form not in FORMS:
            raise DraftRefused("Not saved: there is no such form.")
        kept = drafting.keep(
            found,
            form=form,
            fields=typed(request),
            by=request.user,
            at=timezone.now(),
        )
        context["saved_at"] = kept.saved_at
    except ClaimError as exc:
        context["refusal"], status = str(exc), status_of(exc)
    if request.htmx:
        return render(request, "claims/desk/_saved.html", context, status=status)
    if status != 200:
        return show(request, found, refusal=context["refusal"], status=status)
    messages.success(request, "Your draft was saved. Nobody else sees it.")
    return back_to(found, part=form)


@require_POST
@at_desk
def presence(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Say that this person is still here, and hear who else is."""
    found = claim_or_404(pk, user=request.user)
    now = timezone.now()
    if access.may_review(request.user):
        drafting.be_here(found, by=request.user, at=now)
    others = drafting.others(found, user=request.user, now=now)
    return render(
        request, "claims/desk/_presence.html", {"claim": found, "others": others}
    )


@require_safe
@at_desk
def sources(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show how far the workers have come with what the claim cites."""
    found = claim_or_404(pk, user=request.user)
    if not request.htmx:
        return back_to(found, part="sources")
    progress = resting(found, user=request.user)
    if request.GET.get("waiting") == str(progress.waiting):
        # Nothing to show: the page keeps its place, and a reader's voice its peace.
        return HttpResponse(status=NO_CONTENT)
    context = {
        "sheet": progress,
        "claim": found,
        "steps": {"edit": access.may_contribute(request.user)},
    }
    return render(request, "claims/desk/_sources.html", context)
