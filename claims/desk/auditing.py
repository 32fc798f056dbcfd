"""A review that was drawn by lot, to be read once more by an editor who judged nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from claims import auditing, drafting
from claims.access import may_edit
from claims.desk.doors import UNPROCESSABLE, DeskRequest, at_desk, status_of
from claims.desk.evidence import evidence
from claims.desk.forms.reviews import SecondForm
from claims.desk.keeping import arrived, put_back
from claims.errors import ClaimError
from claims.models import Audit
from claims.models.people import called
from claims.vocabulary import AssessmentState

if TYPE_CHECKING:
    from uuid import UUID


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def audit(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show what was judged without the verdict; then take one, and show them all."""
    found = _audit_or_404(request, pk)
    if found.read_at is not None:
        return render(request, "claims/desk/audited.html", {"audit": found})
    if request.method != "POST":
        put_back(request, found.review.claim, now=timezone.now())
        kept = drafting.kept(found.review.claim, by=request.user).get("audit")
        typed = kept.fields if kept else None
        return _unread(request, found, SecondForm(initial=typed, auto_id="audit_%s"))
    form = SecondForm(request.POST, auto_id="audit_%s")
    if not form.is_valid():
        return _unread(request, found, form, status=UNPROCESSABLE)
    try:
        auditing.read(found, by=request.user, at=timezone.now(), **form.findings)
    except ClaimError as exc:
        form.add_error(None, str(exc))
        return _unread(request, found, form, status=status_of(exc))
    arrived(request, found.review.claim, form="audit")
    messages.success(request, _("Recorded. It counts on the page of people."))
    return redirect("desk:audit", found.pk)


def _audit_or_404(request: DeskRequest, pk: UUID) -> Audit:
    if not may_edit(request.user):
        raise Http404
    found = (
        Audit.objects.of_published()
        .select_related(
            "read_by",
            "review__claim__claimant",
            "review__written_by",
            "review__second_reviewer",
        )
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404
    judged = not Audit.objects.open_to(request.user).filter(pk=pk).exists()
    if found.read_at is None and judged:
        raise PermissionDenied(
            _("You judged this claim; a third person reads it again.")
        )
    return found


def _unread(
    request: DeskRequest, found: Audit, form: SecondForm, *, status: int = 200
) -> HttpResponse:
    claim = found.review.claim
    form.fields["note"].help_text = _("Shown to editors beside the verdict.")
    return render(
        request,
        "claims/desk/audit.html",
        {
            "audit": found,
            "claim": claim,
            "form": form,
            "drafts": drafting.kept(claim, by=request.user),
            "assessments": claim.assessments.filter(state=AssessmentState.CONFIRMED)
            .select_related("assessor__affiliation", "based_on")
            .prefetch_related("citations__passage__source")
            .oldest_first(),
            # What the review cites would tell what it found.
            "evidence": evidence(claim, hidden=found.review),
            "names": [
                called(who)
                for who in (found.review.written_by, found.review.second_reviewer)
                if who is not None
            ],
        },
        status=status,
    )
