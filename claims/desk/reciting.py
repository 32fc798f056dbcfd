"""A citation with a wrong address or wrong words, put right or taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from claims import access, drafting, editing
from claims.desk.doors import (
    CONFLICT,
    UNPROCESSABLE,
    DeskRequest,
    at_desk,
    status_of,
)
from claims.desk.forms.claims import CitationForm
from claims.desk.keeping import arrived, put_back
from claims.desk.sheet import claim_or_404
from claims.desk.workspace import back_to, show
from claims.errors import ClaimError
from claims.models import Citation, Claim

if TYPE_CHECKING:
    from uuid import UUID


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def recite(request: DeskRequest, pk: UUID, citation: UUID) -> HttpResponse:
    """Show a citation to be put right, and cite another page or other words instead."""
    claim = claim_or_404(pk, user=request.user)
    cited = _citation(claim, citation, request)
    if request.method != "POST":
        if cited is None:
            return _gone(request, claim, None)
        put_back(request, claim, now=timezone.now())
        return _page(request, claim, cited, _as_typed(claim, cited, request))
    form = CitationForm(request.POST, auto_id="citation_%s")
    if cited is None:
        return _gone(request, claim, form)
    if not form.is_valid():
        return _page(request, claim, cited, form, status=UNPROCESSABLE)
    try:
        editing.recite(cited, by=request.user, at=timezone.now(), **form.cleaned_data)
    except ClaimError as exc:
        form.add_error(None, str(exc))
        return _page(request, claim, cited, form, status=status_of(exc))
    arrived(request, claim, form=f"recite:{citation}")
    messages.success(
        request, _("Cited instead. The history tells what was cited before.")
    )
    return back_to(claim, part="sources")


def _citation(claim: Claim, pk: UUID, request: DeskRequest) -> Citation | None:
    return (
        Citation.objects.bearing_on(claim)
        .filter(access.findings_open_to(request.user, review="review"), pk=pk)
        .select_related(
            "passage__source",
            "assessment__assessor",
            "assessment__claim",
            "review__claim",
            "claim",
        )
        .first()
    )


def _gone(
    request: DeskRequest, claim: Claim, form: CitationForm | None
) -> HttpResponse:
    """Somebody was faster; what was typed goes into the form for a new citation."""
    told = _("This citation is not there any more: somebody took it back.")
    if form is None or not editing.may_cite(claim, by=request.user):
        messages.info(request, told)
        return back_to(claim, part="sources")
    return show(request, claim, bound={"citation": form}, refusal=told, status=CONFLICT)


def _as_typed(claim: Claim, cited: Citation, request: DeskRequest) -> CitationForm:
    """Return the form with what is cited, or what was typed before."""
    stands = {
        "url": cited.passage.source.url,
        "exact": cited.passage.exact,
        "role": cited.role,
    }
    kept = drafting.kept(claim, by=request.user).get(f"recite:{cited.pk}")
    return CitationForm(
        initial=stands | (kept.fields if kept else {}), auto_id="citation_%s"
    )


def _page(
    request: DeskRequest,
    claim: Claim,
    cited: Citation,
    form: CitationForm,
    *,
    status: int = 200,
) -> HttpResponse:
    may_change = editing.may_uncite(cited, by=request.user)
    return render(
        request,
        "claims/desk/recite.html",
        {
            "claim": claim,
            "citation": cited,
            "form": form if may_change or form.is_bound else None,
            "may_uncite": may_change,
            "stays": editing.why_citations_stay(claim),
            "draft_name": f"recite:{cited.pk}",
            "drafts": drafting.kept(claim, by=request.user),
        },
        status=status,
    )
