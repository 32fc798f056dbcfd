"""Keeping what is typed into a form before it is submitted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claims import drafting
from claims.desk import keeping
from claims.desk.doors import CONFLICT, UNPROCESSABLE, DeskRequest, at_desk, status_of
from claims.desk.sheet import claim_or_404
from claims.desk.workspace import back_to, show
from claims.errors import ClaimError, DraftOvertaken, DraftRefused

if TYPE_CHECKING:
    from uuid import UUID

    from claims.models import Claim


@require_POST
@at_desk
def draft(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Keep what was typed into one of the forms of a claim, or let go of it."""
    return _kept(request, claim_or_404(pk, user=request.user))


@require_POST
@at_desk
def drafts(request: DeskRequest) -> HttpResponse:
    """Keep what was typed into a form that is about no claim, or let go of it."""
    return _kept(request, None)


def _kept(request: DeskRequest, claim: Claim | None) -> HttpResponse:
    form = request.POST.get("draft_form") or request.POST.get("form", "")
    context: dict[str, Any] = {
        "claim": claim,
        "address": request.path,
        "there": f"{_page_of(claim, form)}?draft={form}&open={form}#{form}",
    }
    status = 200
    try:
        if not keeping.is_known(form):
            raise DraftRefused(_("Not saved: there is no such form."))
        if request.POST.get("do") == "forget":
            drafting.forget(claim, form=form, by=request.user)
            messages.success(request, _("Thrown away."))
            return _back(claim, form)
        kept = drafting.keep(
            claim,
            form=form,
            fields=keeping.typed(request),
            by=request.user,
            at=timezone.now(),
            place=keeping.place(request),
        )
        context |= {"saved_at": kept.saved_at, "edition": kept.edition}
    except DraftOvertaken as exc:
        context |= {"refusal": str(exc), "other": keeping.shown(form, exc.fields)}
        context["edition"], status = exc.edition, CONFLICT
    except ClaimError as exc:
        context["refusal"], status = str(exc), status_of(exc)
    if request.htmx:
        return render(request, "claims/desk/_saved.html", context, status=status)
    return _answer(request, claim, form, context, status)


def _answer(
    request: DeskRequest,
    claim: Claim | None,
    form: str,
    context: dict[str, Any],
    status: int,
) -> HttpResponse:
    """Answer somebody without a script, with everything they typed."""
    if status == UNPROCESSABLE and claim is not None:
        return show(request, claim, refusal=context["refusal"], status=status)
    if status != 200:
        context["fields"] = keeping.typed(request)
        context["mine"] = keeping.shown(form, context["fields"])
        return render(request, "claims/desk/draft.html", context, status=status)
    messages.success(request, _("Your draft was saved. Nobody else sees it."))
    return _back(claim, form, part=form)


def _back(claim: Claim | None, form: str, part: str = "") -> HttpResponse:
    if claim and ":" not in form:
        return back_to(claim, part=part)
    return redirect(_page_of(claim, form))


def _page_of(claim: Claim | None, form: str) -> str:
    there = keeping.page_of(form, claim=str(claim.pk) if claim else "")
    return there or reverse("desk:inbox")
