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
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from claims import access, auditing, drafting
from claims.desk import recording
from claims.desk.breakage import breakage, unanswered, voices
from claims.desk.choice import chosen
from claims.desk.conflict import of_claim
from claims.desk.doors import (
    CONFLICT,
    UNPROCESSABLE,
    DeskRequest,
    at_desk,
    status_of,
)
from claims.desk.filling import fill, unplaced
from claims.desk.folding import folded
from claims.desk.forms.claims import ChangeForm
from claims.desk.forms.reviews import (
    AssignForm,
)
from claims.desk.keeping import arrived, put_back
from claims.desk.presence import presence_of
from claims.desk.sheet import claim_or_404, sheet
from claims.errors import ClaimError, Overtaken
from claims.models import Claim
from claims.search import appearances

if TYPE_CHECKING:
    from uuid import UUID

    from django import forms
    from django.db.models import QuerySet


@require_safe
@at_desk
def claim(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show everything about one claim, and what can be done with it."""
    found = claim_or_404(pk, user=request.user)
    now = timezone.now()
    put_back(request, found, now=now)
    if request.method == "GET":
        drafting.be_here(found, by=request.user, at=now)
    if request.method == "GET" and access.may_review(request.user):
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
    now = timezone.now()
    whole = "whole" in request.GET
    given = sheet(claim, user=request.user, now=now)
    filled = fill(given, use=request.GET.get("draft", ""), people=reviewers)
    return render(
        request,
        "claims/desk/claim.html",
        {
            "presence": presence_of(given.claim, user=request.user, now=now),
            "drafts": given.drafts,
            "offered": filled.offered,
            "unplaced": unplaced(given, filled.forms),
            "sheet": given,
            "whole": whole,
            "folded": folded(given.work, given.assessments, whole=whole),
            "claim": claim,
            "steps": given.steps,
            "broken": breakage(given.evidence),
            "unanswered": unanswered(claim, given.evidence),
            "voices": voices(claim),
            "appeared": appearances(claim, public=False),
            "forms": filled.forms | (bound or {}),
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


# --- The claim itself ---------------------------------------------------------


@require_POST
@at_desk
def change(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Change a claim; when somebody saved first, show both beside each other."""
    found = claim_or_404(pk, user=request.user)
    form = ChangeForm.of(found, chosen(request.POST))
    if not form.is_valid():
        return show(request, found, bound={"change": form}, status=UNPROCESSABLE)
    try:
        recording.change(found, form, by=request.user, at=timezone.now())
    except Overtaken:
        return _overtaken(request, found, form)
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
    arrived(request, found, form="change")
    messages.success(request, _("The claim was changed."))
    return back_to(found)


def _overtaken(request: DeskRequest, claim: Claim, form: ChangeForm) -> HttpResponse:
    """Lay both beside each other, unless they are the same."""
    found = of_claim(claim, form)
    if not found.fields:
        arrived(request, claim, form="change")
        messages.info(request, _("It stands as you wrote it: somebody was faster."))
        return back_to(claim)
    context = {"claim": claim, "conflict": found, "drafts": {}}
    return render(request, "claims/desk/conflict.html", context, status=CONFLICT)
