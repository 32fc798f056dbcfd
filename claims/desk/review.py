"""Verdicts: writing the first, previewing it, the blind second, and the third."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from claims import access, auditing, document, workflow
from claims.desk import comparing, recording
from claims.desk.breakage import breakage
from claims.desk.choice import chosen
from claims.desk.conflict import of_review, reworded
from claims.desk.doors import (
    CONFLICT,
    UNPROCESSABLE,
    DeskRequest,
    at_desk,
    status_of,
)
from claims.desk.filling import seen_now, verdicts
from claims.desk.forms.reviews import (
    ArbitrationForm,
    CorrectionForm,
    JudgingForm,
    ReviewForm,
    SecondForm,
)
from claims.desk.keeping import arrived
from claims.desk.sheet import claim_or_404, sheet
from claims.desk.workspace import back_to, show
from claims.errors import ClaimError, Overtaken, Rewritten, WordsChanged
from claims.models import Citation
from claims.vocabulary import ClaimStatus
from claims.workflow.seen import text_of
from sources.vocabulary import PassageState

if TYPE_CHECKING:
    from uuid import UUID

    from claims.desk.sheet import Sheet
    from claims.models import Claim, Review


# --- The first ----------------------------------------------------------------


@require_POST
@at_desk
def write(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Keep the first verdict as written; preview it, or hand it on, if asked to."""
    claim = claim_or_404(pk, user=request.user)
    replaces = claim.reviews.current().exists()
    kind = CorrectionForm if replaces else ReviewForm
    preview = request.POST.get("do") == "preview"
    form = kind(chosen(request.POST), auto_id="review_%s", finished=not preview)
    if not form.is_valid():
        return show(request, claim, bound={"review": form}, status=UNPROCESSABLE)
    now = timezone.now()
    step = recording.write if preview else recording.submit
    try:
        step(claim, form, by=request.user, at=now)
    except Rewritten as exc:
        return _rewritten(request, claim, form, exc)
    except ClaimError as exc:
        return refused(request, claim, "review", form, exc)
    arrived(request, claim, form="review")
    if preview:
        return redirect("desk:preview", claim.pk)
    messages.success(request, _("Submitted. Somebody else looks at it now, blind."))
    return redirect("desk:queue")


@require_safe
@at_desk
def preview(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show the writer what readers will see, and what is still missing."""
    claim = claim_or_404(pk, user=request.user)
    now = timezone.now()
    given = sheet(claim, user=request.user, now=now)
    making = given.making
    if making is None or making.written_by_id != request.user.pk:
        raise Http404("There is nothing of yours to preview.")
    return render(
        request,
        "claims/desk/preview.html",
        {
            "sheet": given,
            "claim": claim,
            "review": making,
            "broken": breakage(given.evidence),
            **_quotes(given),
            "faults": document.faults(document.claim_review(claim, making, at=now)),
            **_correction(given, making),
            "written": text_of(making) | seen_now(given),
        },
    )


def _rewritten(
    request: DeskRequest, claim: Claim, form: ReviewForm, refusal: Rewritten
) -> HttpResponse:
    """Lay both texts of one person beside each other; nothing of either is lost."""
    if not claim.reviews.unpublished().exists():
        return refused(request, claim, "review", form, refusal)
    context = {"claim": claim, "conflict": of_review(claim, form), "drafts": {}}
    return render(request, "claims/desk/conflict.html", context, status=CONFLICT)


def _quotes(given: Sheet) -> dict[str, Any]:
    """Return how many quotes a verdict may rest on, and how many of them stand."""
    cited = Citation.objects.grounding(given.claim)
    grounds = set(cited.values_list("passage", flat=True))
    rests_on = [e.passage for e in given.evidence if e.passage.pk in grounds]
    return {
        "quoted": workflow.is_quoted(given.claim),
        "quotes": len(rests_on),
        "intact": sum(each.state == PassageState.INTACT for each in rests_on),
    }


def _correction(given: Sheet, making: Review) -> dict[str, Any]:
    """Return what a new version brings with it: the public note, and what changes."""
    standing = given.standing
    if standing is None:
        return {}
    return {
        "noted": bool(making.correction_kind and making.correction_note.strip()),
        "summary": comparing.compare(standing.summary, making.summary),
        "explanation": comparing.compare(standing.explanation, making.explanation),
    }


# --- The second ---------------------------------------------------------------


@require_POST
@at_desk
def second(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Record the second verdict; only then is the first one shown."""
    claim = claim_or_404(pk, user=request.user)
    form = SecondForm(request.POST, auto_id="second_%s")
    if not form.is_valid():
        return show(request, claim, bound={"second": form}, status=UNPROCESSABLE)
    now = timezone.now()
    looked = auditing.in_haste(claim, by=request.user, now=now)
    if looked is not None and "sure" not in request.POST:
        # Asked, not refused: somebody may well have read the page elsewhere.
        return show(
            request,
            claim,
            bound={"second": form},
            extra={"looked_seconds": max(1, int(looked.total_seconds()))},
            status=UNPROCESSABLE,
        )
    try:
        claim = workflow.second(
            claim, by=request.user, at=now, seen=form.seen, **form.findings
        )
    except ClaimError as exc:
        return refused(request, claim, "second", form, exc)
    arrived(request, claim, form="second")
    if claim.status == ClaimStatus.PUBLISHED:
        messages.success(request, _("The two verdicts agree: the claim is published."))
    else:
        messages.info(request, _("The two verdicts differ: a third person decides."))
    return redirect("desk:compare", claim.pk)


@require_safe
@at_desk
def compare(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show both verdicts beside each other, to whom they are open."""
    claim = claim_or_404(pk, user=request.user)
    given = sheet(claim, user=request.user, now=timezone.now())
    review = given.making or (None if given.hidden else given.standing)
    if review is None or not _both_in(review, request):
        raise Http404("There are no two verdicts to compare.")
    return render(
        request,
        "claims/desk/compare.html",
        {
            "sheet": given,
            "claim": claim,
            "review": review,
            "broken": breakage(given.evidence),
            "steps": given.steps,
            "forms": verdicts(
                given, {form: draft.fields for form, draft in given.drafts.items()}
            ),
            "drafts": given.drafts,
        },
    )


def _both_in(review: Review, request: DeskRequest) -> bool:
    return bool(review.second_verdict) and access.may_see_findings(request.user, review)


# --- The third ----------------------------------------------------------------


@require_POST
@at_desk
def arbitrate(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Decide between two verdicts, and publish."""
    claim = claim_or_404(pk, user=request.user)
    form = ArbitrationForm(request.POST, auto_id="arbitration_%s")
    if not form.is_valid():
        return show(request, claim, bound={"arbitration": form}, status=UNPROCESSABLE)
    try:
        workflow.arbitrate(
            claim,
            by=request.user,
            at=timezone.now(),
            seen=form.seen,
            **form.findings,
        )
    except ClaimError as exc:
        return refused(request, claim, "arbitration", form, exc)
    arrived(request, claim, form="arbitration")
    messages.success(request, _("Decided and published."))
    return back_to(claim)


def refused(
    request: DeskRequest,
    claim: Claim,
    name: str,
    form: JudgingForm,
    refusal: ClaimError,
) -> HttpResponse:
    """
    Answer with the form as it was sent, and why it was not taken.

    Where the claim or the review was changed meanwhile, the page shows them as they
    stand, and says so when the form is sent again.
    """
    reworded_since = form.seen.words
    fresh = claim_or_404(claim.pk, user=request.user)
    if isinstance(refusal, Overtaken):
        given = sheet(fresh, user=request.user, now=timezone.now())
        form.data = {**form.data.dict(), **seen_now(given)}  # type: ignore[attr-defined]  # a QueryDict
    return show(
        request,
        fresh,
        bound={name: form},
        refusal=str(refusal),
        status=status_of(refusal),
        extra={
            "reworded": reworded(fresh, reworded_since)
            if isinstance(refusal, WordsChanged)
            else []
        },
    )
